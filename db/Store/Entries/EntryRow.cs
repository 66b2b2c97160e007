using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Entries;

/// <summary>An entry's row: what is known of it beside its text.</summary>
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

    /// <summary>Whether the public sees it.</summary>
    public Listing Listing { get; init; }

    /// <summary>Why it is suspended, retired or not to be listed.</summary>
    public string? ListingReason { get; init; }

    /// <summary>Whether a draft is under way.</summary>
    public DraftState DraftState { get; init; }

    /// <summary>The number of the latest revision.</summary>
    public int LatestRevision { get; init; }

    /// <summary>The number of the revision last published.</summary>
    public int? PublishedRevision { get; init; }

    /// <summary>The number of the revision that a check vouches for: the public one, or, of what was never public, the latest.</summary>
    public int CheckedRevision => PublishedRevision ?? LatestRevision;

    /// <summary>When it was first published, UTC.</summary>
    public DateTimeOffset? FirstPublishedAt { get; init; }

    /// <summary>The day of the last confirming verification.</summary>
    public DateOnly? AssuredOn { get; init; }

    /// <summary>The day by which it is to be checked again.</summary>
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>The day on which its capacity was true.</summary>
    public DateOnly? CapacityAsOf { get; init; }

    /// <summary>The first day on which a license or accreditation runs out.</summary>
    public DateOnly? CredentialExpiresOn { get; init; }

    /// <summary>The curator who looks after it.</summary>
    public Guid? AssignedTo { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its latest revision was written, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The entry that it was merged into. Lists of entries leave it out.</summary>
    public Guid? MergedInto { get; init; }
}
