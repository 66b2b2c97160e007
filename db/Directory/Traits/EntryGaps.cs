using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Traits;

/// <summary>
/// What nobody has filled in yet, as terms of the vocabulary <c>empty</c>, so that "languages are empty" is found as fast as "language is
/// Spanish". A kind of entry without a field, such as the phone of a policy action, has no gap there.
/// </summary>
public static class EntryGaps
{
    /// <summary>The vocabulary of the terms.</summary>
    public const string Vocabulary = "empty";

    /// <summary>The gap of an entry without a phone number.</summary>
    public const string Phone = "phone";

    /// <summary>The gap of an entry without an email address.</summary>
    public const string Email = "email";

    /// <summary>The gap of an entry without a website.</summary>
    public const string Website = "website";

    /// <summary>The gap of an entry without opening hours.</summary>
    public const string Hours = "hours";

    /// <summary>The gap of an entry without a summary.</summary>
    public const string Summary = "summary";

    private const string Unknown = "unknown";

    private static readonly string[] OfAll = [VocabularyNames.Tag, Summary];

    private static readonly string[] OfPlaced = [EntryPlaces.City, EntryPlaces.Zip];

    private static readonly string[] OfServices =
    [
        EntryPlaces.State, EntryPlaces.County, VocabularyNames.Cost, VocabularyNames.ImmigrationStatus, VocabularyNames.Capacity, Phone, Email, Website, Hours,
    ];

    /// <summary>The terms.</summary>
    public static IEnumerable<(string Vocabulary, string Code)> Of(Entry entry)
    {
        var known = EntryTerms.Of(entry).Concat(EntryPlaces.Of(entry)).Where(t => t.Code != Unknown).Select(t => t.Vocabulary).ToHashSet();
        return OfAll.Append(EntryPlaces.Language).Concat(OfPlaced).Concat(OfServices)
            .Where(f => Has(entry.Kind, f) && !(IsFilled(entry, f) ?? known.Contains(f))).Select(f => (Vocabulary, f));
    }

    /// <summary>Whether a kind of entry has a field. An entry of another kind is neither empty there nor filled in.</summary>
    public static bool Has(EntryKind kind, string field)
    {
        var isService = kind is EntryKind.Provider or EntryKind.Attorney or EntryKind.Organization;
        return OfAll.Contains(field)
            || field == EntryPlaces.Language && kind != EntryKind.PolicyAction
            || OfPlaced.Contains(field) && (isService || kind == EntryKind.Event)
            || OfServices.Contains(field) && isService;
    }

    /// <summary>Whether a field without terms is filled in; null for a field with terms.</summary>
    private static bool? IsFilled(Entry entry, string field) => (field, entry) switch
    {
        (Summary, _) => !string.IsNullOrEmpty(entry.Summary),
        (Phone, ServiceEntry service) => service.Phones.Count > 0 || service.Locations.Any(l => l.Phones.Count > 0),
        (Email, ServiceEntry service) => service.Emails.Count > 0,
        (Website, ServiceEntry service) => service.Website is not null,
        (Hours, ServiceEntry service) => service.Hours is not null,
        _ => null,
    };
}
