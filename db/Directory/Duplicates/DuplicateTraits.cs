using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;

namespace HealthEquity.Directory.Duplicates;

/// <summary>The traits of an entry that duplicate detection compares.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Kind">The entry's kind; entries of different kinds are never the same.</param>
/// <param name="Keys">Its keys (<see cref="EntryKeys"/>), by type.</param>
public sealed record DuplicateTraits(Guid Id, EntryKind Kind, ILookup<string, string> Keys)
{
    /// <summary>Coordinates of its locations, in degrees.</summary>
    public IReadOnlyList<(double Latitude, double Longitude)> Places { get; } = [.. Keys[EntryKeys.Point].Select(EntryKeys.ReadPoint)];

    /// <summary>The street addresses of its locations.</summary>
    public IReadOnlyList<StreetAddress> Addresses { get; } = [.. Keys[EntryKeys.Suite].Select(StreetAddress.Parse)];

    /// <summary>True for the listing of one person.</summary>
    public bool IsPerson => Keys.Contains(EntryKeys.Person);

    /// <summary>The traits of an entry.</summary>
    public static DuplicateTraits Of(Guid id, Entry entry) =>
        new(id, entry.Kind, EntryKeys.Of(entry).Distinct().ToLookup(k => k.Type, k => k.Value));
}

/// <summary>One trait that two entries agree or differ on.</summary>
/// <param name="Trait">The trait: name, phone, address…</param>
/// <param name="Agrees">True if they agree.</param>
/// <param name="Weight">How much it counts for (positive) or against (negative) a duplicate, in bits.</param>
public readonly record struct DuplicateEvidence(string Trait, bool Agrees, double Weight);

/// <summary>How likely two entries are duplicates, and why.</summary>
/// <param name="Probability">0 to 1.</param>
/// <param name="Evidence">What agreed and what differed, heaviest weight first.</param>
/// <param name="IsRelated">
/// True for two branches or programs of one organization: they are no duplicates, but if one asked not to be listed, a person must decide
/// about the other.
/// </param>
public sealed record DuplicateScore(double Probability, IReadOnlyList<DuplicateEvidence> Evidence, bool IsRelated = false);
