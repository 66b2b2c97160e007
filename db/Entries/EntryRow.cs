namespace HealthEquity.Db.Entries;

/// <summary>Whether the public sees an entry.</summary>
public enum Listing
{
    /// <summary>Never published so far.</summary>
    Unpublished,

    /// <summary>Public.</summary>
    Published,

    /// <summary>Taken down for now.</summary>
    Suspended,

    /// <summary>Taken down for good.</summary>
    Retired,

    /// <summary>Asked not to be listed; the row stays, so that no import brings it back.</summary>
    DoNotList,
}

/// <summary>Whether work on an entry is under way, beside what is public.</summary>
public enum DraftState
{
    /// <summary>None: the latest revision is the one last published.</summary>
    None,

    /// <summary>Somebody is writing.</summary>
    Draft,

    /// <summary>Waiting for a reviewer.</summary>
    InReview,
}

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

    /// <summary>The first day on which a licence or accreditation runs out.</summary>
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

/// <summary>One saved state of an entry; never changed.</summary>
public sealed record Revision
{
    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>1 for the first.</summary>
    public int Number { get; init; }

    /// <summary>The text, JSON (<see cref="EntryJson.Revision"/>).</summary>
    public string Body { get; init; } = "";

    /// <summary>Who wrote it: an actor's code.</summary>
    public string Author { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the author says of it.</summary>
    public string? Note { get; init; }

    /// <summary>The revision that this one brings back, if it does.</summary>
    public int? RestoredFrom { get; init; }
}
