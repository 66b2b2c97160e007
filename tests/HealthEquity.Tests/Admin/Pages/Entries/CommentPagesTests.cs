using System.Net;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Comments;
using HealthEquity.Store.Curators;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Comments on the page of an entry, and mentions on Today.</summary>
public sealed class CommentPagesTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private ConsoleHost _host = null!;
    private Curator _benHimself = null!;
    private ConsoleBrowser _ana = null!;
    private ConsoleBrowser _ben = null!;
    private Guid _entry;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Show => $"/entries/show/{_entry}";

    private string Comments => $"/entries/comments/{_entry}";

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _benHimself = await _host.AddCuratorAsync(CuratorRole.Curator, "ben");
        _ana = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator, "ana"));
        _ben = await _host.SignInAsync(_benHimself);
        _entry = await CreateAsync("Red de Apoyo");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_mention_shows_on_Today_until_the_curator_reads_it()
    {
        var added = await _ana.PostAsync($"{Comments}?handler=Add", await _ana.TokenAsync(Show), ("text", "@ben they close at noon. And @nobody?"), ("tell", ""));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var to = added.Headers.Location!.ToString();
        Assert.Matches($"^{Show}#comment-[0-9a-f-]{{36}}$", to);
        Assert.Contains("Comment added. It shows on Today of: The ben. No curator has this name, so no one was told: @nobody.", await _ana.ReadAsync(Show), StringComparison.Ordinal);

        var today = await _ben.ReadAsync("/");
        Assert.Contains($"href=\"{to}\"", today, StringComparison.Ordinal);
        Assert.Contains("they close at noon", today, StringComparison.Ordinal);
        Assert.DoesNotContain("they close at noon", await _ana.ReadAsync("/"), StringComparison.Ordinal);

        var shown = await _ben.ReadAsync(Show);
        Assert.Contains($"id=\"{to.Split('#')[1]}\" class=\"unread\"", shown, StringComparison.Ordinal);
        Assert.Contains("<strong>@ben</strong> they close at noon. And @nobody?", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("they close at noon", await _ben.ReadAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"unread\"", await _ben.ReadAsync(Show), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleague_is_chosen_from_the_list_without_knowing_the_name_to_type()
    {
        await AddAsync("They close at noon.", _benHimself.CuratorId.ToString());
        Assert.Contains("@The ben They close at noon.", await _ben.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entrys_id_in_a_comment_links_to_it()
    {
        var other = await CreateAsync("Casa <Amparo>");
        await AddAsync($"The same as {other}? Not {Guid.Empty}.");
        Assert.Contains($"The same as <a href=\"/entries/show/{other}\">Casa &lt;Amparo&gt;</a>? Not {Guid.Empty}.", await _ben.ReadAsync(Show), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_comment_keeps_its_text_and_says_why()
    {
        var text = new string('x', CommentStore.MaxTextLength + 1);
        var refused = await TextAsync(await AddAsync(text));
        Assert.Contains("<a href=\"#text\">The comment is 2001 characters long. The limit is 2000.</a>", refused, StringComparison.Ordinal);
        Assert.Contains(text, refused, StringComparison.Ordinal);
        Assert.Contains("Enter a comment.", await TextAsync(await AddAsync(" ")), StringComparison.Ordinal);
        Assert.Contains("None yet.", await _ana.ReadAsync(Show), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authors_change_and_delete_their_comments_and_administrators_delete_any()
    {
        var id = (await AddAsync("They close at noon.")).Headers.Location!.ToString()[^36..];
        Assert.DoesNotContain("Change<span", await _ben.ReadAsync(Show), StringComparison.Ordinal);
        Assert.Contains("Only its author can change a comment.", await TextAsync(await ActAsync(_ben, "Change", id, ("changed", "Mine"))), StringComparison.Ordinal);
        Assert.Contains("Only its author or an administrator can delete a comment.", await TextAsync(await ActAsync(_ben, "Delete", id)), StringComparison.Ordinal);
        var empty = await TextAsync(await ActAsync(_ana, "Change", id, ("changed", "")));
        Assert.Contains($"<a href=\"#{CommentsView.FieldOf(Guid.Parse(id))}\">Enter a comment.</a>", empty, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(_ana, "Change", id, ("changed", "They close at one."))).StatusCode);
        Assert.Contains("They close at one.", await _ben.ReadAsync(Show), StringComparison.Ordinal);
        _host.Clock.Advance(CommentStore.ChangeTime);
        Assert.DoesNotContain("Change<span", await _ana.ReadAsync(Show), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(_ana, "Delete", id)).StatusCode);
        Assert.Contains("None yet.", await _ana.ReadAsync(Show), StringComparison.Ordinal);

        var second = (await AddAsync("Call the desk.")).Headers.Location!.ToString()[^36..];
        var administrator = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Administrator));
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(administrator, "Delete", second)).StatusCode);
        var log = await administrator.ReadAsync("/audit");
        Assert.Contains("Delete comment", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Call the desk", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewers_read_comments_and_cannot_write_them()
    {
        await AddAsync("They close at noon.");
        var viewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Viewer));
        var page = await viewer.ReadAsync(Show);
        Assert.Contains("They close at noon.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Add comment", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync($"{Comments}?handler=Add", await viewer.TokenAsync("/sign-out"), ("text", "Mine"))).StatusCode);
    }

    [Fact]
    public async Task A_long_thread_shows_its_end_and_what_was_not_read()
    {
        for (var n = 1; n <= 14; n++)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await _host.Database.TransactAsync(s => _host.Stores.Comments.AddAsync(s, _entry, n == 2 ? "Number 2, @ana." : $"Number {n}.", Actor.Curator(_benHimself.CuratorId), Cancellation), Cancellation);
        }

        var first = await _ana.ReadAsync(Show);
        Assert.Contains("Number 2, <strong>@ana</strong>.", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Number 1.", first, StringComparison.Ordinal);
        var page = await _ana.ReadAsync(Show);
        Assert.Contains("Show all 14 comments", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Number 4.", page, StringComparison.Ordinal);
        Assert.Contains("Number 5.", page, StringComparison.Ordinal);
        Assert.Contains("Number 1.", await _ana.ReadAsync(Comments), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_are_in_no_export()
    {
        await AddAsync("Marker7319");
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            var file = await _ana.SubmitAsync("/entries", "Export", ("format", format.Extension()), ("view", "editorial"));
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.DoesNotContain("Marker7319", await TextAsync(file), StringComparison.Ordinal);
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync(Cancellation);

    private Task<Guid> CreateAsync(string name) => _host.Database.TransactAsync(
        s => _host.Stores.Entries.CreateAsync(s, new Organization { Name = name }, Actor.System("test"), null, null, Cancellation), Cancellation);

    private async Task<HttpResponseMessage> AddAsync(string text, string tell = "") =>
        await _ana.PostAsync($"{Comments}?handler=Add", await _ana.TokenAsync(Show), ("text", text), ("tell", tell));

    private async Task<HttpResponseMessage> ActAsync(ConsoleBrowser browser, string handler, string comment, params (string, string)[] more) =>
        await browser.PostAsync($"{Comments}?handler={handler}", await browser.TokenAsync("/sign-out"), [("comment", comment), .. more]);
}
