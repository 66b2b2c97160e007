using HealthEquity.Directory.Translations;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Admin.Pages.Entries;

public sealed class StaleTranslationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_translation_is_outdated_until_it_is_updated(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var text = new Material
        {
            Name = "Card",
            MaterialType = "card",
            Summary = "Know your rights.",
            Translations = [new Translation { Language = "es", Summary = "Conozca sus derechos.", Provenance = "human" }],
        };
        var id = await office.PublishNewAsync(text);
        Task<int> Stale() => office.DoAsync(s => EntryFinder.CountStaleAsync(s, Cancellation));
        Task Save(int on, Material entry) => office.DoAsync(s => office.Entries.SaveAsync(s, id, on, entry, Writer, null, Cancellation));

        await Save(1, text with { License = "CC-BY-4.0" });
        Assert.Equal(0, await Stale());
        await Save(2, text with { Summary = "Know all your rights." });
        Assert.Equal(1, await Stale());
        await Save(3, text with { Summary = "Know all your rights.", License = "CC0" });
        Assert.Equal(1, await Stale());
        Assert.Single(await office.DoAsync(s => EntryFinder.FindAsync(s, new EntryFilter { StaleTranslation = true }, EntrySort.Name, 0, 10, Cancellation)));
        await Save(4, text with { Summary = "Know all your rights.", Translations = [text.Translations[0] with { Summary = "Conozca todos sus derechos." }] });
        Assert.Equal(0, await Stale());
    }

    [Fact]
    public void Only_the_translation_of_the_text_that_changed_is_outdated()
    {
        var action = new PolicyAction
        {
            Name = "Ask",
            Theme = "sanctuary",
            Steps = ["Ask.", "Call."],
            Translations =
            [
                new() { Language = "es", Texts = [new() { Path = "steps[0]", Text = "Pregunte." }], Provenance = "human" },
                new() { Language = "fr", Texts = [new() { Path = "steps[1]", Text = "Appelez." }], Provenance = "human" },
            ],
        };
        var saved = (PolicyAction)EntryJson.Read(EntryJson.Write(action));
        var changed = saved with { Steps = ["Ask.", "Call counsel."] };
        Assert.Equal(["fr"], StaleTranslations.Of(action, [], changed));
        Assert.Equal(["steps[1]"], StaleTranslations.Texts(action, changed, "fr"));
        Assert.Equal(["es"], StaleTranslations.Of(action, ["es"], saved));
    }

    [Fact]
    public void Over_all_revisions_only_texts_that_changed_after_their_translation_are_outdated()
    {
        var first = new Material
        {
            Name = "Card",
            MaterialType = "card",
            Summary = "Know your rights.",
            Description = "For the door.",
            Translations = [new Translation { Language = "es", Summary = "Conozca sus derechos.", Description = "Para la puerta.", Provenance = "human" }],
        };
        var changed = first with { Summary = "Know all your rights." };
        var followed = changed with { Translations = [first.Translations[0] with { Summary = "Conozca todos sus derechos." }], Description = "For every door." };

        Assert.Empty(StaleTranslations.Over([first, first with { License = "CC0" }]));
        Assert.Equal(["summary"], StaleTranslations.Over([first, changed])["es"]);
        Assert.Equal(["description"], StaleTranslations.Over([first, changed, followed])["es"]);
        // The old text is back, and its translation is right again.
        Assert.Empty(StaleTranslations.Over([first, changed, first]));
        // Somebody read the translation again and found it right.
        Assert.Empty(StaleTranslations.Over([first, changed, changed with { Translations = [first.Translations[0] with { TranslatedOn = new DateOnly(2026, 11, 28) }] }]));
        Assert.Empty(StaleTranslations.Over([]));
    }

    [Fact]
    public async Task The_form_and_the_preview_mark_each_outdated_text()
    {
        await using var host = await ConsoleHost.StartAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var action = new PolicyAction
        {
            Name = "Ask first",
            Theme = "sanctuary",
            Summary = "Ask.",
            Steps = ["Ask counsel.", "Post it."],
            Provisions = [new Provision { Code = "ask-first", Text = "Counsel is asked." }],
            Translations =
            [
                new Translation
                {
                    Language = "es",
                    Summary = "Pregunte.",
                    Provenance = "human",
                    Texts = [new() { Path = "steps[0]", Text = "Pregunte a la asesoría." }, new() { Path = "provisions[ask-first].text", Text = "Se pregunta a la asesoría." }],
                },
            ],
        };
        var id = await host.Database.TransactAsync(s => host.Stores.Entries.CreateAsync(s, action, Writer, null, null, Cancellation), Cancellation);
        var later = action with { Provisions = [action.Provisions[0] with { Text = "Counsel is asked before anything else." }] };
        await host.Database.TransactAsync(s => host.Stores.Entries.SaveAsync(s, id, 1, later, Writer, null, Cancellation), Cancellation);

        const string Mark = "Outdated: the text was changed after this translation was made.";
        var form = await browser.ReadAsync($"/entries/edit/{id}");
        Assert.Equal(1, CountOf(Mark, form));
        Assert.Matches($"id=\"[^\"]*translations[^\"]*texts[^\"]*1[^\"]*text-outdated\">{Mark}", form);

        var preview = await browser.ReadAsync($"/entries/preview/{id}?language=es");
        Assert.Matches("<span class=\"tag\">Outdated translation</span></dt>\\s*<dd>\\s*(<p>|<bdi>)?Se pregunta a la asesoría.", preview);
        Assert.Equal((1, 1), (CountOf("Outdated translation", preview), CountOf("Not translated", preview)));
        Assert.Contains("Pregunte a la asesoría.", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("Ask counsel.", preview, StringComparison.Ordinal);

        // What is typed and not saved yet counts too.
        var values = FormOnPage.Read(form);
        values.Set("summary", "Ask twice.");
        values.Set("_language", "es");
        var live = await (await browser.SubmitAsync($"/entries/edit/{id}", "Preview", values.Fields())).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Outdated translation: summary.", live, StringComparison.Ordinal);
    }

    private static int CountOf(string text, string page) => page.Split(text).Length - 1;
}
