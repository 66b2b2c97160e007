using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Suggestions;
using HealthEquity.Tests.Admin.Pages.Entries;
using Microsoft.Playwright;
using Location = HealthEquity.Directory.Entries.Location;

namespace HealthEquity.Tests.Admin.Pages.Verify;

/// <summary>Accessibility of pages with warnings, wide and narrow.</summary>
public sealed class CallBrowserTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_with_warnings_are_accessible()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await EntryBrowserTests.SignInAsync(host, browser, 1280, ColorScheme.Light);
        await AccessibilityCheck.PrepareAsync(page);
        var me = Actor.Curator((await host.Database.TransactAsync(s => CuratorStore.ListAsync(s, Cancellation), Cancellation))[0].CuratorId);
        var (suspended, returned, suggestion) = await PrepareAsync(host, me);
        var problems = new List<string>();
        foreach (var (name, path) in new[]
        {
            ("suspended-call", $"/verify/{suspended}"), ("suspended-review", $"/reviews/{suspended}"), ("suspended-show", $"/entries/show/{suspended}"),
            ("returned-show", $"/entries/show/{returned}"), ("returned-edit", $"/entries/edit/{returned}"), ("returned-today", "/"),
            ("suggested-tags", $"/suggestions/{suggestion}?field=tags"), ("audit-of-an-entry", $"/audit?subject=entry:{suspended}"),
        })
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync("document.querySelectorAll('main details').forEach(d => { if (d.id !== 'live-preview') d.open = true; })");
            await AccessibilityCheck.CheckEveryShapeAsync(page, name, problems);
        }

        await page.GotoAsync($"/verify/{suspended}");
        await page.FillAsync("#v_phone", "call us");
        await page.ClickAsync("#save");
        await Assertions.Expect(page.Locator("#a_phone")).ToBeFocusedAsync();
        await AccessibilityCheck.CheckEveryShapeAsync(page, "call-failed", problems);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Confirming_after_a_call_takes_five_keys_and_the_next_call_is_open()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await EntryBrowserTests.SignInAsync(host, browser, 1280, ColorScheme.Light);
        var (first, second) = (await PublishAsync(host, "First"), await PublishAsync(host, "Second"));
        await page.GotoAsync("/verify");
        await page.ClickAsync("text=Take ten");
        await OpenedAsync(page, first);

        // The number and the place, then everything else that was read out, papers on their own, and save.
        var keys = new[] { "y", "y", "a", "y", "Enter" };
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
        }

        await OpenedAsync(page, second);
        Assert.InRange(keys.Length, 4, 6);
        Assert.NotNull((await RowAsync(host, first)).AssuredOn);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("First: confirmed.");

        // One more key takes it back.
        await page.Keyboard.PressAsync("z");
        await OpenedAsync(page, first);
        Assert.Null((await RowAsync(host, first)).AssuredOn);
        // "Never asks" becomes "restricted": two keys to move there, one to choose.
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.PressAsync("3");
        await page.Keyboard.PressAsync("Enter");
        await OpenedAsync(page, second);
        Assert.Equal((DraftState.InReview, null), ((await RowAsync(host, first)).DraftState, (await RowAsync(host, first)).AssuredOn));
        // No answer is one key.
        var again = await page.Locator("#again option:checked").InnerTextAsync();
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/verify$"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"Second: no answer. Try again: {again.Replace("Tomorrow", "tomorrow", StringComparison.Ordinal)}.");
    }

    /// <summary>Waits for the page of a call, and for its script, which answers the keys.</summary>
    private static async Task OpenedAsync(IPage page, Guid id)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/verify/{id}$"));
        await page.WaitForLoadStateAsync();
    }

    [Fact]
    public async Task After_a_refused_confirmation_the_keys_answer_the_first_question_without_an_answer()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await EntryBrowserTests.SignInAsync(host, browser, 1280, ColorScheme.Light);
        var id = await PublishAsync(host, "First");
        await page.GotoAsync($"/verify/{id}");

        // The number is right, and nothing else was asked.
        await page.Keyboard.PressAsync("y");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#error-summary")).ToContainTextAsync("Ask about these first: place");
        await Assertions.Expect(page.Locator("#a_place")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#a_place")).ToHaveAccessibleDescriptionAsync(new Regex("Ask about these first"));

        foreach (var key in new[] { "y", "a", "y", "Enter" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/verify$"));
        Assert.NotNull((await RowAsync(host, id)).AssuredOn);
    }

    [Fact]
    public async Task On_a_phone_the_number_to_call_is_in_view()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await EntryBrowserTests.SignInAsync(host, browser, 320, ColorScheme.Dark);
        var id = await PublishAsync(host, "First");
        foreach (var reason in new[] { "They moved to another street", "Nobody speaks Spanish there", "The door was closed" })
        {
            var report = $"{reason}. We called before we went, and were told to come on Monday at nine. We waited for an hour, and then somebody sent us to the main office.";
            await host.Database.TransactAsync(s => new SuggestionStore(host.Clock, host.Stores.Audit).AddAsync(s, id, null, null, report, Cancellation), Cancellation);
        }

        await page.GotoAsync($"/verify/{id}");
        await Assertions.Expect(page.Locator("#a_phone")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".dial a")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_new_number_is_typed_on_the_call_sheet_and_a_suggested_one_takes_one_click()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await EntryBrowserTests.SignInAsync(host, browser, 1280, ColorScheme.Light);
        var id = await PublishAsync(host, "First");
        await page.GotoAsync($"/verify/{id}");

        await page.Keyboard.PressAsync("e");
        await page.Keyboard.TypeAsync("305 555 0199");
        await page.Keyboard.PressAsync("Escape");
        foreach (var key in new[] { "a", "y", "Enter" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Phone corrected and sent to review.");
        var row = await RowAsync(host, id);
        Assert.Equal((DraftState.InReview, 2), (row.DraftState, row.LatestRevision));
        var draft = await host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, id, 2, Cancellation), Cancellation);
        Assert.Equal("+13055550199", ((Organization)EntryJson.Read(draft.Body)).Phones[0].Number);
        // The approval publishes the number and completes the check.
        var reviewer = Actor.Curator((await host.AddCuratorAsync(CuratorRole.Reviewer, "second")).CuratorId);
        await host.Database.TransactAsync(s => host.Stores.Reviews.ApproveAsync(s, id, 2, reviewer, null, Cancellation), Cancellation);
        row = await RowAsync(host, id);
        Assert.Equal((DraftState.None, 2), (row.DraftState, row.PublishedRevision));
        Assert.NotNull(row.AssuredOn);

        await host.Database.TransactAsync(s => new SuggestionStore(host.Clock, host.Stores.Audit).AddAsync(s, id, null, "phones", "It is (305) 555-0188 now.", Cancellation), Cancellation);
        await page.GotoAsync("/suggestions");
        await page.ClickAsync("text=Accept (305) 555-0188");
        await Assertions.Expect(page.Locator(".notice")).ToBeVisibleAsync();
        Assert.Equal((DraftState.InReview, 3), ((await RowAsync(host, id)).DraftState, (await RowAsync(host, id)).LatestRevision));
    }

    private static Task<Guid> PublishAsync(ConsoleHost host, string name) => host.Database.TransactAsync(
        async s =>
        {
            // Ids of the same moment have no order.
            host.Clock.Advance(TimeSpan.FromMilliseconds(2));
            var clinic = new Organization
            {
                Name = name,
                Phones = [new Phone { Number = "+13055550141" }],
                Locations = [new Location { Visibility = Visibility.Public, Address1 = "1 Main Street", City = "Miami", StateProvince = "FL", PostalCode = "33125" }],
                Hours = new Hours { AlwaysOpen = true },
                Languages = [new LanguageOffered { Language = "es" }],
                Cost = new Cost { Options = ["free"] },
                Eligibility = new Eligibility { ImmigrationStatus = "notAsked", ImmigrationStatusEvidence = "Said in a call." },
                Capacity = new Capacity { Status = "accepting", AsOf = new DateOnly(2026, 1, 1) },
            };
            var id = await host.Stores.Entries.CreateAsync(s, clinic, Actor.System("test"), null, null, Cancellation);
            await host.Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation);
            return id;
        },
        Cancellation);

    private static Task<EntryRow> RowAsync(ConsoleHost host, Guid id) => host.Database.TransactAsync(s => EntryStore.ReadAsync(s, id, Cancellation), Cancellation);

    private static Task<(Guid Suspended, Guid Returned, Guid Suggestion)> PrepareAsync(ConsoleHost host, Actor me) => host.Database.TransactAsync(
        async s =>
        {
            var stores = host.Stores;
            var system = Actor.System("test");
            var network = new Organization { Name = "Red de Apoyo", Website = "https://public.example", Phones = [new Phone { Number = "+13055550141" }] };
            var suspended = await stores.Entries.CreateAsync(s, network, system, null, null, Cancellation);
            await stores.Publisher.PublishAsync(s, suspended, 1, "publish", system, null, Cancellation);
            await stores.Entries.SaveAsync(s, suspended, 1, network with { Website = "https://draft.example" }, system, null, Cancellation);
            await stores.Reviews.SubmitAsync(s, suspended, 2, system, null, Cancellation);
            await stores.Checks.RequestAsync(s, await EntryStore.ReadAsync(s, suspended, Cancellation), "The source has it no more (facilities.csv): ask whether it still exists.", system, Cancellation);
            await stores.Publisher.WithdrawAsync(s, suspended, Listing.Suspended, system, "A wrong number", null, Cancellation);
            var returned = await stores.Entries.CreateAsync(s, network with { Name = "شبكة الدعم" }, me, null, null, Cancellation);
            await stores.Publisher.PublishAsync(s, returned, 1, "publish", system, null, Cancellation);
            await stores.Entries.SaveAsync(s, returned, 1, network with { Name = "شبكة الدعم", Summary = "New" }, me, null, Cancellation);
            await stores.Reviews.SubmitAsync(s, returned, 2, me, null, Cancellation);
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await stores.Reviews.ReturnAsync(s, returned, 2, system, "The number is a fax: call them and ask for one that takes voice calls.", Cancellation);
            await stores.Checks.RequestAsync(s, await EntryStore.ReadAsync(s, returned, Cancellation), "The source has it no more (facilities.csv): ask whether it still exists.", system, Cancellation);
            var kept = new AutosavedDraft
            {
                DraftKey = AutosavedDrafts.KeyOf(returned),
                Kind = "organization",
                Body = """{"name":["شبكة الدعم"],"summary":["Half a sentence"]}""",
                BasedOn = 1,
                SavedAt = host.Clock.GetUtcNow(),
            };
            await AutosavedDrafts.SaveAsync(s, me.CuratorId!.Value, kept, Cancellation);
            var suggestion = await new SuggestionStore(host.Clock, stores.Audit).AddAsync(s, returned, null, "tags", "They are new.", Cancellation);
            return (suspended, returned, suggestion);
        },
        Cancellation);
}
