using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Admin.Pages.Entries;
using HealthEquity.Tests.Store;

namespace HealthEquity.Tests.Admin.Pages.Translations;

/// <summary>Translating an entry text by text, and who may do what.</summary>
public sealed class TranslationPageTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private static readonly Actor Author = Actor.System("test");

    internal static readonly PolicyAction Action = new()
    {
        Name = "Ask counsel first",
        Theme = "sanctuary",
        Summary = "Ask for a judicial warrant.",
        Description = "No officer enters without bond.",
        Steps = ["Ask counsel.", "Post a sign at every door."],
        Provisions = [new Provision { Code = "ask-first", Text = "Counsel is asked." }],
        Translations =
        [
            new Translation
            {
                Language = "es",
                Name = "Pregunte primero a la asesoría",
                Summary = "Pida una orden judicial.",
                Description = "Ningún agente entra sin pago.",
                Provenance = "machine",
                Texts = [new() { Path = "steps[0]", Text = "Pregunte a la asesoría." }, new() { Path = "provisions[ask-first].text", Text = "Se pregunta a la asesoría." }],
            },
        ],
    };

    private ConsoleHost _host = null!;

    private Guid _id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    private string Page => $"/entries/{_id}/translations/es";

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _id = await DoAsync(s => Stores.Entries.CreateAsync(s, Action, Author, null, null, Cancellation));
        await DoAsync(s => Stores.Publisher.PublishAsync(s, _id, 1, "publish", Author, null, Cancellation));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Shows_what_is_missing_and_outdated_because_of_whom_and_what_the_glossary_says()
    {
        var curator = await _host.AddCuratorAsync(CuratorRole.Curator, "nadia");
        await SaveAsync(1, Action with { Provisions = [Action.Provisions[0] with { Text = "Counsel is asked before anyone answers." }] }, Actor.Curator(curator.CuratorId));
        var page = await (await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator))).ReadAsync(Page);

        Assert.Contains("1 text is missing. 1 is outdated. 5 are not reviewed.", page, StringComparison.Ordinal);
        Assert.Matches("Step 2\\s*<span class=\"tag warn\">Missing</span>", page);
        Assert.Matches("ask-first\\)\\s*<span class=\"tag warn\">Outdated</span>", page);
        Assert.Matches("The original was changed by The nadia, <time", page);
        Assert.Contains("Counsel is asked<ins> before anyone answers</ins>.", page, StringComparison.Ordinal);
        Assert.Contains("<mark>judicial warrant<span class=\"visually-hidden\"> (glossary: <span lang=\"es\">orden judicial</span>)</span></mark>", page, StringComparison.Ordinal);
        Assert.Contains("The glossary says “<span lang=\"es\">fianza</span>” for “bond”.", page, StringComparison.Ordinal);
        Assert.Contains("Machine. Saved by the system (test), <time", page, StringComparison.Ordinal);
        Assert.Equal(["text:provisions[ask-first].text", "text:steps[1]"], FieldsOf(await (await _host.SignInAsync(curator)).ReadAsync($"{Page}?only=unfinished")).Order());
    }

    [Fact]
    public async Task Inserting_or_removing_a_step_leaves_the_translations_of_the_others_as_they_are()
    {
        var reviewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Reviewer));
        await reviewer.SubmitAsync(Page, "Review", ("basedOn", "1"), ("reviewed", "steps[0]"));
        await SaveAsync(1, Action with { Steps = ["Read the law.", .. Action.Steps] }, Author);
        var page = await reviewer.ReadAsync(Page);
        Assert.Contains("2 texts are missing. None is outdated. 4 are not reviewed.", page, StringComparison.Ordinal);
        Assert.Equal("Pregunte a la asesoría.", (await ReadAsync()).Entry.Translations[0].Texts.Single(t => t.Path == "steps[1]").Text);

        // In the form, the marks are right before and after saving, and the translation of a removed step goes with it.
        var edit = $"/entries/edit/{_id}";
        var shown = FormOnPage.Read(await reviewer.ReadAsync(edit));
        var without = await (await reviewer.SubmitAsync(edit, null, shown.Fields(("_command", "remove:steps[1]")))).Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("Outdated: ", without, StringComparison.Ordinal);
        var answer = await reviewer.SubmitAsync(edit, null, FormOnPage.Read(without).Fields(("_intent", "save")));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var saved = (PolicyAction)(await ReadAsync()).Entry;
        Assert.Equal(["Read the law.", "Post a sign at every door."], saved.Steps);
        Assert.Equal(["provisions[ask-first].text"], saved.Translations[0].Texts.Select(t => t.Path));
    }

    [Fact]
    public async Task A_translator_saves_a_draft_for_review_and_only_in_their_languages()
    {
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator));
        var answer = await browser.SubmitAsync(Page, null, ("basedOn", "1"), ("provenance", "human"), ("intent", "submit"), ("text:steps[1]", "Ponga un aviso en cada puerta.\r\n"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Saved and sent to review.", await browser.ReadAsync(Page), StringComparison.Ordinal);

        var (row, entry) = await ReadAsync();
        Assert.Equal((DraftState.InReview, 2), (row.DraftState, row.LatestRevision));
        Assert.Equal("Ponga un aviso en cada puerta.", Assert.Single(entry.Translations[0].Texts, t => t.Path == "steps[1]").Text);
        // The other texts are still those of a machine.
        Assert.Equal("machine", entry.Translations[0].Provenance);
        Assert.Matches("By a person. Saved by The translator", await browser.ReadAsync(Page));

        var french = $"/entries/{_id}/translations/fr";
        Assert.DoesNotContain("<textarea", await browser.ReadAsync(french), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(french, await browser.TokenAsync(Page), ("basedOn", "2"), ("text:summary", "Demandez."))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync($"/entries/edit/{_id}"));
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusAsync($"/entries/{_id}/translations/en"));
        Assert.Equal("es", (await browser.GetAsync($"/entries/{_id}/translations/Spanish")).Headers.Location!.ToString().Split('/')[^1]);
        Assert.Equal("vi", (await browser.GetAsync($"{Page}?to=Vietnamese")).Headers.Location!.ToString().Split('/')[^1]);
    }

    [Fact]
    public async Task A_finished_entry_leads_to_the_next_that_lacks_the_language()
    {
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator));
        var other = await DoAsync(s => Stores.Entries.CreateAsync(s, new Material { Name = "Card", MaterialType = "guide", Summary = "Rights." }, Author, null, null, Cancellation));
        await DoAsync(s => Stores.Publisher.PublishAsync(s, other, 1, "publish", Author, null, Cancellation));
        Assert.DoesNotContain("Next: ", await browser.ReadAsync(Page), StringComparison.Ordinal);

        await browser.SubmitAsync(Page, null, ("basedOn", "1"), ("intent", "submit"), ("text:steps[1]", "Ponga un aviso en cada puerta."));

        Assert.Contains($"<a class=\"button\" href=\"/entries/{other}/translations/es?only=unfinished\">Next: <bdi>Card</bdi></a>", await browser.ReadAsync(Page), StringComparison.Ordinal);
        // A translator's Today begins with texts and has no calls.
        var today = await browser.ReadAsync("/");
        Assert.Contains("with unfinished texts in", today, StringComparison.Ordinal);
        Assert.DoesNotContain("Next checks", today, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_translator_does_not_send_the_draft_of_a_curator_to_review()
    {
        await SaveAsync(1, Action with { Summary = "Not finished." }, Author);
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator));
        await browser.SubmitAsync(Page, null, ("basedOn", "2"), ("intent", "submit"), ("text:steps[1]", "Ponga un aviso."));
        Assert.Contains("The draft also contains other changes", await browser.ReadAsync(Page), StringComparison.Ordinal);
        Assert.Equal((DraftState.Draft, 3), ((await ReadAsync()).Row.DraftState, (await ReadAsync()).Row.LatestRevision));

        // What a curator sent to review stays there.
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, _id, 3, Author, null, Cancellation));
        await browser.SubmitAsync(Page, null, ("basedOn", "3"), ("intent", "save"), ("text:steps[1]", "Ponga un aviso aquí."));
        Assert.Equal((DraftState.InReview, 4), ((await ReadAsync()).Row.DraftState, (await ReadAsync()).Row.LatestRevision));
    }

    [Fact]
    public async Task A_language_reviewer_approves_only_translations_in_their_languages_that_others_wrote()
    {
        var reviewer = await _host.AddCuratorAsync(CuratorRole.LanguageReviewer, "lucia");
        var browser = await _host.SignInAsync(reviewer);
        async Task<string> ApproveAsync(int revision) =>
            await (await browser.SubmitAsync($"/reviews/{_id}", "Approve", ("revision", $"{revision}"))).Content.ReadAsStringAsync(Cancellation);

        // A draft that is none of a language reviewer's is neither counted nor next.
        var other = await DoAsync(s => Stores.Entries.CreateAsync(s, new Provider { Name = "Sun Clinic" }, Author, null, null, Cancellation));
        await DoAsync(s => Stores.Reviews.SubmitAsync(s, other, 1, Author, null, Cancellation));
        await SubmitAsync(await SaveAsync(1, Action with { Summary = "Something else." }, Author));
        Assert.DoesNotContain("Approve and publish", await browser.ReadAsync($"/reviews/{_id}"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/reviews/{_id}", await browser.ReadAsync("/reviews"), StringComparison.Ordinal);
        Assert.Contains("nothing but translations in your languages", await ApproveAsync(2), StringComparison.Ordinal);

        await SubmitAsync(await SaveAsync(2, Action with { Translations = [.. Action.Translations, new Translation { Language = "fr", Summary = "Demandez.", Provenance = "human" }] }, Author));
        Assert.Contains("nothing but translations in your languages", await ApproveAsync(3), StringComparison.Ordinal);

        await SubmitAsync(await SaveAsync(3, Action with { Translations = [Action.Translations[0] with { Summary = "Pida siempre una orden judicial." }] }, Author));
        var review = await browser.ReadAsync($"/reviews/{_id}");
        Assert.Contains("Approve and publish", review, StringComparison.Ordinal);
        // Nobody can review a translation without its original.
        Assert.Matches("<th scope=\"row\">Summary</th><td[^>]*>Ask for a judicial warrant.</td><td class=\"user-text\" lang=\"es\" dir=\"auto\">Pida siempre una orden judicial.</td>", review);
        Assert.Contains($"/reviews/{_id}", await browser.ReadAsync("/reviews"), StringComparison.Ordinal);
        Assert.Contains("1 draft waits for you", review, StringComparison.Ordinal);
        Assert.Equal("/reviews", (await browser.SubmitAsync($"/reviews/{_id}", "Approve", ("revision", "4"))).Headers.Location?.ToString());
        Assert.Equal((DraftState.None, 4), ((await ReadAsync()).Row.DraftState, (await ReadAsync()).Row.PublishedRevision));

        await browser.SubmitAsync(Page, null, ("basedOn", "4"), ("intent", "submit"), ("text:steps[1]", "Ponga un aviso."));
        Assert.Equal(DraftState.InReview, (await ReadAsync()).Row.DraftState);
        Assert.Contains("edited", await ApproveAsync(5), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(4, (await ReadAsync()).Row.PublishedRevision);
    }

    [Fact]
    public async Task Reviewing_all_texts_of_a_machine_translation_says_so_in_a_draft()
    {
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.LanguageReviewer, "lucia"));
        var texts = FieldsOf(await browser.ReadAsync(Page)).Select(f => f["text:".Length..]).Where(p => p != "steps[1]").ToList();
        await browser.SubmitAsync(Page, "Review", [("basedOn", "1"), .. texts.Skip(1).Select(t => ("reviewed", t))]);
        var page = await browser.ReadAsync(Page);
        Assert.Matches("Machine\\. Saved by the system \\(test\\), <time[^>]*>[^<]*</time>\\.\\s*Reviewed by The lucia, <time", page);
        Assert.Equal((1, "machine"), ((await ReadAsync()).Row.LatestRevision, (await ReadAsync()).Entry.Translations[0].Provenance));

        await browser.SubmitAsync(Page, "Review", ("basedOn", "1"), ("reviewed", texts[0]));
        var (row, entry) = await ReadAsync();
        Assert.Equal((2, DraftState.InReview, "machineReviewed"), (row.LatestRevision, row.DraftState, entry.Translations[0].Provenance));
        await browser.SubmitAsync($"/reviews/{_id}", "Approve", ("revision", "2"));
        Assert.Equal(2, (await ReadAsync()).Row.PublishedRevision);

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync($"/entries/{_id}/translations/fr?handler=Review", await browser.TokenAsync(Page), ("basedOn", "2"))).StatusCode);
    }

    [Fact]
    public async Task A_reviewer_finds_an_outdated_translation_still_right_but_not_their_own()
    {
        await SaveAsync(1, Action with { Steps = ["Ask your counsel.", Action.Steps[1]] }, Author);
        Task<int> StaleAsync() => DoAsync(s => EntryFinder.CountStaleAsync(s, Cancellation));
        Assert.Equal(1, await StaleAsync());
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.LanguageReviewer));
        await browser.SubmitAsync(Page, "Review", ("basedOn", "2"), ("reviewed", "steps[0]"));
        Assert.Equal(0, await StaleAsync());
        Assert.Contains("None is outdated.", await browser.ReadAsync(Page), StringComparison.Ordinal);
        Assert.Equal(2, (await ReadAsync()).Row.LatestRevision);

        await browser.SubmitAsync(Page, null, ("basedOn", "2"), ("text:steps[1]", "Ponga un aviso."));
        var refused = await browser.SubmitAsync(Page, "Review", ("basedOn", "3"), ("reviewed", "steps[1]"));
        Assert.Contains("You wrote some of these texts", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        refused = await browser.SubmitAsync(Page, "Review", ("basedOn", "3"), ("reviewed", "summary"), ("text:summary", "Otra cosa."));
        var page = await refused.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Save them first", page, StringComparison.Ordinal);
        Assert.Contains("Otra cosa.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typed_texts_survive_a_change_of_the_original_and_a_refusal()
    {
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator));
        await SaveAsync(1, Action with { Summary = "Always ask for a judicial warrant." }, Author);
        var answer = await browser.SubmitAsync(Page, null, ("basedOn", "1"), ("text:summary", "Pida siempre una orden."), ("text:steps[1]", "Ponga un aviso."));
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Someone changed these texts while you worked on them.", page, StringComparison.Ordinal);
        Assert.Contains("Pida siempre una orden.", page, StringComparison.Ordinal);
        Assert.Contains("name=\"basedOn\" value=\"2\"", page, StringComparison.Ordinal);
        Assert.Equal(2, (await ReadAsync()).Row.LatestRevision);

        // A text that nobody else touched is saved, though the entry changed.
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(Page, null, ("basedOn", "1"), ("text:steps[1]", "Ponga un aviso."))).StatusCode);

        answer = await browser.SubmitAsync(Page, null, ("basedOn", "3"), ("text:summary", new string('a', 301)));
        page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("It must have 300 or fewer.", page, StringComparison.Ordinal);
        Assert.Contains(new string('a', 301), page, StringComparison.Ordinal);
        answer = await browser.SubmitAsync(Page, null, ("basedOn", "3"), ("text:summary", "Pida una orden judicial."));
        Assert.Contains("Nothing was changed", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outdated_translation_of_which_one_text_was_updated_stays_outdated()
    {
        await SaveAsync(1, Action with { Summary = "Always ask.", Steps = ["Ask your counsel.", Action.Steps[1]] }, Author);
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator));
        await browser.SubmitAsync(Page, null, ("basedOn", "2"), ("text:summary", "Pregunte siempre."));
        Assert.Equal(1, await DoAsync(s => EntryFinder.CountStaleAsync(s, Cancellation)));
        await browser.SubmitAsync(Page, null, ("basedOn", "3"), ("text:steps[0]", "Pregunte a su asesoría."));
        Assert.Equal(0, await DoAsync(s => EntryFinder.CountStaleAsync(s, Cancellation)));
    }

    [Fact]
    public async Task Removing_every_text_removes_the_translation()
    {
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator));
        var fields = FieldsOf(await browser.ReadAsync(Page)).Select(f => (f, ""));
        await browser.SubmitAsync(Page, null, [("basedOn", "1"), .. fields]);
        Assert.Empty((await ReadAsync()).Entry.Translations);
    }

    private static IEnumerable<string> FieldsOf(string page) => Regex.Matches(page, "name=\"(text:[^\"]+)\"").Select(m => m.Groups[1].Value);

    private Task<T> DoAsync<T>(Func<DbSession, Task<T>> work) => _host.Database.TransactAsync(work, Cancellation);

    private Task DoAsync(Func<DbSession, Task> work) => _host.Database.TransactAsync(work, Cancellation);

    private Task<int> SaveAsync(int basedOn, Entry entry, Actor author) => DoAsync(s => Stores.Entries.SaveAsync(s, _id, basedOn, entry, author, null, Cancellation));

    private Task SubmitAsync(int revision) => DoAsync(s => Stores.Reviews.SubmitAsync(s, _id, revision, Author, null, Cancellation));

    private Task<(EntryRow Row, Entry Entry)> ReadAsync() => DoAsync(async s =>
    {
        var row = await EntryStore.ReadAsync(s, _id, Cancellation);
        return (row, EntryJson.Read((await EntryStore.ReadRevisionAsync(s, _id, row.LatestRevision, Cancellation)).Body));
    });
}
