using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Publication;

/// <summary>One row of the public projection, which is also one item of the change feed.</summary>
public sealed record PublishedEntry
{
    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The entry's kind.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The slug, kept also after withdrawal.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The public document, UTF-8 JSON (<see cref="EntryJson.Public"/>); null when withdrawn.</summary>
    public string? Body { get; init; }

    /// <summary>The number of this change; numbers have no gaps and commit in order.</summary>
    public long Sequence { get; init; }

    /// <summary>The day on which the entry was last confirmed.</summary>
    public DateOnly? AssuredOn { get; init; }

    /// <summary>When this change was published, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When the entry was withdrawn, UTC; null while it is public.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>The entry that lives on, where this one was merged into it.</summary>
    public Guid? MergedInto { get; init; }
}
