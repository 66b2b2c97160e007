using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Admin.Pages.Entries;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Imports;

/// <summary>The import pages in a real browser.</summary>
public sealed class ImportBrowserTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_import_pages_are_accessible()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await EntryBrowserTests.SignInAsync(host, browser, 1280, ColorScheme.Light, role: CuratorRole.Administrator);
        await AccessibilityCheck.PrepareAsync(page);
        var problems = new List<string>();
        await page.GotoAsync("/imports");
        await AccessibilityCheck.CheckEveryShapeAsync(page, "imports-none", problems);
        await page.GotoAsync("/imports/mappings");
        await AccessibilityCheck.CheckEveryShapeAsync(page, "imports-no-mappings", problems);
        foreach (var (name, path) in await PagesAsync(host))
        {
            await page.GotoAsync(path);
            await AccessibilityCheck.CheckEveryShapeAsync(page, name, problems);
            await FocusCheck.CheckAsync(page, path, problems);
        }

        await page.GotoAsync("/imports");
        await page.SetInputFilesAsync("#Upload", new FilePayload { Name = "letter.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7"u8.ToArray() });
        await page.ClickAsync("main button:has-text('Upload')");
        await Assertions.Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        await AccessibilityCheck.CheckEveryShapeAsync(page, "imports-refused", problems);
        await UploadAsync(page, "list.csv", ImportSteps.Messy);
        await page.SelectOptionAsync("#target-0", "");
        await page.SelectOptionAsync("#target-2", "locations.1.postalCode");
        await page.ClickAsync("text=Save mapping");
        await Assertions.Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        await AccessibilityCheck.CheckEveryShapeAsync(page, "import-columns-failed", problems);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_imported_and_undone_by_keyboard(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await EntryBrowserTests.SignInAsync(host, browser, 320, ColorScheme.Light, javaScript);
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        async Task PressAsync(string button)
        {
            await page.Locator($"main button:has-text('{button}')").First.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }

        await page.GotoAsync("/imports");
        await page.SetInputFilesAsync("#Upload", new FilePayload { Name = "list.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(ImportSteps.Messy) });
        await PressAsync("Upload");
        await Assertions.Expect(page.Locator("#target-5")).ToHaveValueAsync("phones");
        await PressAsync("Save mapping");
        await SeeAsync(page, "Preview of changes");
        await PressAsync("Apply as drafts");
        await SeeAsync(page, "Results");
        await PressAsync("Undo import");
        await SeeAsync(page, "Every entry was undone.");
        Assert.Equal(3, await host.Database.TransactAsync(s => EntryStore.CountAsync(s, Cancellation), Cancellation));
    }

    [Fact]
    public async Task A_running_import_shows_progress_and_then_the_preview()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await EntryBrowserTests.SignInAsync(host, browser, 1280, ColorScheme.Light);
        var importer = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator, "importer"), host.Address);
        var id = await BusyAsync(host, importer, done: 0);
        await page.GotoAsync($"/imports/{id}");
        await page.EvaluateAsync("window.here = true");
        await host.Database.TransactAsync(s => ImportStore.ProgressAsync(s, id, 4000, 11375, host.Clock.GetUtcNow(), Cancellation), Cancellation);
        await Assertions.Expect(page.Locator(".figures")).ToContainTextAsync("4,000 of 11,375 rows");
        Assert.True(await page.EvaluateAsync<bool>("window.here"));
        await host.Database.TransactAsync(
            async s =>
            {
                await ImportStore.FinishAsync(s, id, ImportState.Planned, host.Clock.GetUtcNow(), Cancellation);
                await ImportTasks.FinishAsync(s, id, Cancellation);
            },
            Cancellation);
        await Assertions.Expect(page.Locator("#counts")).ToHaveTextAsync("Preview of changes");
    }

    /// <summary>Returns all import pages in all states.</summary>
    internal static async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync(ConsoleHost host)
    {
        var importer = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator, "importer"), host.Address);
        var uploaded = await importer.UploadAsync("a list that someone sent by email (final, corrected) 2026.csv", ImportSteps.Messy);
        var first = await importer.PlanAsync(host, "list.csv", ImportSteps.Messy + ";9 Oak St;Hartford;CT;06103;860-276-3009;;;A4\r\n");
        await importer.PressAsync(host, first, "Apply", ImportState.Applied);
        await EditAsync(host, "casa-amparo");
        var second = await importer.UploadAsync("list.csv", ImportSteps.Messy.Replace("M-F 8:30am-5pm;Spanish", "M-F 9am-6pm;Arabic", StringComparison.Ordinal).Replace("(860) 276-3000", "(860) 276-3999", StringComparison.Ordinal));
        await importer.PlanByAsync(host, second, "list");
        await importer.PressAsync(host, second, "Apply", ImportState.Applied);
        var planned = await importer.UploadAsync("list.csv", string.Join("\r\n", ImportSteps.Messy.Split("\r\n").Take(2)).Replace("60 Westwood Ave", "62 Westwood Ave", StringComparison.Ordinal).Replace("Spanish", "Russian", StringComparison.Ordinal) + "\r\n");
        await importer.PlanByAsync(host, planned, "list");
        var failed = await importer.UploadAsync("list.csv", ImportSteps.Messy);
        await importer.SubmitAsync($"/imports/{failed}/columns", "Plan", ("mapping", "samhsa-mental-health"));
        await host.WaitAsync(failed, ImportState.Failed);
        return
        [
            ("imports", "/imports"), ("import-uploaded", $"/imports/{uploaded}"), ("import-columns", $"/imports/{uploaded}/columns"), ("import-planned", $"/imports/{planned}"),
            ("import-new", $"/imports/{first}/items/new"), ("import-new-item", $"/imports/{first}/item/1"), ("import-conflicting", $"/imports/{second}/items/conflicting"),
            ("import-conflicting-item", $"/imports/{second}/item/1"), ("import-vanished", $"/imports/{planned}/items/vanished"), ("import-none", $"/imports/{planned}/items/notListed"),
            ("import-rows-refused", $"/imports/{first}/refused"), ("import-applied", $"/imports/{second}"), ("import-failed", $"/imports/{failed}"),
            ("import-conflicts", "/imports/conflicts"), ("import-mappings", "/imports/mappings"), ("import-waits", $"/imports/{await BusyAsync(host, importer, done: null)}"),
            ("import-busy", $"/imports/{await BusyAsync(host, importer, done: 4000)}"),
        ];
    }

    /// <summary>Creates an import with a task that never progresses.</summary>
    private static async Task<Guid> BusyAsync(ConsoleHost host, ConsoleBrowser importer, int? done)
    {
        var id = await importer.UploadAsync("list.csv", ImportSteps.Messy);
        await host.Database.TransactAsync(
            async s =>
            {
                var now = host.Clock.GetUtcNow();
                await ImportTasks.AskAsync(s, id, new ImportTask { Work = ImportWork.Plan, AskedBy = "system:test" }, now, Cancellation);
                await ImportTasks.TakeAsync(s, now.AddYears(1), Cancellation);
                if (done is { } rows)
                {
                    await ImportStore.RunAsync(s, id, ImportState.Uploaded, ImportState.Planning, 0, now.AddYears(1), Cancellation);
                    await ImportStore.ProgressAsync(s, id, rows, 11375, now.AddYears(1), Cancellation);
                }
            },
            Cancellation);
        return id;
    }

    private static Task EditAsync(ConsoleHost host, string slug) => host.Database.TransactAsync(
        async s =>
        {
            var stores = host.Stores;
            var row = (await EntryStore.FindBySlugAsync(s, slug, Cancellation))!;
            var entry = (Organization)EntryJson.Read((await EntryStore.ReadRevisionAsync(s, row.EntryId, row.LatestRevision, Cancellation)).Body);
            await stores.Entries.SaveAsync(
                s, row.EntryId, row.LatestRevision, entry with { Phones = [entry.Phones[0] with { Number = "+18602763555" }], Hours = null, Languages = [] }, Actor.System("test"), null, Cancellation);
        },
        Cancellation);

    private static async Task UploadAsync(IPage page, string name, string text)
    {
        await page.GotoAsync("/imports");
        await page.SetInputFilesAsync("#Upload", new FilePayload { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
        await page.ClickAsync("main button:has-text('Upload')");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/columns$"));
    }

    /// <summary>Waits for a text. Without JavaScript, the page reloads every few seconds.</summary>
    private static Task SeeAsync(IPage page, string text) =>
        Assertions.Expect(page.Locator($"main :text('{text}')").First).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 });
}
