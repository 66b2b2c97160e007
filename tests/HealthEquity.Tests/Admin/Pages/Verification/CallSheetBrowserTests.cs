using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Suggestions;
using HealthEquity.Tests.Admin.Pages.Entries;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Verification;

/// <summary>Accessibility of pages with warnings, wide and narrow.</summary>
public sealed class CallSheetBrowserTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    public async Task Pages_with_warnings_are_accessible(int width, ColorScheme scheme)
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await EntryBrowserTests.SignInAsync(host, browser, width, scheme);
        var me = Actor.Curator((await host.Database.TransactAsync(s => CuratorStore.ListAsync(s, Cancellation), Cancellation))[0].CuratorId);
        var (suspended, returned, suggestion) = await PrepareAsync(host, me);
        var problems = new List<string>();
        foreach (var (name, path) in new[]
        {
            ("suspended-call-sheet", $"/verification/{suspended}"), ("suspended-review", $"/reviews/{suspended}"), ("suspended-show", $"/entries/show/{suspended}"),
            ("returned-show", $"/entries/show/{returned}"), ("returned-edit", $"/entries/edit/{returned}"), ("returned-today", "/"),
            ("suggested-tags", $"/suggestions/{suggestion}?field=tags"), ("audit-of-an-entry", $"/audit?subject=entry:{suspended}"),
        })
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync("document.querySelectorAll('main details').forEach(d => { if (d.id !== 'live-preview') d.open = true; })");
            await AccessibilityCheck.CheckAsync(page, $"{name} {width} {scheme}", width, problems, AccessibilityCheck.RulesFor(width, scheme));
        }

        await page.GotoAsync($"/verification/{suspended}");
        await page.SelectOptionAsync("select[name='field:website']", "wrong");
        await page.SelectOptionAsync("#Method", "phoneCall");
        await page.SelectOptionAsync("#Outcome", "confirmed");
        await page.ClickAsync("text=Record check");
        await Assertions.Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        await AccessibilityCheck.CheckAsync(page, $"call-sheet-failed {width} {scheme}", width, problems, AccessibilityCheck.RulesFor(width, scheme));
        Assert.Empty(problems);
    }

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
