using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Search.Index;

/// <summary>
/// The vocabularies that fields take their values from. A value whose term was merged into another counts as that one, in entries
/// and in queries alike: so whoever asks for either finds both.
/// </summary>
internal static class FieldVocabularies
{
    /// <summary>The vocabulary of a field's values in entries of a kind; null when it has none.</summary>
    public static string? Of(string field, EntryKind kind) => field switch
    {
        SearchFields.Tag => VocabularyNames.Tag,
        SearchFields.Cost => VocabularyNames.Cost,
        SearchFields.ImmigrationStatus => VocabularyNames.ImmigrationStatus,
        SearchFields.Accepting => VocabularyNames.Capacity,
        SearchFields.Telehealth or SearchFields.Detained => VocabularyNames.Availability,
        SearchFields.Population => VocabularyNames.Population,
        SearchFields.ProviderType => VocabularyNames.ProviderType,
        SearchFields.Specialty => VocabularyNames.Specialty,
        SearchFields.Modality => VocabularyNames.Modality,
        SearchFields.License => VocabularyNames.LicenseType,
        SearchFields.Evaluation => VocabularyNames.Evaluation,
        SearchFields.AttorneyType => VocabularyNames.AttorneyType,
        SearchFields.PracticeArea => VocabularyNames.PracticeArea,
        SearchFields.Court => VocabularyNames.Court,
        SearchFields.Help => VocabularyNames.Help,
        SearchFields.OrganizationType => VocabularyNames.OrganizationType,
        SearchFields.Function => VocabularyNames.OrganizationFunction,
        SearchFields.Theme => VocabularyNames.PolicyTheme,
        SearchFields.Actor => VocabularyNames.PolicyActor,
        SearchFields.Instrument => VocabularyNames.PolicyInstrument,
        SearchFields.Direction => VocabularyNames.PolicyDirection,
        SearchFields.Audience => VocabularyNames.Audience,
        SearchFields.Type => kind == EntryKind.Event ? VocabularyNames.EventType : VocabularyNames.MaterialType,
        _ => null,
    };

    /// <summary>The vocabularies of a field's values in entries of any kind.</summary>
    public static IEnumerable<string> Of(string field) => EntryKinds.All.Select(k => Of(field, k)).OfType<string>().Distinct();

    /// <summary>False where the labels are answers to a question ("yes", "not asked"), by which nobody looks for an entry.</summary>
    public static bool IsTyped(string field) => field is not (
        SearchFields.ImmigrationStatus or SearchFields.Accepting or SearchFields.Telehealth or SearchFields.Detained or SearchFields.Direction);

    /// <summary>The value that one in an entry of a kind counts as.</summary>
    public static string ResolveMergedCode(VocabularySet vocabularies, string field, EntryKind kind, string value) =>
        Of(field, kind) is { } vocabulary ? vocabularies.ResolveMergedCode(vocabulary, value) : value;

    /// <summary>The values that one in a query, which may be after any kind, stands for: hardly ever more than one.</summary>
    public static IEnumerable<string> ResolveMergedCode(VocabularySet vocabularies, string field, string value) =>
        Of(field).Select(v => vocabularies.ResolveMergedCode(v, value)).DefaultIfEmpty(value).Distinct(StringComparer.Ordinal);
}
