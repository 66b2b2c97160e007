using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>The jobs of a curator at the grid, counted in clicks and keys, in a real browser.</summary>
public sealed class GridBrowserTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_hundred_public_entries_are_tagged_with_five_clicks_and_approved_with_two(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        await PublishAsync(host, 200);
        var (curator, reviewer) = (await host.AddCuratorAsync(CuratorRole.Curator), await host.AddCuratorAsync(CuratorRole.Reviewer));
        var page = await browser.SignInAsync(host, curator, javaScript);

        await page.GotoAsync("/entries?listing=published");
        // An entry's phone number is in the row: no click.
        await Assertions.Expect(page.Locator("tr", new PageLocatorOptions { HasText = "Clinic 007" })).ToContainTextAsync("(713) 555-0107");

        await page.ClickAsync("label[for=all]");
        await page.ClickAsync("#bulk-tag summary");
        // Typing or choosing a name counts as one click.
        await page.FillAsync("#new-tag", "Sample");
        await page.ClickAsync("text=Add tag >> visible=true");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add tag “Sample”: 200 entries" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("200 entries changed.");
        Assert.Equal((200, 0), (await CountAsync(host, new EntryFilter { Draft = DraftState.InReview }), await PublicTaggedAsync(host)));

        var second = await browser.SignInAsync(host, reviewer, javaScript);
        await second.GotoAsync("/reviews");
        await second.ClickAsync("text=Add tag “Sample”: 200 entries");
        await Assertions.Expect(second.Locator(".changes td ins")).ToHaveTextAsync("Sample");
        await Assertions.Expect(second.Locator("main")).ToContainTextAsync("A sample:");
        await second.ClickAsync("text=Approve all 200");
        await Assertions.Expect(second.Locator(".notice").First).ToContainTextAsync("200 approved and published.");
        Assert.Equal((0, 200), (await CountAsync(host, new EntryFilter { Draft = DraftState.InReview }), await PublicTaggedAsync(host)));

        // Undone as one: the change back is reviewed as any other.
        await second.ClickAsync("text=Undo all 200");
        await Assertions.Expect(second.Locator("[role=status]").Last).ToContainTextAsync("As before: 200.");
        Assert.Equal(0, await CountAsync(host, new EntryFilter { Tag = "sample" }));
    }

    [Fact]
    public async Task Keys_move_select_preview_and_open()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var ids = await PublishAsync(host, 3);
        var page = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Curator));
        await page.GotoAsync("/entries");
        await Assertions.Expect(page.Locator("#bulk-tag")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("#peek h2")).ToHaveTextAsync("Clinic 000");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("#peek h2")).ToHaveTextAsync("Clinic 001");
        await Assertions.Expect(page.Locator("#peek dd").First).ToHaveTextAsync("(713) 555-0101");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#selected")).ToHaveTextAsync("1 selected");
        await Assertions.Expect(page.Locator("#bulk-tag")).ToBeVisibleAsync();
        Assert.True(await page.Locator($"[name=chosen][value='{ids[1]}']").IsCheckedAsync());
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(page.Locator("#peek h2")).ToHaveTextAsync("Clinic 000");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#text")).ToBeFocusedAsync();
        // Letters in a field are letters.
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("#text")).ToHaveValueAsync("j");
        await page.Locator("tr a").First.FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        var problems = new List<string>();
        await AccessibilityCheck.CheckEveryShapeAsync(page, "grid-peeking", problems);
        await page.GotoAsync("/entries?facet=languages&where=assured:never");
        await AccessibilityCheck.CheckEveryShapeAsync(page, "grid-facet", problems);
        Assert.Empty(problems);

        await page.GotoAsync("/entries");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/entries/show/{ids[0]}$"));
        await page.GotoAsync("/entries");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/entries/edit/{ids[0]}$"));
        await page.GotoAsync("/entries");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/verify/{ids[0]}$"));
    }

    [Fact]
    public async Task A_cell_is_edited_in_place_and_shows_drafts_errors_and_conflicts()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var id = (await PublishAsync(host, 3))[1];
        var page = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Curator));
        var problems = new List<string>();
        await page.GotoAsync("/entries?columns=phone&columns=website&columns=cost");
        var (cells, control) = (page.Locator("tbody tr").Nth(1).Locator("td"), page.Locator("#cell-0"));

        // To the second row, its phone number, and into it; what is wrong stays in the cell.
        foreach (var key in new[] { "j", "j", "ArrowRight", "F2" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(control).ToBeFocusedAsync();
        await Assertions.Expect(control).ToHaveValueAsync("(713) 555-0101");
        await page.Keyboard.TypeAsync("call us");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(cells.Nth(1).Locator("#cell-0-error")).ToBeVisibleAsync();
        await Assertions.Expect(control).ToHaveValueAsync("call us");
        await AccessibilityCheck.CheckEveryShapeAsync(page, "grid-cell-error", problems);
        // On a narrow screen, cells open as a page.
        await page.SetViewportSizeAsync(1280, 800);
        await control.FillAsync("305 555 0199");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(cells.Nth(1)).ToContainTextAsync("(305) 555-0199 draft");
        await Assertions.Expect(page.Locator("#cell-status")).ToHaveTextAsync("Saved as a draft.");
        Assert.Equal((DraftState.Draft, 2, 1), await StateAsync(host, id));

        // The next cell, and out of it without saving.
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(control).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("mine.example");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(cells.Nth(2)).ToBeFocusedAsync();
        await Assertions.Expect(control).ToHaveCountAsync(0);
        Assert.Equal((DraftState.Draft, 2, 1), await StateAsync(host, id));

        // Somebody else is faster.
        await cells.Nth(2).DblClickAsync();
        await Assertions.Expect(control).ToBeFocusedAsync();
        var theirs = new Provider { Name = "Clinic 001", Website = "https://theirs.example" };
        await host.Database.TransactAsync(s => host.Stores.Entries.SaveAsync(s, id, 2, theirs, Actor.System("test"), null, Cancellation), Cancellation);
        await page.Keyboard.TypeAsync("mine.example");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#cell-conflict")).ToContainTextAsync("This field is now: https://theirs.example.");
        await Assertions.Expect(control).ToHaveValueAsync("mine.example");
        await page.ClickAsync("text=Save draft");
        await Assertions.Expect(cells.Nth(2)).ToContainTextAsync("https://mine.example draft");
        Assert.Equal((DraftState.Draft, 4, 1), await StateAsync(host, id));
        Assert.Empty(problems);
    }

    private static async Task<(DraftState Draft, int Latest, int? Published)> StateAsync(ConsoleHost host, Guid id)
    {
        var row = await host.Database.TransactAsync(s => EntryStore.ReadAsync(s, id, Cancellation), Cancellation);
        return (row.DraftState, row.LatestRevision, row.PublishedRevision);
    }

    private static async Task<IReadOnlyList<Guid>> PublishAsync(ConsoleHost host, int number)
    {
        Provider Clinic(int n) => new()
        {
            Name = $"Clinic {n.ToString("000", CultureInfo.InvariantCulture)}",
            Phones = [new Phone { Number = $"+171355501{n % 100:00}" }],
        };
        var ids = await host.Database.TransactAsync(
            s => host.Stores.Entries.CreateAsync(s, [.. Enumerable.Range(0, number).Select(n => new NewEntry(Clinic(n)))], Actor.System("test"), null, Cancellation), Cancellation);
        await host.Database.TransactAsync(s => host.Stores.Publisher.PublishLatestAsync(s, ids, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        return ids;
    }

    private static Task<int> CountAsync(ConsoleHost host, EntryFilter filter) =>
        host.Database.TransactAsync(s => EntryFinder.CountAsync(s, filter, Cancellation), Cancellation);

    /// <summary>The number of public entries that the public sees with the tag.</summary>
    private static Task<int> PublicTaggedAsync(ConsoleHost host) =>
        CountAsync(host, new EntryFilter { Tag = "sample", Listing = Listing.Published, Draft = DraftState.None });
}
