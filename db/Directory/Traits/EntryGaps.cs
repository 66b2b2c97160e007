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

    private const string Unknown = "unknown";

    /// <summary>The terms.</summary>
    public static IEnumerable<(string Vocabulary, string Code)> Of(Entry entry)
    {
        var known = EntryTerms.Of(entry).Concat(EntryPlaces.Of(entry)).Where(t => t.Code != Unknown).Select(t => t.Vocabulary).ToHashSet();
        return Fields(entry).Where(f => !(f.IsFilled ?? known.Contains(f.Code))).Select(f => (Vocabulary, f.Code));
    }

    private static IEnumerable<(string Code, bool? IsFilled)> Fields(Entry entry)
    {
        yield return (VocabularyNames.Tag, null);
        if (entry is Material or Event)
        {
            yield return (EntryPlaces.Language, null);
        }

        if (entry is Event)
        {
            yield return (EntryPlaces.City, null);
        }

        if (entry is not ServiceEntry service)
        {
            yield break;
        }

        foreach (var name in new[]
        {
            EntryPlaces.City, EntryPlaces.State, EntryPlaces.County, EntryPlaces.Language, VocabularyNames.Cost, VocabularyNames.ImmigrationStatus, VocabularyNames.Capacity,
        })
        {
            yield return (name, null);
        }

        yield return (Phone, service.Phones.Count > 0 || service.Locations.Any(l => l.Phones.Count > 0));
        yield return (Email, service.Emails.Count > 0);
        yield return (Website, service.Website is not null);
        yield return (Hours, service.Hours is not null);
    }
}
