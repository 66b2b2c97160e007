using System.Text.RegularExpressions;
using HealthEquity.Admin.Directory;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Starter;
using HealthEquity.Store.Suggestions;
using Microsoft.Extensions.DependencyInjection;
using HealthEquity.Tests.Api;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>The entry pages in a real browser.</summary>
public sealed class EntryBrowserTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_entry_pages_are_accessible()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        await DirectorySetup.PrepareAsync(host.Database, host.Clock, StarterContent.Samples, Cancellation);
        // An administrator sees everything that others see, and more.
        var page = await SignInAsync(host, browser, 1280, ColorScheme.Light, role: CuratorRole.Administrator);
        await AccessibilityCheck.PrepareAsync(page);
        var problems = new List<string>();
        foreach (var (name, path) in await PagesAsync(host))
        {
            await page.GotoAsync(path);
            await AccessibilityCheck.CheckEveryShapeAsync(page, name, problems);
            await FocusCheck.CheckAsync(page, path, problems);
        }

        var provider = await FirstAsync(host, EntryKind.Provider);
        await page.GotoAsync($"/entries/edit/{provider.EntryId}");
        await page.FillAsync("#f-name", "");
        await page.ClickAsync("text=Save draft");
        await Assertions.Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        await AccessibilityCheck.CheckEveryShapeAsync(page, "edit-failed", problems);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task List_items_change_in_place_and_input_is_autosaved()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var stores = host.Stores;
        var id = await host.Database.TransactAsync(
            s => stores.Entries.CreateAsync(s, new Organization { Name = "Red de Apoyo", Phones = [new Phone { Number = "+13055550141" }] }, Actor.System("test"), null, null, Cancellation),
            Cancellation);
        var page = await SignInAsync(host, browser, 1280, ColorScheme.Light);
        await page.GotoAsync($"/entries/edit/{id}");
        await page.EvaluateAsync("window.here = true");

        await page.ClickAsync("text=Add another phone number");
        await page.WaitForSelectorAsync("#f-phones-1--number");
        await Assertions.Expect(page.Locator("#f-phones-1--number")).ToBeFocusedAsync();
        await page.FillAsync("#f-phones-1--number", "+13055550142");
        await page.ClickAsync("text=Move up: Phone number 2");
        await Assertions.Expect(page.Locator("#f-phones-0--number")).ToHaveValueAsync("(305) 555-0142");
        Assert.True(await page.EvaluateAsync<bool>("window.here"));
        await Assertions.Expect(page.Locator("#autosaved")).ToContainTextAsync("Changes backed up at");
        // Beside the form, the preview is open.
        await page.WaitForSelectorAsync("#live-preview-body .preview");

        await page.ClickAsync("text=Save draft");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/entries/show/{id}"));
        var saved = await host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, id, 2, Cancellation), Cancellation);
        Assert.Equal(["+13055550142", "+13055550141"], ((Organization)EntryJson.Read(saved.Body)).Phones.Select(p => p.Number));
    }

    [Fact]
    public async Task A_late_autosave_does_not_reappear_as_unsaved_changes()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var id = await AddNetworkAsync(host);
        var page = await SignInAsync(host, browser, 1280, ColorScheme.Light);
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/*handler=Autosave", async route =>
        {
            asked.TrySetResult();
            await answered.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"/entries/edit/{id}");
        await page.FillAsync("#f-summary", "Typed and saved");
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        await page.ClickAsync("text=Save draft");
        answered.SetResult();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/entries/show/{id}$"));

        Assert.Empty(await host.Database.TransactAsync(s => s.QueryAsync<string>(new Sql("test", "SELECT DraftKey FROM AutosavedDraft"), null, Cancellation), Cancellation));
        Assert.Equal(2, (await host.Database.TransactAsync(s => EntryStore.ReadAsync(s, id, Cancellation), Cancellation)).LatestRevision);
    }

    [Fact]
    public async Task A_ZIP_code_fills_in_the_location_in_the_open_form()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await SignInAsync(host, browser, 1280, ColorScheme.Light);
        await page.GotoAsync($"/entries/edit/{await AddNetworkAsync(host)}");
        await page.ClickAsync("button[value='add:locations']");
        await page.FillAsync("#f-locations-0--postalCode", "33130");
        await page.PressAsync("#f-locations-0--postalCode", "Tab");

        await Assertions.Expect(page.Locator("#f-locations-0--county")).ToHaveValueAsync("Miami-Dade County");
        await Assertions.Expect(page.Locator("#f-locations-0--stateProvince")).ToHaveValueAsync("Florida");
    }

    [Fact]
    public async Task The_session_warning_does_not_steal_the_focus()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await SignInAsync(host, browser, 320, ColorScheme.Light);
        await page.Clock.InstallAsync();
        await page.GotoAsync($"/entries/edit/{await AddNetworkAsync(host)}");
        await page.FocusAsync("#f-name");
        await page.Clock.FastForwardAsync("28:30");
        await page.Clock.RunForAsync(6000);

        await Assertions.Expect(page.Locator("#idle")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#f-name")).ToBeFocusedAsync();
        await Chromium.KeepPictureAsync(page, "idle-320");
        await page.ClickAsync("text=Stay signed in");
        await Assertions.Expect(page.Locator("#idle")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#f-name")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_bulk_change_asks_for_confirmation_and_then_runs_automatically()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var stores = host.Stores;
        await host.Database.TransactAsync(
            s => stores.Entries.CreateAsync(
                s, [.. Enumerable.Range(0, 260).Select(n => new NewEntry(new Organization { Name = $"Red {n}" }))], Actor.System("test"), null, Cancellation),
            Cancellation);
        var page = await SignInAsync(host, browser, 1280, ColorScheme.Light);
        Task<int> InReviewAsync() => host.Database.TransactAsync(s => EntryFinder.CountAsync(s, new EntryFilter { Draft = DraftState.InReview }, Cancellation), Cancellation);

        await page.GotoAsync("/entries?kind=organization");
        await page.CheckAsync("input[name=all]");
        await page.ClickAsync("text=Send drafts to review");
        await Assertions.Expect(page.Locator("#bulk-question")).ToHaveTextAsync("Send 260 entries to review?");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Equal(0, await InReviewAsync());

        await page.ClickAsync("#bulk button");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("260 entries");
        await Assertions.Expect(page.Locator("#bulk-question")).ToHaveCountAsync(0);
        // The page shows how far the change is while it runs.
        await Node.UntilAsync(async () => await InReviewAsync() == 260);
    }

    private static Task<Guid> AddNetworkAsync(ConsoleHost host) => host.Database.TransactAsync(
        s => host.Stores.Entries.CreateAsync(
            s, new Organization { Name = "Red de Apoyo", Phones = [new Phone { Number = "+13055550141" }] }, Actor.System("test"), null, null, Cancellation),
        Cancellation);

    internal static async Task<IPage> SignInAsync(ConsoleHost host, BrowserWindows browser, int width, ColorScheme scheme, bool javaScript = true, CuratorRole role = CuratorRole.Reviewer) =>
        await browser.SignInAsync(host, await host.AddCuratorAsync(role), javaScript, new ViewportSize { Width = width, Height = 800 }, scheme);

    internal static async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync(ConsoleHost host)
    {
        var pages = new List<(string, string)> { ("today", "/"), ("entries", "/entries?tag=sample"), ("no-entries", "/entries?text=nothing"), ("new", "/entries/new"), ("reviews", "/reviews") };
        foreach (var kind in EntryKinds.All)
        {
            pages.Add(($"edit-{kind}", $"/entries/edit/{(await FirstAsync(host, kind)).EntryId}"));
        }

        var row = await FirstAsync(host, EntryKind.Provider);
        var suggestion = await host.Database.TransactAsync(
            async s =>
            {
                var stores = host.Stores;
                var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(s, row.EntryId, row.LatestRevision, Cancellation)).Body);
                await stores.Entries.SaveAsync(s, row.EntryId, row.LatestRevision, entry with { Summary = "Open on Saturdays." }, Actor.System("test"), "Hours", Cancellation);
                await stores.Reviews.SubmitAsync(s, row.EntryId, row.LatestRevision + 1, Actor.System("test"), null, Cancellation);
                return await host.Services.GetRequiredService<SuggestionStore>().AddAsync(s, row.EntryId, null, "summary", "They moved.", Cancellation);
            },
            Cancellation);
        var twin = await host.Database.TransactAsync(
            async s =>
            {
                var stores = host.Stores;
                var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(s, row.EntryId, 1, Cancellation)).Body);
                var made = await stores.Entries.CreateAsync(s, entry with { AlternateNames = ["مركز الأمل"], Summary = "Somebody else's words." }, Actor.System("test"), null, null, Cancellation);
                await stores.Duplicates.DetectAsync(s, [made], Cancellation);
                return made;
            },
            Cancellation);
        pages.AddRange(new[] { ("duplicates", "/duplicates"), ("duplicate", $"/duplicates/{row.EntryId}/{twin}") });
        var action = await FirstAsync(host, EntryKind.PolicyAction);
        var change = await host.Database.TransactAsync(
            s => host.Stores.BulkChanges.BeginAsync(s, new BulkRequest(SuspendEntries.Name, [action.EntryId]) { Reason = "Flood." }, Actor.System("test"), Cancellation), Cancellation);
        await host.Stores.BulkChanges.FinishAsync(host.Database, change.BulkChangeId, Cancellation);
        pages.AddRange(new[] { ("bulk-changes", "/bulk-changes"), ("bulk-change", $"/bulk-changes/{change.BulkChangeId}") });
        var adopted = await host.Database.TransactAsync(async s => (await new PolicyDrafts().ReadAsync(s, Cancellation)).First(d => d.Action.Adoptions.Count > 0), Cancellation);
        pages.AddRange(new[]
        {
            ("policy-place", $"/policy-actions/places/{PolicyPlace.SlugOf(adopted.Action.Adoptions[0].Jurisdiction)}"),
            ("adoption", $"/policy-actions/adoption/{adopted.Row.EntryId}?at=0"), ("adoption-new", "/policy-actions/adoption"),
            ("cell", $"/entries/cell/{row.EntryId}/cost"), ("show", $"/entries/show/{row.EntryId}"), ("preview", $"/entries/preview/{row.EntryId}?language=es"), ("history", $"/entries/history/{row.EntryId}?from=1&to=2"),
            ("comments", $"/entries/comments/{row.EntryId}"), ("review", $"/reviews/{row.EntryId}"), ("call", $"/verify/{row.EntryId}"), ("verify", "/verify"), ("suggestions", "/suggestions"),
            ("suggestion", $"/suggestions/{suggestion}"), ("matrices", "/policy-actions/matrix"), ("translations", "/translations"), ("translation", $"/entries/{action.EntryId}/translations/es"), ("matrix", $"/policy-actions/matrix/{action.EntryId}"),
        });
        return pages;
    }

    private static Task<EntryRow> FirstAsync(ConsoleHost host, EntryKind kind) => host.Database.TransactAsync(
        async s => (await EntryFinder.FindAsync(s, new EntryFilter { Kind = kind }, EntrySort.Name, 0, 1, Cancellation))[0], Cancellation);
}
