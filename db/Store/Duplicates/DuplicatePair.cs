using System.Text.Json;
using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Duplicates;

/// <summary>What became of a pair.</summary>
public enum PairState
{
    /// <summary>Waits for a curator.</summary>
    Open,

    /// <summary>A curator said that they are two; never shown again.</summary>
    NotSame,

    /// <summary>One was merged into the other.</summary>
    Merged,
}

/// <summary>Two entries that may be one.</summary>
public sealed record DuplicatePair
{
    /// <summary>The entry with the lesser id.</summary>
    public Guid FirstId { get; init; }

    /// <summary>The other one.</summary>
    public Guid SecondId { get; init; }

    /// <summary>How likely they are one, 0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>What agreed and what did not: JSON of <see cref="DuplicateEvidence"/>.</summary>
    public string Evidence { get; init; } = "[]";

    /// <summary>When it was found, UTC.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>What became of it.</summary>
    public PairState State { get; init; }

    /// <summary>Who decided: an actor's code.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What agreed and what did not, weightiest first.</summary>
    public IReadOnlyList<DuplicateEvidence> ReadEvidence() =>
        JsonSerializer.Deserialize<DuplicateEvidence[]>(Evidence, JsonSerializerOptions.Web) ?? [];

    /// <summary>The two ids in the order in which a pair is kept.</summary>
    public static (Guid First, Guid Second) Ordered(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    /// <summary>The pair with a score.</summary>
    internal static DuplicatePair Of(Guid one, Guid other, DuplicateScore score, DateTimeOffset foundAt)
    {
        var (first, second) = Ordered(one, other);
        return new DuplicatePair
        {
            FirstId = first,
            SecondId = second,
            Score = score.Probability,
            Evidence = JsonSerializer.Serialize(score.Evidence, JsonSerializerOptions.Web),
            FoundAt = foundAt,
        };
    }
}

/// <summary>Which pairs are looked for. What is null does not matter.</summary>
public sealed record PairFilter
{
    /// <summary>All pairs.</summary>
    public static PairFilter All { get; } = new();

    /// <summary>The kind of both.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>Only pairs with this entry.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>Only pairs in which this import made or changed an entry.</summary>
    public Guid? ImportId { get; init; }
}

/// <summary>A pair as a list shows it.</summary>
public sealed record ListedPair
{
    /// <summary>The entry with the lesser id.</summary>
    public Guid FirstId { get; init; }

    /// <summary>The other one.</summary>
    public Guid SecondId { get; init; }

    /// <summary>How likely they are one, 0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>What agreed and what did not: JSON of <see cref="DuplicateEvidence"/>.</summary>
    public string Evidence { get; init; } = "[]";

    /// <summary>The kind of both.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The first entry's name.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>Whether the public sees the first entry.</summary>
    public Listing FirstListing { get; init; }

    /// <summary>The second entry's name.</summary>
    public string SecondName { get; init; } = "";

    /// <summary>Whether the public sees the second entry.</summary>
    public Listing SecondListing { get; init; }

    /// <summary>One of the two asked not to be listed.</summary>
    public bool HasUnlisted => FirstListing == Listing.DoNotList || SecondListing == Listing.DoNotList;

    /// <summary>What agreed and what did not, weightiest first.</summary>
    public IReadOnlyList<DuplicateEvidence> ReadEvidence() => new DuplicatePair { Evidence = Evidence }.ReadEvidence();
}
