using System.Net;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Languages are closed in the form of an entry in many languages, without scripts, and no text is lost.</summary>
public sealed class ClosedItemsTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private static readonly string[] Languages = ["es", "ht", "pt-BR", "fr", "vi"];

    private static readonly Material Card = new()
    {
        Name = "Red card",
        MaterialType = "knowYourRightsCard",
        Summary = "Know your rights.",
        Editions = [.. Languages.Select(l => new Edition { Language = l, Title = $"Card {l}", Text = $"Text {l}" })],
        Translations = [.. Languages.Select(l => new Translation { Language = l, Name = $"Name {l}", Summary = $"Summary {l}", Provenance = "human" })],
    };

    private ConsoleHost _host = null!;
    private ConsoleBrowser _browser = null!;
    private Guid _id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Page => $"/entries/edit/{_id}";

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator));
        _id = await _host.Database.TransactAsync(s => _host.Stores.Entries.CreateAsync(s, Card, Actor.System("test"), null, null, Cancellation), Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_closed_language_shows_what_it_holds_and_is_saved_as_it_was()
    {
        var html = await _browser.ReadAsync(Page);
        Assert.Contains("<legend>Translation 2: Haitian Creole</legend>", html, StringComparison.Ordinal);
        Assert.Contains("As it was saved: 2 texts.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Summary ht", html, StringComparison.Ordinal);

        var values = FormOnPage.Read(html);
        values.Set("name", "Red card, new");
        await SaveAsync(values);
        Assert.Equal(EntryJson.Write(Card with { Name = "Red card, new" }), EntryJson.Write(await ReadAsync(2)));
    }

    [Fact]
    public async Task A_language_opens_is_changed_moved_and_removed_and_the_others_stay()
    {
        var opened = await CommandAsync(FormOnPage.Read(await _browser.ReadAsync(Page)), "open:translations[1]");
        Assert.Matches("id=\"f-translations-1--language\"[^>]*autofocus", opened);
        var values = FormOnPage.Read(opened);
        values.Set("translations[1].summary", "Konnen dwa ou.");

        // It stays open while other buttons are used, and what is closed moves along.
        values = FormOnPage.Read(await CommandAsync(values, "remove:translations[0]"));
        Assert.Equal("Konnen dwa ou.", values.First("translations[0].summary"));
        values = FormOnPage.Read(await CommandAsync(values, "down:translations[0]"));
        values = FormOnPage.Read(await CommandAsync(values, "add:translations"));
        values.Set("translations[4].language", "Korean");
        values.Set("translations[4].summary", "Summary ko");
        values.Set("translations[4].provenance", "human");
        await SaveAsync(values);

        var saved = await ReadAsync(2);
        Assert.Equal(["pt-BR", "ht", "fr", "vi", "ko"], saved.Translations.Select(t => t.Language));
        Assert.Equal(["Summary pt-BR", "Konnen dwa ou.", "Summary fr", "Summary vi", "Summary ko"], saved.Translations.Select(t => t.Summary));
        Assert.Equal(Card.Editions.Select(e => e.Text), ((Material)saved).Editions.Select(e => e.Text));
    }

    [Fact]
    public async Task Unsaved_changes_and_errors_keep_every_text()
    {
        var values = FormOnPage.Read(await CommandAsync(FormOnPage.Read(await _browser.ReadAsync(Page)), "open:editions[2]"));
        values.Set("editions[2].title", "");
        var kept = await _browser.SubmitAsync(Page, "Autosave", values.Fields());
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);

        // The page opens with the unsaved change: what was changed is open, all else is closed.
        var resumed = await _browser.ReadAsync(Page);
        values = FormOnPage.Read(resumed);
        Assert.Equal(("", "Text pt-BR"), (values.First("editions[2].title"), values.First("editions[2].text")));
        Assert.Equal("4", values.First("editions[4].saved"));

        var refused = await (await _browser.SubmitAsync(Page, null, values.Fields(("_intent", "save")))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("href=\"#f-editions-2--title\"", refused, StringComparison.Ordinal);
        values = FormOnPage.Read(refused);
        values.Set("editions[2].title", "Cartão");
        await SaveAsync(values);
        var saved = (Material)await ReadAsync(2);
        Assert.Equal(["Card es", "Card ht", "Cartão", "Card fr", "Card vi"], saved.Editions.Select(e => e.Title));
        Assert.Equal(Card.Translations.Select(t => t.Summary), saved.Translations.Select(t => t.Summary));
    }

    [Fact]
    public async Task A_place_that_was_never_saved_removes_nothing()
    {
        var values = FormOnPage.Read(await _browser.ReadAsync(Page));
        values.Set("translations[1].saved", "77");
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.SubmitAsync(Page, null, values.Fields(("_intent", "save")))).StatusCode);
        Assert.Equal(1, await _host.Database.TransactAsync(async s => (await EntryStore.ReadAsync(s, _id, Cancellation)).LatestRevision, Cancellation));
    }

    private async Task<string> CommandAsync(FormValues values, string command) =>
        await (await _browser.SubmitAsync(Page, null, values.Fields(("_command", command)))).Content.ReadAsStringAsync(Cancellation);

    private async Task SaveAsync(FormValues values)
    {
        var answer = await _browser.SubmitAsync(Page, null, values.Fields(("_intent", "save")));
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private Task<Entry> ReadAsync(int revision) => _host.Database.TransactAsync(
        async s => EntryJson.Read((await EntryStore.ReadRevisionAsync(s, _id, revision, Cancellation)).Body), Cancellation);
}
