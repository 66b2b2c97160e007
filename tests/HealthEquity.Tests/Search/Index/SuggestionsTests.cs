using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Tests.Search.Index;

public sealed class SuggestionsTests
{
    private readonly TestDirectory _directory = TestDirectory.Of(
        new Provider
        {
            Name = "Marisol Peña",
            Summary = "Works with Casandra.",
            Specialties = ["grief"],
            Locations = [new Location { Visibility = Visibility.Public, City = "Miami", StateProvince = "FL", County = "Miami-Dade County" }],
        },
        new Organization { Name = "Casa Esperanza", OrganizationType = "hotline" });

    [Theory]
    [InlineData("cas", "Casa Esperanza")]
    [InlineData("esp", "Casa Esperanza")]
    [InlineData("casa es", "Casa Esperanza")]
    [InlineData("pena", "Marisol Peña")]
    public void Names_are_completed_from_the_start_of_any_word(string typed, string name) =>
        Assert.Equal([name], Suggest(typed).Where(s => s.Type == SuggestionType.Entry).Select(s => s.Text));

    [Theory]
    [InlineData("gri", "en", "Grief and loss")]
    [InlineData("loss", "en", "Grief and loss")]
    [InlineData("due", "es", "Duelo y pérdida")]
    public void Labels_are_completed_in_the_readers_language(string typed, string language, string label)
    {
        var found = Assert.Single(Suggest(typed, language), s => s.Type == SuggestionType.Term);

        Assert.Equal((label, SearchFields.Specialty, "grief", 1), (found.Text, found.Field, found.Value, found.Count));
    }

    [Theory]
    [InlineData("热", "zh-Hans", "热线")]
    [InlineData("熱", "zh-Hant", "熱線")]
    [InlineData("lín", "es-MX", "Línea de ayuda")]
    public void Labels_in_two_scripts_of_one_language_stand_side_by_side(string typed, string language, string label) =>
        Assert.Contains(Suggest(typed, language), s => s.Type == SuggestionType.Term && s.Text == label);

    [Fact]
    public void Places_are_completed()
    {
        Assert.Contains(Suggest("mia"), s => s is { Type: SuggestionType.Place, Text: "Miami, FL", Field: null });
        Assert.Contains(Suggest("miami-"), s => s is { Type: SuggestionType.Place, Field.Name: "county", Value: "FL:Miami-Dade County" });
        Assert.Contains(Suggest("flo"), s => s is { Type: SuggestionType.Place, Field.Name: "state", Value: "FL", Count: 1 });
    }

    [Fact]
    public void Only_suggestions_with_results_are_shown()
    {
        Assert.Empty(_directory.Current.Suggest("gri", "en", [EntryKind.Organization], 8));
        Assert.Empty(Suggest("trauma"));
        Assert.Empty(Suggest(" "));
    }

    private IReadOnlyList<Completion> Suggest(string typed, string language = "en") => _directory.Current.Suggest(typed, language, [], 8);
}
