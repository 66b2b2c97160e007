using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Publication;

/// <summary>One row of the public projection; also one item of the change feed.</summary>
public sealed record PublishedEntry
{
    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The entry's kind.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The slug; kept after withdrawal.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The public document as JSON (<see cref="EntryJson.Public"/>); null if withdrawn.</summary>
    public string? Body { get; init; }

    /// <summary>The sequence number of this change. Numbers have no gaps and commit in order.</summary>
    public long Sequence { get; init; }

    /// <summary>The date the entry was last confirmed.</summary>
    public DateOnly? AssuredOn { get; init; }

    /// <summary>When this change was published, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When the entry was withdrawn, UTC; null while it is public.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>The entry that this one was merged into, if any.</summary>
    public Guid? MergedInto { get; init; }
}
