using HealthEquity.Directory.Comparison;
using HealthEquity.Directory.Entries;
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
}
