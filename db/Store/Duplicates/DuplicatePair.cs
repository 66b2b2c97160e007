using System.Text.Json;
using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Duplicates;

/// <summary>The state of a pair.</summary>
public enum PairState
{
    /// <summary>Waiting for a curator's decision.</summary>
    Open,

    /// <summary>A curator decided that they are not duplicates. Never shown again.</summary>
    NotSame,

    /// <summary>One entry was merged into the other.</summary>
    Merged,
}

/// <summary>Two entries that may be duplicates.</summary>
public sealed record DuplicatePair
{
    /// <summary>The entry with the smaller id.</summary>
    public Guid FirstId { get; init; }

    /// <summary>The other entry.</summary>
    public Guid SecondId { get; init; }

    /// <summary>The probability that they are duplicates, 0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>The evidence for and against: JSON of <see cref="DuplicateEvidence"/>.</summary>
    public string Evidence { get; init; } = "[]";

    /// <summary>True for two branches or programs of one organization (<see cref="DuplicateScore.IsRelated"/>).</summary>
    public bool IsRelated { get; init; }

    /// <summary>When it was found, UTC.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>The state of the pair.</summary>
    public PairState State { get; init; }

    /// <summary>Who decided: an actor's code.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The evidence for and against, heaviest weight first.</summary>
    public IReadOnlyList<DuplicateEvidence> ReadEvidence() =>
        JsonSerializer.Deserialize<DuplicateEvidence[]>(Evidence, JsonSerializerOptions.Web) ?? [];

    /// <summary>The two ids in the order in which a pair is stored.</summary>
    public static (Guid First, Guid Second) Ordered(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    /// <summary>Creates a scored pair.</summary>
    internal static DuplicatePair Of(Guid one, Guid other, DuplicateScore score, DateTimeOffset foundAt)
    {
        var (first, second) = Ordered(one, other);
        return new DuplicatePair
        {
            FirstId = first,
            SecondId = second,
            Score = score.Probability,
            Evidence = JsonSerializer.Serialize(score.Evidence, JsonSerializerOptions.Web),
            IsRelated = score.IsRelated,
            FoundAt = foundAt,
        };
    }
}

/// <summary>A filter for pairs. Null means no restriction.</summary>
public sealed record PairFilter
{
    /// <summary>All pairs.</summary>
    public static PairFilter All { get; } = new();

    /// <summary>The kind of both entries.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>Only pairs with this entry.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>Only pairs with an entry that this import created or changed.</summary>
    public Guid? ImportId { get; init; }
}

/// <summary>A pair in a list.</summary>
public sealed record ListedPair
{
    /// <summary>The entry with the smaller id.</summary>
    public Guid FirstId { get; init; }

    /// <summary>The other entry.</summary>
    public Guid SecondId { get; init; }

    /// <summary>The probability that they are duplicates, 0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>The evidence for and against: JSON of <see cref="DuplicateEvidence"/>.</summary>
    public string Evidence { get; init; } = "[]";

    /// <summary>True for two branches or programs of one organization, one of which asked not to be listed.</summary>
    public bool IsRelated { get; init; }

    /// <summary>The kind of both entries.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The first entry's name.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>Whether the public sees the first entry.</summary>
    public Listing FirstListing { get; init; }

    /// <summary>The second entry's name.</summary>
    public string SecondName { get; init; } = "";

    /// <summary>Whether the public sees the second entry.</summary>
    public Listing SecondListing { get; init; }

    /// <summary>True if one of the two entries asked not to be listed.</summary>
    public bool HasUnlisted => FirstListing == Listing.DoNotList || SecondListing == Listing.DoNotList;

    /// <summary>The evidence for and against, heaviest weight first.</summary>
    public IReadOnlyList<DuplicateEvidence> ReadEvidence() => new DuplicatePair { Evidence = Evidence }.ReadEvidence();
}
