using HealthEquity.Db.Entries;

namespace HealthEquity.Db.Search;

/// <summary>A published entry as a node keeps it in memory: ready to send.</summary>
public sealed class IndexedEntry
{
    /// <summary>The entry's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The entry's kind.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The entry's slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The number under which it was published.</summary>
    public required long Sequence { get; init; }

    /// <summary>The public document, UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
