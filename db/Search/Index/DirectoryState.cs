using System.Collections.Concurrent;
using System.Collections.Immutable;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>What one snapshot consists of. Columns grow at their end and are shared with later snapshots; all else is its own.</summary>
internal sealed record DirectoryState
{
    public required IndexColumns Columns { get; init; }

    /// <summary>How each entry is served, by ordinal.</summary>
    public required AppendList<IndexedEntry> Entries { get; init; }

    /// <summary>The ordinals that stand; those of entries replaced or withdrawn are not among them.</summary>
    public required ulong[] Alive { get; init; }

    public required long Sequence { get; init; }

    public required long Generation { get; init; }

    public required ImmutableDictionary<Guid, int> Ids { get; init; }

    /// <summary>Ordinals by slug, present and former.</summary>
    public required ImmutableDictionary<string, int> Slugs { get; init; }

    public required ImmutableDictionary<Guid, Tombstone> Withdrawn { get; init; }

    public required ImmutableDictionary<string, Guid> WithdrawnSlugs { get; init; }

    /// <summary>Ordinals by name.</summary>
    public required int[] NameOrder { get; init; }

    /// <summary>Ordinals by the day of the last verification, latest first.</summary>
    public required int[] VerifiedOrder { get; init; }

    /// <summary>Arrays to search with, handed on from snapshot to snapshot.</summary>
    public required ConcurrentBag<SearchWorkspace> Workspaces { get; init; }

    /// <summary>How many ordinals the snapshot knows.</summary>
    public int Ordinals { get; init; }

    /// <summary>A directory with nothing in it.</summary>
    public static DirectoryState Empty(IndexColumns columns) => new()
    {
        Columns = columns,
        Entries = new AppendList<IndexedEntry>(),
        Alive = [],
        Sequence = 0,
        Generation = 0,
        Ids = ImmutableDictionary<Guid, int>.Empty,
        Slugs = ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase),
        Withdrawn = ImmutableDictionary<Guid, Tombstone>.Empty,
        WithdrawnSlugs = ImmutableDictionary.Create<string, Guid>(StringComparer.OrdinalIgnoreCase),
        NameOrder = [],
        VerifiedOrder = [],
        Workspaces = [],
    };
}
