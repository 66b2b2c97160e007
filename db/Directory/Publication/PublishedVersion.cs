namespace HealthEquity.Directory.Publication;

/// <summary>Which version of an entry is published.</summary>
public sealed record PublishedVersion
{
    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The sequence number of its last change.</summary>
    public long Sequence { get; init; }

    /// <summary>When that was published, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>True if the entry was withdrawn.</summary>
    public bool IsWithdrawn { get; init; }
}
