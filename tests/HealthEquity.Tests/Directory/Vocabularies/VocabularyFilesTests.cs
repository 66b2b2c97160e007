using System.Reflection;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Tests.Directory.Vocabularies;

public partial class VocabularyFilesTests
{
    private static readonly IReadOnlyList<string> Names =
        [.. typeof(VocabularyNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    private static readonly string[] PageLanguages = ["es", "zh-Hans", "zh-Hant", "vi", "ko", "tl", "ar", "fr", "ht", "pt", "ru", "uk", "fa", "so"];

    [Fact]
    public void Exactly_the_named_vocabularies_ship() =>
        Assert.Equal(Names.Order(StringComparer.Ordinal), VocabularySet.Shipped.All.Select(v => v.Name));

    [Fact]
    public void Every_term_has_a_code_a_label_and_a_definition() => Assert.All(VocabularySet.Shipped.All, vocabulary =>
    {
        Assert.NotEmpty(vocabulary.Terms);
        Assert.False(string.IsNullOrWhiteSpace(vocabulary.Label));
        Assert.False(string.IsNullOrWhiteSpace(vocabulary.Definition));
        Assert.All(vocabulary.Terms, term =>
        {
            Assert.Matches(CamelCase(), term.Code);
            Assert.False(string.IsNullOrWhiteSpace(term.Label), term.Code);
            Assert.False(string.IsNullOrWhiteSpace(term.Definition), term.Code);
            Assert.NotEqual("", term.Source);
            Assert.All(term.Labels, l => Assert.True(LanguageTag.IsValid(l.Key) && !string.IsNullOrWhiteSpace(l.Value), $"{term.Code} {l.Key}"));
        });
    });

    [Fact]
    public void Codes_and_labels_are_unique_in_a_vocabulary() => Assert.All(VocabularySet.Shipped.All, vocabulary =>
    {
        Assert.Distinct(vocabulary.Terms.Select(t => t.Code), StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(vocabulary.Terms.Select(t => t.Label), StringComparer.OrdinalIgnoreCase);
    });

    [Theory]
    [InlineData(VocabularyNames.Cost)]
    [InlineData(VocabularyNames.ImmigrationStatus)]
    [InlineData(VocabularyNames.Population)]
    [InlineData(VocabularyNames.Specialty)]
    [InlineData(VocabularyNames.Modality)]
    [InlineData(VocabularyNames.Evaluation)]
    [InlineData(VocabularyNames.PracticeArea)]
    [InlineData(VocabularyNames.Help)]
    [InlineData(VocabularyNames.ProviderType)]
    [InlineData(VocabularyNames.AttorneyType)]
    [InlineData(VocabularyNames.OrganizationType)]
    [InlineData(VocabularyNames.OrganizationFunction)]
    [InlineData(VocabularyNames.LicenseType)]
    [InlineData(VocabularyNames.Tag)]
    public void Public_filters_have_Spanish_labels(string name) =>
        Assert.All(VocabularySet.Shipped.Find(name)!.Terms, term => Assert.True(term.Labels.ContainsKey("es"), term.Code));

    [Theory]
    [InlineData(VocabularyNames.ProviderType)]
    [InlineData(VocabularyNames.AttorneyType)]
    [InlineData(VocabularyNames.OrganizationType)]
    [InlineData(VocabularyNames.Cost)]
    [InlineData(VocabularyNames.LanguageService)]
    [InlineData(VocabularyNames.MaterialType)]
    [InlineData(VocabularyNames.ImmigrationStatus)]
    [InlineData(VocabularyNames.Capacity)]
    [InlineData(VocabularyNames.PhoneType)]
    [InlineData(VocabularyNames.Specialty)]
    [InlineData(VocabularyNames.PracticeArea)]
    [InlineData(VocabularyNames.AdoptionStatus)]
    [InlineData(VocabularyNames.JurisdictionLevel)]
    [InlineData(VocabularyNames.PolicyActor)]
    [InlineData(VocabularyNames.PolicyDirection)]
    [InlineData(VocabularyNames.PolicyInstrument)]
    [InlineData(VocabularyNames.PolicyTheme)]
    [InlineData(VocabularyNames.ProvisionForce)]
    [InlineData(VocabularyNames.Accessibility)]
    [InlineData(VocabularyNames.Audience)]
    [InlineData(VocabularyNames.RequiredDocument)]
    [InlineData(VocabularyNames.Help)]
    [InlineData(VocabularyNames.Eligibility)]
    [InlineData(VocabularyNames.Evaluation)]
    [InlineData(VocabularyNames.EventType)]
    [InlineData(VocabularyNames.Modality)]
    [InlineData(VocabularyNames.Population)]
    [InlineData(VocabularyNames.OrganizationFunction)]
    [InlineData(VocabularyNames.LicenseType)]
    [InlineData(VocabularyNames.LicenseStatus)]
    [InlineData(VocabularyNames.BarStanding)]
    [InlineData(VocabularyNames.Availability)]
    public void What_families_and_officials_read_has_a_label_in_every_language_of_the_pages(string name) =>
        Assert.All(VocabularySet.Shipped.Find(name)!.Terms, term => Assert.Empty(PageLanguages.Except(term.Labels.Keys)));

    /// <summary>Two terms with one label look like a mistake in a list of filters.</summary>
    [Fact]
    public void No_two_terms_of_a_vocabulary_share_a_label_in_the_newer_languages() => Assert.All(VocabularySet.Shipped.All, vocabulary =>
        Assert.Distinct(vocabulary.Terms.Select(t => t.Labels.GetValueOrDefault("so")).OfType<string>(), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Every_coded_member_of_the_model_has_its_vocabulary() =>
        Assert.All(EntryMembers.Records.SelectMany(EntryMembers.Of).Where(m => m.Vocabulary is not null), m => Assert.Contains(m.Vocabulary!, Names));

    [GeneratedRegex("^[a-z][a-zA-Z0-9]*$")]
    private static partial Regex CamelCase();
}
