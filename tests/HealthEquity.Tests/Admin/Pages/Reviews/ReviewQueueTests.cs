using System.Net;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Store;

namespace HealthEquity.Tests.Admin.Pages.Reviews;

/// <summary>The review queue over HTTP: what it says about each draft, and where a decision leads.</summary>
public sealed class ReviewQueueTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private static readonly Organization Network = new() { Name = "Harbor Network", Summary = "Help for families.", Phones = [new Phone { Number = "+13055550142" }] };

    private ConsoleHost _host = null!;

    private ConsoleBrowser _reviewer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _reviewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Reviewer));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_draft_says_who_submitted_it_what_changed_how_much_and_how_long_it_waits()
    {
        var writer = await _host.AddCuratorAsync(CuratorRole.Curator, "ana");
        var id = await SubmitAsync(Network, Actor.Curator(writer.CuratorId));
        await DoAsync(s => Stores.Reviews.ApproveAsync(s, id, 1, Actor.System("test"), null, Cancellation));
        var edited = Network with { Summary = "Help for families in four languages.", Phones = [new Phone { Number = "+13055550199" }] };
        await DoAsync(async s =>
        {
            await Stores.Entries.SaveAsync(s, id, 1, edited, Actor.Curator(writer.CuratorId), null, Cancellation);
            await Stores.Reviews.SubmitAsync(s, id, 2, Actor.Curator(writer.CuratorId), null, Cancellation);
        });
        _host.Clock.Advance(TimeSpan.FromDays(3));
        await SubmitAsync(new Material { Name = "Card", MaterialType = "guide", Editions = [new Edition { Language = "en", Title = "Card", Url = "https://cards.example/" }] }, Actor.System("import"));

        // Three days idle end the session.
        _reviewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Reviewer, "rosa"));
        var page = WebUtility.HtmlDecode(await _reviewer.ReadAsync("/reviews"));
        var row = page[page.IndexOf("Harbor Network", StringComparison.Ordinal)..page.IndexOf("</tr>", page.IndexOf("Harbor Network", StringComparison.Ordinal), StringComparison.Ordinal)];
        Assert.Contains("Summary +1 more", row, StringComparison.Ordinal);
        Assert.Contains("5 words", row, StringComparison.Ordinal);
        Assert.Contains("The ana", row, StringComparison.Ordinal);
        Assert.Contains("3 days", row, StringComparison.Ordinal);
        Assert.Contains("New: ", page, StringComparison.Ordinal);
        Assert.Contains("less than an hour", page, StringComparison.Ordinal);
        // The one that has waited longest comes first.
        Assert.True(page.IndexOf("Harbor Network", StringComparison.Ordinal) < page.IndexOf(">Card<", StringComparison.Ordinal));

        Assert.DoesNotContain("Harbor Network", await _reviewer.ReadAsync("/reviews?kind=material"), StringComparison.Ordinal);
        Assert.DoesNotContain(">Card<", await _reviewer.ReadAsync($"/reviews?by=curator:{writer.CuratorId}"), StringComparison.Ordinal);
        Assert.Contains("Harbor Network", await _reviewer.ReadAsync($"/reviews?by=curator:{writer.CuratorId}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_leads_to_the_next_draft_of_the_same_filter()
    {
        var first = await SubmitAsync(Network with { Name = "First" });
        var provider = await SubmitAsync(new Provider { Name = "Between", Phones = Network.Phones });
        var second = await SubmitAsync(Network with { Name = "Second" });
        var third = await SubmitAsync(Network with { Name = "Third" });
        Assert.Contains($"/reviews/{first}?kind=organization", await _reviewer.ReadAsync("/reviews?kind=organization"), StringComparison.Ordinal);

        var shown = await _reviewer.ReadAsync($"/reviews/{second}?kind=organization");
        Assert.Contains("3 drafts wait for you", shown, StringComparison.Ordinal);
        Assert.Contains($"/reviews/{first}?kind=organization\" rel=\"prev\"", shown, StringComparison.Ordinal);
        Assert.Contains($"/reviews/{third}?kind=organization\" rel=\"next\"", shown, StringComparison.Ordinal);

        var approved = await _reviewer.SubmitAsync($"/reviews/{first}?kind=organization", "Approve", ("revision", "1"));
        Assert.Equal($"/reviews/{second}?kind=organization", approved.Headers.Location?.ToString());
        Assert.Contains("“First” was approved and published.", WebUtility.HtmlDecode(await _reviewer.ReadAsync(approved.Headers.Location!.ToString())), StringComparison.Ordinal);

        // From the last draft, the queue goes on with the first that is left.
        var returned = await _reviewer.SubmitAsync($"/reviews/{third}?kind=organization", "Return", ("revision", "1"), ("reason", "Add hours"));
        Assert.Equal($"/reviews/{second}?kind=organization", returned.Headers.Location?.ToString());
        var next = await _reviewer.ReadAsync(returned.Headers.Location!.ToString());
        Assert.Contains($"/reviews/{third}?handler=UndoReturn", next, StringComparison.Ordinal);
        Assert.Contains("1 draft waits for you", next, StringComparison.Ordinal);

        var undone = await _reviewer.SubmitAsync($"/reviews/{third}", "UndoReturn", ("revision", "1"));
        Assert.Equal($"/reviews/{third}", undone.Headers.Location?.ToString());
        Assert.Equal(DraftState.InReview, (await RowAsync(third)).DraftState);
        // The undo is offered once.
        Assert.DoesNotContain("UndoReturn", await _reviewer.ReadAsync($"/reviews/{second}"), StringComparison.Ordinal);

        await _reviewer.SubmitAsync($"/reviews/{second}", "Approve", ("revision", "1"));
        await _reviewer.SubmitAsync($"/reviews/{third}", "Approve", ("revision", "1"));
        var last = await _reviewer.SubmitAsync($"/reviews/{provider}", "Approve", ("revision", "1"));
        Assert.Equal("/reviews", last.Headers.Location?.ToString());
        Assert.Contains("No entries are waiting for your review", await _reviewer.ReadAsync("/reviews"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_can_be_undone_right_after_it_and_from_the_history()
    {
        var id = await SubmitAsync(Network);
        var approved = await _reviewer.SubmitAsync($"/reviews/{id}", "Approve", ("revision", "1"));
        var next = await _reviewer.ReadAsync(approved.Headers.Location!.ToString());
        Assert.Contains($"/reviews/{id}?handler=UndoApproval", next, StringComparison.Ordinal);
        Assert.Contains("Undo the approval", await _reviewer.ReadAsync($"/entries/history/{id}"), StringComparison.Ordinal);
        var curator = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator));
        Assert.DoesNotContain("Undo the approval", await curator.ReadAsync($"/entries/history/{id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await curator.PostAsync($"/reviews/{id}?handler=UndoApproval", await curator.TokenAsync("/account/password"), ("revision", "1"))).StatusCode);

        var undone = await _reviewer.SubmitAsync($"/reviews/{id}", "UndoApproval", ("revision", "1"));
        Assert.Equal($"/reviews/{id}", undone.Headers.Location?.ToString());
        Assert.Contains("The approval was undone. The draft is in review again.", await _reviewer.ReadAsync($"/reviews/{id}"), StringComparison.Ordinal);
        Assert.Equal((Listing.Unpublished, DraftState.InReview), ((await RowAsync(id)).Listing, (await RowAsync(id)).DraftState));
        Assert.Contains("Approval undone (revision 1), change ", await _reviewer.ReadAsync($"/entries/history/{id}"), StringComparison.Ordinal);

        var again = await _reviewer.SubmitAsync($"/reviews/{id}", "UndoApproval", ("revision", "1"));
        Assert.Contains("Someone has worked on this entry since", WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync(Cancellation)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_drafts_are_listed_apart_and_never_come_next()
    {
        var reviewer = await _host.AddCuratorAsync(CuratorRole.Reviewer, "noor");
        var browser = await _host.SignInAsync(reviewer);
        var other = await SubmitAsync(Network with { Name = "Theirs" });
        await SubmitAsync(Network with { Name = "Mine" }, Actor.Curator(reviewer.CuratorId));
        var page = await browser.ReadAsync("/reviews");
        Assert.True(page.IndexOf(">Theirs<", StringComparison.Ordinal) < page.IndexOf("someone else must review them", StringComparison.Ordinal));
        Assert.True(page.IndexOf(">Mine<", StringComparison.Ordinal) > page.IndexOf("someone else must review them", StringComparison.Ordinal));
        var answer = await browser.SubmitAsync($"/reviews/{other}", "Approve", ("revision", "1"));
        Assert.Equal("/reviews", answer.Headers.Location?.ToString());
    }

    private Task<Guid> SubmitAsync(Entry entry, Actor? by = null) => _host.Database.TransactAsync(
        async s =>
        {
            var author = by ?? Actor.System("test");
            var id = await Stores.Entries.CreateAsync(s, entry, author, null, null, Cancellation);
            await Stores.Reviews.SubmitAsync(s, id, 1, author, null, Cancellation);
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            return id;
        },
        Cancellation);

    private Task DoAsync(Func<DbSession, Task> work) => _host.Database.TransactAsync(work, Cancellation);

    private Task<EntryRow> RowAsync(Guid id) => _host.Database.TransactAsync(s => EntryStore.ReadAsync(s, id, Cancellation), Cancellation);
}
