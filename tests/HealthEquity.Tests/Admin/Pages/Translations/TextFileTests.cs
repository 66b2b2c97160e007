using System.IO.Compression;
using System.Net;
using System.Text;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Xliff;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Store;

namespace HealthEquity.Tests.Admin.Pages.Translations;

/// <summary>The texts of entries leave for a translation tool and come back as drafts; and the views of what is unfinished.</summary>
public sealed class TextFileTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private const string View = "/entries?listing=published&where=texts%3Anot%3Aes";

    private static readonly Actor Author = Actor.System("test");

    private ConsoleHost _host = null!;

    private Guid _action;

    private Guid _card;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _action = await PublishAsync(TranslationPageTests.Action with { ModelText = new ModelText { Text = "The [district] asks {{name}}, see [the law](https://law.example).", Version = "1" } });
        _card = await PublishAsync(new Material { Name = "Card", MaterialType = "guide", Summary = "Know your rights.", Editions = [new Edition { Language = "en", Title = "Card", Url = "https://example.org/card" }] });
        await PublishAsync(new Organization { Name = "Casa Amparo" });
        await PublishAsync(new Material { Name = "Tarjeta", MaterialType = "guide", Language = "es" });
        await PublishAsync(new Material { Name = "Guide", MaterialType = "guide", Translations = [new Translation { Language = "es", Name = "Guía", Provenance = "human" }] });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_lacks_a_language_is_a_view_with_its_number_on_Today()
    {
        await PublishAsync(new Material { Name = "Kat", MaterialType = "guide", Translations = [new Translation { Language = "ht", Name = "Kat", Provenance = "human" }] });
        var browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator));
        var list = await browser.ReadAsync(View);
        Assert.Contains("Unfinished texts in Spanish", list, StringComparison.Ordinal);
        Assert.Contains("<bdi>Lacks Spanish</bdi> <span class=\"count\">3</span>", list, StringComparison.Ordinal);
        foreach (var (name, isListed) in new[] { ("Ask counsel first", true), ("Card", true), ("Kat", true), ("Casa Amparo", false), ("Tarjeta", false), ("Guide", false) })
        {
            Assert.True(list.Contains($"<bdi>{name}</bdi></a>", StringComparison.Ordinal) == isListed, name);
        }

        Assert.Contains($"<a href=\"/entries/{_action}/translations/es?only=unfinished\">", list, StringComparison.Ordinal);
        var today = await browser.ReadAsync("/");
        Assert.Contains("<strong>3</strong> <bdi>with unfinished texts in Spanish</bdi>", today, StringComparison.Ordinal);
        Assert.Contains("<strong>4</strong> <bdi>with unfinished texts in Haitian Creole</bdi>", today, StringComparison.Ordinal);
        Assert.Equal(View, (await browser.GetAsync("/entries/views/lacks-es")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusAsync("/entries/views/lacks-nothing"));
        var facet = await browser.ReadAsync("/entries?listing=published&facet=texts");
        Assert.Matches("Spanish</bdi></a> <span class=\"count\">3</span>", facet);
        Assert.Matches("Haitian Creole</bdi></a> <span class=\"count\">4</span>", facet);

        // A translator sees what is theirs.
        var translator = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator, languages: "so"));
        today = await translator.ReadAsync("/");
        Assert.Contains("<strong>5</strong> <bdi>with unfinished texts in Somali</bdi>", today, StringComparison.Ordinal);
        Assert.DoesNotContain("texts in Spanish", today, StringComparison.Ordinal);

        // What became outdated lacks the language again.
        await SaveAsync(await FindAsync("Guide"), e => e with { Name = "The guide" });
        Assert.Contains("<bdi>Lacks Spanish</bdi> <span class=\"count\">4</span>", await browser.ReadAsync(View), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_come_back_as_drafts_of_one_bulk_change_that_a_language_reviewer_approves()
    {
        var translator = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator));
        var file = await ExportAsync(translator);
        Assert.Equal(9, file.Units.Count);
        Assert.Equal(new[] { _action, _card }.Order(), file.Units.Select(u => Guid.Parse(u.Part)).Distinct().Order());
        Assert.Equal("Pida una orden judicial.", file.Units.Single(u => u.Part == $"{_action}" && u.Id == "summary").Target);

        var answer = await ImportAsync(translator, Translated(file, u => u.Target ?? u.Source.Replace("The", "El", StringComparison.Ordinal)), "human");
        Assert.Contains("Saved as drafts: 4 texts of 2 entries", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Left out", answer, StringComparison.Ordinal);
        var (row, entry) = await ReadAsync(_action);
        Assert.Equal(DraftState.InReview, row.DraftState);
        Assert.Equal("El [district] asks {{name}}, see [the law](https://law.example).", Assert.Single(entry.Translations[0].Texts, t => t.Path == "modelText.text").Text);
        Assert.Equal("human", (await ReadAsync(_card)).Entry.Translations[0].Provenance);
        // Some texts are still those of a machine.
        Assert.Equal("machine", entry.Translations[0].Provenance);

        var other = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.LanguageReviewer, "somali", languages: "so"));
        Assert.DoesNotContain("Texts in Spanish from a file", await other.ReadAsync("/reviews"), StringComparison.Ordinal);
        var reviewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.LanguageReviewer));
        var reviews = await reviewer.ReadAsync("/reviews");
        Assert.Contains("Texts in Spanish from a file: 2 entries", reviews, StringComparison.Ordinal);
        var change = "/bulk-changes/" + reviews.Split("/bulk-changes/")[1][..36];
        var refused = await other.SubmitAsync(change, "Approve");
        Assert.Contains("nothing but translations in your languages", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Null((await ReadAsync(_card)).Entry.Translations.FirstOrDefault(t => t.Language == "so"));
        await reviewer.SubmitAsync(change, "Approve");
        Assert.Equal((2, 2), ((await ReadAsync(_action)).Row.PublishedRevision, (await ReadAsync(_card)).Row.PublishedRevision));

        var curator = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator));
        await curator.SubmitAsync(change, "Undo");
        Assert.Empty((await ReadAsync(_card)).Entry.Translations);
    }

    [Fact]
    public async Task Entries_in_other_languages_than_English_have_files_of_their_own()
    {
        await PublishAsync(new Material { Name = "Folleto", MaterialType = "guide", Language = "es", Editions = [new Edition { Language = "es", Title = "Folleto", Url = "https://example.org/folleto" }] });
        var translator = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator, languages: "ht"));
        var answer = await translator.SubmitAsync("/entries?listing=published&where=texts%3Anot%3Aht", "ExportTexts", ("textLanguage", "Haitian Creole"));
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal(["texts-ht.xlf", "texts-es-ht.xlf"], archive.Entries.Select(e => e.Name));
        using var stream = await archive.GetEntry("texts-es-ht.xlf")!.OpenAsync(Cancellation);
        var file = XliffFile.Read(stream);
        Assert.Equal("es", file.SourceLanguage);
        Assert.Equal(["Folleto", "Tarjeta"], file.Units.Select(u => u.Source).Order());
        var unit = file.Units.Single(u => u.Source == "Folleto");
        file = file with { Units = [unit] };

        var wrong = WebUtility.HtmlDecode(await ImportAsync(translator, Written(file with { SourceLanguage = "en", Units = [unit with { Target = "Kat" }] }), "human"));
        Assert.Contains("Folleto: it is written in Spanish, and the file is from English.", wrong, StringComparison.Ordinal);
        Assert.Contains("Saved as drafts: 1 text of 1 entry", await ImportAsync(translator, Translated(file, _ => "Kat"), "human"), StringComparison.Ordinal);
        Assert.Equal("Kat", Assert.Single((await ReadAsync(Guid.Parse(unit.Part))).Entry.Translations, t => t.Language == "ht").Name);
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_stays_as_it_was()
    {
        var translator = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator));
        var file = await ExportAsync(translator);
        await SaveAsync(_action, e => ((PolicyAction)e) with { Steps = ["Ask your counsel.", ((PolicyAction)e).Steps[1]] });
        TranslationUnit Unit(string id, string target) => file.Units.Single(u => u.Part == $"{_action}" && u.Id == id) with { Target = target };
        List<TranslationUnit> units =
        [
            Unit("modelText.text", "El distrito pregunta a {{name}}."), Unit("steps.0", "Pregunte a su asesoría."), Unit("summary", new string('a', 301)),
            Unit("steps.1", "Ponga un aviso."), Unit("name", "x") with { Id = "steps.9" }, Unit("description", "Sin {{monto}}."),
            Unit("name", "x") with { Part = $"{Guid.Empty}" }, Unit("provisions.ask-first.text", " "),
        ];
        var answer = WebUtility.HtmlDecode(await ImportAsync(translator, file with { Units = units }, "machine"));

        Assert.Contains("Saved as drafts: 1 text of 1 entry", answer, StringComparison.Ordinal);
        Assert.Contains("Without a translation in the file: 1 text.", answer, StringComparison.Ordinal);
        foreach (var problem in new[]
        {
            "Model text: Text: 1 of 1 blanks in brackets are missing.", "Step 1: the original has changed since the file was exported.",
            "Summary: the translation has 301 characters; there is room for 300.", "steps.9: the entry has no such text.", "Description: the placeholder {{monto}} is unknown.",
            $"{Guid.Empty}: the directory has no such entry.",
        })
        {
            Assert.Contains(problem, answer, StringComparison.Ordinal);
        }

        answer = WebUtility.HtmlDecode(await ImportAsync(translator, file with { Units = [Unit("modelText.text", "El [distrito] pregunta.")] }, "machine"));
        Assert.Contains("the placeholder {{name}} is missing.", answer, StringComparison.Ordinal);
        // A draft of somebody else takes the text in and is not sent to review.
        Assert.Equal((DraftState.Draft, "Ponga un aviso."), ((await ReadAsync(_action)).Row.DraftState, (await ReadAsync(_action)).Entry.Translations[0].Texts.Single(t => t.Path == "steps[1]").Text));
    }

    [Fact]
    public async Task Files_in_other_languages_or_that_attack_are_refused()
    {
        var translator = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Translator));
        var file = await ExportAsync(translator);
        foreach (var (content, why) in new[]
        {
            (Written(file with { Language = "so" }), "You may not write translations in Somali."),
            (Encoding.UTF8.GetBytes("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xliff>&e;</xliff>"), "The file is not XML"),
            (Encoding.UTF8.GetBytes("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\"/>"), "The file is XLIFF 1. Save it as XLIFF 2."),
            (Encoding.UTF8.GetBytes("Hello"), "The file is not XML"),
            (Written(new XliffFile("es", [new TranslationUnit("find.title", "What do you need?", "¿Qué necesita?")])), "These are the texts of the public pages."),
        })
        {
            Assert.Contains(why, WebUtility.HtmlDecode(await ImportAsync(translator, content, "human")), StringComparison.Ordinal);
        }

        Assert.Contains("Choose how the texts were made.", await ImportAsync(translator, Written(file), "holder"), StringComparison.Ordinal);
        Assert.Contains("larger than the limit of 16 MB", await ImportAsync(translator, new byte[17 * 1024 * 1024], "human"), StringComparison.Ordinal);
        Assert.Equal(1, (await ReadAsync(_card)).Row.LatestRevision);
        var viewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Viewer));
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync($"{View}&handler=ExportTexts", await viewer.TokenAsync("/entries"), ("textLanguage", "es"))).StatusCode);
        var unknown = await translator.SubmitAsync(View, "ExportTexts", ("textLanguage", "Klingonish"));
        Assert.Contains("Enter a language, such as Spanish.", await unknown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static byte[] Translated(XliffFile file, Func<TranslationUnit, string> target) => Written(file with { Units = [.. file.Units.Select(u => u with { Target = target(u) })] });

    private static byte[] Written(XliffFile file)
    {
        using var output = new MemoryStream();
        file.Write(output);
        return output.ToArray();
    }

    private static async Task<XliffFile> ExportAsync(ConsoleBrowser browser)
    {
        var answer = await browser.SubmitAsync(View, "ExportTexts", ("textLanguage", "Spanish"));
        Assert.Equal("application/xliff+xml", answer.Content.Headers.ContentType!.MediaType);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        return XliffFile.Read(stream);
    }

    private static Task<string> ImportAsync(ConsoleBrowser browser, XliffFile file, string provenance) => ImportAsync(browser, Written(file), provenance);

    private static async Task<string> ImportAsync(ConsoleBrowser browser, byte[] content, string provenance)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(content), "Upload", "texts.xlf" },
            { new StringContent(provenance), "Provenance" },
            { new StringContent(await browser.TokenAsync("/translations")), "formToken" },
        };
        var answer = await browser.Client.PostAsync(new Uri("/translations?handler=Import", UriKind.Relative), form, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private Task<T> DoAsync<T>(Func<DbSession, Task<T>> work) => _host.Database.TransactAsync(work, Cancellation);

    private Task<Guid> PublishAsync(Entry entry) => DoAsync(async s =>
    {
        var id = await Stores.Entries.CreateAsync(s, entry, Author, null, null, Cancellation);
        await Stores.Publisher.PublishAsync(s, id, 1, "publish", Author, null, Cancellation);
        return id;
    });

    private Task<Guid> FindAsync(string name) => DoAsync(async s =>
        (await EntryFinder.FindAsync(s, new EntryFilter { Text = name }, EntrySort.Name, 0, 1, Cancellation))[0].EntryId);

    private Task SaveAsync(Guid id, Func<Entry, Entry> change) => DoAsync(async s =>
    {
        var row = await EntryStore.ReadAsync(s, id, Cancellation);
        var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(s, id, row.LatestRevision, Cancellation)).Body);
        return await Stores.Entries.SaveAsync(s, id, row.LatestRevision, change(entry), Author, null, Cancellation);
    });

    private Task<(EntryRow Row, Entry Entry)> ReadAsync(Guid id) => DoAsync(async s =>
    {
        var row = await EntryStore.ReadAsync(s, id, Cancellation);
        return (row, EntryJson.Read((await EntryStore.ReadRevisionAsync(s, id, row.LatestRevision, Cancellation)).Body));
    });
}
