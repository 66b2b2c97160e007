using HealthEquity.Db.Entries;

namespace HealthEquity.Db.Duplicates;

/// <summary>What of an entry is looked at to tell whether another is the same.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Kind">The entry's kind; entries of different kinds are never the same.</param>
/// <param name="Name">The entry's name as it is shown.</param>
/// <param name="Keys">Its keys (<see cref="EntryKeys"/>), by type.</param>
/// <param name="Places">Coordinates of its places, degrees.</param>
public sealed record DuplicateTraits(
    Guid Id, EntryKind Kind, string Name, ILookup<string, string> Keys, IReadOnlyList<(double Latitude, double Longitude)> Places)
{
    /// <summary>The traits of an entry.</summary>
    public static DuplicateTraits Of(Guid id, Entry entry) => new(
        id,
        entry.Kind,
        entry.Name,
        EntryKeys.Of(entry).Distinct().ToLookup(k => k.Type, k => k.Value),
        entry is ServiceEntry service
            ? [.. service.Locations.Where(l => l is { Latitude: not null, Longitude: not null }).Select(l => (l.Latitude!.Value, l.Longitude!.Value))]
            : []);
}

/// <summary>One thing in which two entries agree, or don't.</summary>
/// <param name="Trait">The trait: name, phone, address…</param>
/// <param name="Agrees">Whether they agree in it.</param>
/// <param name="Weight">How much it speaks for (positive) or against (negative) their being one, in bits.</param>
public readonly record struct DuplicateEvidence(string Trait, bool Agrees, double Weight);

/// <summary>Two entries that may be one.</summary>
/// <param name="First">One of them.</param>
/// <param name="Second">The other.</param>
/// <param name="Probability">How likely they are one, 0 to 1.</param>
/// <param name="Evidence">What agreed and what did not, weightiest first.</param>
public sealed record DuplicatePair(DuplicateTraits First, DuplicateTraits Second, double Probability, IReadOnlyList<DuplicateEvidence> Evidence);
