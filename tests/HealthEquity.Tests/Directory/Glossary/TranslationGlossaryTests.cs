using HealthEquity.Directory.Glossary;

namespace HealthEquity.Tests.Directory.Glossary;

public class TranslationGlossaryTests
{
    private static readonly TranslationGlossary Spanish = TranslationGlossary.For("es")!;

    [Fact]
    public void Finds_the_terms_of_a_text_in_any_form() => Assert.Equal(
        ["detainer", "immigration status", "judicial warrant"],
        Spanish.In("Without a judge's warrant, jails ignore Detainers and nobody asks about immigration status.").Select(t => t.Term));

    [Fact]
    public void Names_the_terms_that_a_translation_says_otherwise() => Assert.Equal(
        ["bond"],
        Spanish.Missing("An immigration judge sets a bond.", "Un juez de inmigración fija una caución.").Select(t => t.Term));

    [Fact]
    public void Marks_where_a_text_uses_terms_the_longest_first()
    {
        const string Text = "A judicial warrant is no administrative warrant; ask an immigration judge about bond.";
        Assert.Equal(
            ["judicial warrant", "administrative warrant", "immigration judge", "bond"],
            Spanish.UsesIn(Text).Select(u => Text.Substring(u.Start, u.Length)));
        Assert.Empty(Spanish.UsesIn(""));
    }

    [Fact]
    public void Takes_whole_words_only() => Assert.Empty(Spanish.In("A bonded worker with pleasant guardianships."));

    [Fact]
    public void Names_the_words_to_avoid() => Assert.Equal(
        ["estado migratorio"],
        Spanish.Avoided("Nadie pregunta por el estado migratorio."));

    [Fact]
    public void Knows_no_language_without_a_file() => Assert.Null(TranslationGlossary.For("fr"));

    [Fact]
    public void Terms_are_unique_in_order_and_named_once_as_accepted_or_avoided()
    {
        Assert.Distinct(Spanish.Terms.Select(t => t.Term));
        Assert.Equal(Spanish.Terms.Select(t => t.Term).Order(StringComparer.OrdinalIgnoreCase), Spanish.Terms.Select(t => t.Term));
        Assert.All(Spanish.Terms, t => Assert.Empty(t.AlsoAccepted.Prepend(t.Translation).Intersect(t.Avoid, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>Each other term was read on a page of a public body, which has to be read again.</summary>
    [Fact]
    public void Terms_without_a_source_are_the_directorys_own_choice()
    {
        Assert.Equal(
            [
                "287(g) agreement", "A-number", "court order", "emergency care", "emergency Medicaid", "final order of removal", "green card", "habeas corpus",
                "health center", "health department", "health facility", "interpreter", "law enforcement", "order of supervision", "plea",
                "preliminary injunction", "prosecutorial discretion", "rapid response network", "release on recognizance", "school board", "search warrant",
                "sliding scale", "special immigrant juvenile status", "undocumented",
            ],
            Spanish.Terms.Where(t => t.Source is null).Select(t => t.Term));
        Assert.All(Spanish.Terms.Where(t => t.Source is not null), t => Assert.True(t.Source!.Url is not null && t.Source.CheckAgainOn > t.Source.RetrievedOn, t.Term));
    }
}
