using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Lists;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Lists;

/// <summary>Curated lists in the console.</summary>
public sealed partial class ListPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reviewer_makes_orders_and_publishes_a_list_without_scripts()
    {
        await using var host = await ConsoleHost.StartAsync(settings: [("PublicAddress", "https://help.example.gov/")]);
        var ids = await PublishAsync(host, "Sun Clinic", "Moon Clinic", "Star Clinic");
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Reviewer));
        var created = await browser.SubmitAsync("/lists", null, ("Title", "Help for Lincoln families"));
        var page = created.Headers.Location!.ToString();

        var found = await (await browser.SubmitAsync(page, "Search", await FieldsAsync(browser, page, ("Text", "Clinic")))).Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(["Moon Clinic", "Star Clinic", "Sun Clinic"], AddButton().Matches(found).Select(m => m.Groups[1].Value).Order());
        foreach (var id in ids)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(page, "Add", await FieldsAsync(browser, page, ("add", id.ToString())))).StatusCode);
        }

        // The last goes first by its number; a note in Spanish; then without the second.
        var fields = await FieldsAsync(browser, page, ("Rows[2].Position", "0"), ("Rows[2].Notes[es]", "Pida una cita."), ("Titles[es]", "Ayuda para familias"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(page, "Publish", fields)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(page, "Remove", await FieldsAsync(browser, page, ("remove", ids[1].ToString())))).StatusCode);

        var list = await OnlyListAsync(host);
        Assert.Equal("help-for-lincoln-families", list.Slug);
        Assert.Equal([ids[2], ids[0]], list.Content.Entries.Select(e => e.Id));
        Assert.Equal([ids[2], ids[0], ids[1]], ListContent.Read(list.PublishedBody!).Entries.Select(e => e.Id));
        Assert.Equal("Pida una cita.", list.Content.Entries[0].Notes["es"]);
        Assert.Equal(("Help for Lincoln families", "Ayuda para familias"), (list.Content.Titles["en"], list.Content.Titles["es"]));
        Assert.Contains("Changes not published", await browser.ReadAsync("/lists"), StringComparison.Ordinal);

        Assert.Contains("<a href=\"https://help.example.gov/en/print?list=help-for-lincoln-families&amp;with=es\" rel=\"noopener\">Print in English and Spanish</a>", await browser.ReadAsync(page), StringComparison.Ordinal);

        await PublishAsync(host, [.. Enumerable.Range(0, 18).Select(n => $"Clinic {n:00}")]);
        found = await (await browser.SubmitAsync(page, "Search", await FieldsAsync(browser, page, ("Text", "Clinic")))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("21 entries were found. These are the first 20: add a place or another word. 2 entries are on the list.", found, StringComparison.Ordinal);
        Assert.Contains("Title in English", found, StringComparison.Ordinal);
    }

    /// <summary>As in the README, where nobody has set an address.</summary>
    [Theory]
    [InlineData("http://localhost:5081", true)]
    [InlineData("https://console.example.gov", false)]
    public async Task A_public_list_can_be_printed_from_a_console_that_was_just_started(string console, bool isLinked)
    {
        await using var host = await ConsoleHost.StartAsync();
        var ids = await PublishAsync(host, "Sun Clinic");
        var id = await host.Database.TransactAsync(s => host.Stores.Lists.CreateAsync(s, "lincoln", Content(ids), Actor.System("test"), Cancellation), Cancellation);
        await host.Database.TransactAsync(s => host.Stores.Lists.PublishAsync(s, id, Actor.System("test"), Cancellation), Cancellation);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer), console);
        Assert.Equal(isLinked, (await browser.ReadAsync($"/lists/{id}")).Contains("<a href=\"http://localhost:5080/en/print?list=lincoln&amp;with=es\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_shows_what_was_taken_down_and_what_is_overdue()
    {
        await using var host = await ConsoleHost.StartAsync();
        var ids = await PublishAsync(host, "Sun Clinic", "Moon Clinic");
        var id = await host.Database.TransactAsync(s => host.Stores.Lists.CreateAsync(s, "lincoln", Content(ids), Actor.System("test"), Cancellation), Cancellation);
        await host.Database.TransactAsync(s => host.Stores.Publisher.WithdrawAsync(s, ids[0], Listing.Retired, Actor.System("test"), "closed", null, Cancellation), Cancellation);
        await host.Database.TransactAsync(s => s.ExecuteAsync(new Sql("test", "UPDATE Entry SET CheckDueOn = '2020-02-01' WHERE EntryId = @id"), new { id = ids[1] }, Cancellation), Cancellation);

        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));
        var index = await browser.ReadAsync("/lists");
        Assert.Contains(">1 taken down<", index, StringComparison.Ordinal);
        Assert.Contains(">1 overdue<", index, StringComparison.Ordinal);
        var page = await browser.ReadAsync($"/lists/{id}");
        Assert.Contains("The public does not see it.", page, StringComparison.Ordinal);
        Assert.Contains("Overdue since Feb 1, 2020", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Save", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_curators_on_one_list_do_not_overwrite_each_other_unseen()
    {
        await using var host = await ConsoleHost.StartAsync();
        var ids = await PublishAsync(host, "Sun Clinic");
        var id = await host.Database.TransactAsync(s => host.Stores.Lists.CreateAsync(s, "lincoln", Content(ids), Actor.System("test"), Cancellation), Cancellation);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var mine = await FieldsAsync(browser, $"/lists/{id}", ("Titles[en]", "Mine"));
        await browser.SubmitAsync($"/lists/{id}", null, await FieldsAsync(browser, $"/lists/{id}", ("Titles[en]", "Theirs")));

        var refused = await (await browser.SubmitAsync($"/lists/{id}", null, mine)).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Someone else saved this list in the meantime.", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"Mine\"", refused, StringComparison.Ordinal);
        Assert.Equal("Theirs", (await OnlyListAsync(host)).Content.Titles["en"]);
    }

    [Fact]
    public async Task Rows_are_dragged_and_moved_with_buttons_and_the_pages_are_accessible()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var host = await ConsoleHost.StartAsync(onPort: true);
        var ids = await PublishAsync(host, "Sun Clinic", "Moon Clinic", "Star Clinic");
        var id = await host.Database.TransactAsync(s => host.Stores.Lists.CreateAsync(s, "lincoln", Content(ids), Actor.System("test"), Cancellation), Cancellation);
        var person = await PersonAtConsole.ArriveAsync(host, browser, "ana", javaScript: true);
        await person.SetUpAsync($"/set-up?token={await host.CreateFirstLinkAsync()}");
        await person.Page.GotoAsync($"/lists/{id}");
        Task<string[]> NamesAsync() => person.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-row] bdi')].map(b => b.textContent)");

        await person.Page.DragAndDropAsync("[data-row]:nth-child(3)", "[data-row]:nth-child(1)", new() { SourcePosition = new() { X = 5, Y = 5 }, TargetPosition = new() { X = 5, Y = 5 } });
        Assert.Equal(["Star Clinic", "Sun Clinic", "Moon Clinic"], await NamesAsync());
        await person.Page.ClickAsync("[aria-label='Move Moon Clinic up']");
        Assert.Equal(["Star Clinic", "Moon Clinic", "Sun Clinic"], await NamesAsync());
        await person.Page.FillAsync("[data-row]:nth-child(1) input[type=number]", "2");
        await person.Page.PressAsync("[data-row]:nth-child(1) input[type=number]", "Tab");
        Assert.Equal(["Moon Clinic", "Star Clinic", "Sun Clinic"], await NamesAsync());
        await person.Page.ClickAsync("main .actions >> text='Save'");
        await Assertions.Expect(person.Page.Locator(".notice")).ToHaveTextAsync("List saved.");
        Assert.Equal([ids[1], ids[2], ids[0]], (await OnlyListAsync(host)).Content.Entries.Select(e => e.Id));

        var problems = new List<string>();
        await AccessibilityCheck.CheckEveryShapeAsync(person.Page, "list", problems);
        await person.Page.GotoAsync("/lists");
        await AccessibilityCheck.CheckEveryShapeAsync(person.Page, "lists", problems);
        Assert.Empty(problems);
        Assert.Empty(person.Stopped);
    }

    private static ListContent Content(IReadOnlyList<Guid> ids) => new()
    {
        Titles = new Dictionary<string, string> { ["en"] = "Lincoln" },
        Entries = [.. ids.Select(i => new ListEntry { Id = i })],
    };

    internal static async Task<List<Guid>> PublishAsync(ConsoleHost host, params string[] names)
    {
        var ids = new List<Guid>();
        foreach (var name in names)
        {
            ids.Add(await host.Database.TransactAsync(
                async s =>
                {
                    var id = await host.Stores.Entries.CreateAsync(s, new Provider { Name = name }, Actor.System("test"), null, null, Cancellation);
                    await host.Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation);
                    return id;
                },
                Cancellation));
        }

        return ids;
    }

    private static async Task<CuratedList> OnlyListAsync(ConsoleHost host)
    {
        await using var session = await host.Database.OpenAsync(Cancellation);
        return Assert.Single(await CuratedListStore.ListAsync(session, default, Cancellation));
    }

    /// <summary>The fields of the page as they stand, with some changed.</summary>
    private static async Task<(string, string)[]> FieldsAsync(ConsoleBrowser browser, string page, params (string Name, string Value)[] changes)
    {
        var form = await browser.ReadAsync(page);
        var fields = Input().Matches(form).Select(m => (Name: Attribute(m.Value, "name"), Value: WebUtility.HtmlDecode(Attribute(m.Value, "value"))))
            .Where(f => f.Name.Length > 0 && f.Name != "formToken").DistinctBy(f => f.Name).ToList();
        return [.. fields.Where(f => changes.All(c => c.Name != f.Name)), .. changes];
    }

    private static string Attribute(string element, string name) => Regex.Match(element, $" {name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<input [^>]+>")]
    private static partial Regex Input();

    [GeneratedRegex("name=\"add\"[^>]*>Add<span class=\"visually-hidden\"> ([^<]+)</span>")]
    private static partial Regex AddButton();
}
