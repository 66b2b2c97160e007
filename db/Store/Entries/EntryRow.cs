using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Entries;

/// <summary>The row of an entry: its state without its content.</summary>
public sealed record EntryRow
{
    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The entry's kind.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The entry's slug.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The name in the latest revision.</summary>
    public string Name { get; init; } = "";

    /// <summary>The listing state.</summary>
    public Listing Listing { get; init; }

    /// <summary>Why it is suspended, retired or not to be listed.</summary>
    public string? ListingReason { get; init; }

    /// <summary>The draft state.</summary>
    public DraftState DraftState { get; init; }

    /// <summary>The number of the latest revision.</summary>
    public int LatestRevision { get; init; }

    /// <summary>The number of the revision last published.</summary>
    public int? PublishedRevision { get; init; }

    /// <summary>The revision that a verification applies to: the public one, or the latest if the entry was never public.</summary>
    public int CheckedRevision => PublishedRevision ?? LatestRevision;

    /// <summary>When it was first published, UTC.</summary>
    public DateTimeOffset? FirstPublishedAt { get; init; }

    /// <summary>The date of the last verification that confirmed the entry.</summary>
    public DateOnly? AssuredOn { get; init; }

    /// <summary>The date the next verification is due.</summary>
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>The date of its capacity information.</summary>
    public DateOnly? CapacityAsOf { get; init; }

    /// <summary>The earliest expiration date of a license or accreditation.</summary>
    public DateOnly? CredentialExpiresOn { get; init; }

    /// <summary>The assigned curator.</summary>
    public Guid? AssignedTo { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its latest revision was saved, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The entry it was merged into. Not set in lists of entries.</summary>
    public Guid? MergedInto { get; init; }
}
