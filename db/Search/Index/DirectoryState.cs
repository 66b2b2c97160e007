using System.Collections.Concurrent;
using System.Collections.Immutable;
using HealthEquity.Directory.Publication;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>The data of one snapshot. Columns are append-only and shared with later snapshots; everything else belongs to the snapshot.</summary>
internal sealed record DirectoryState
{
    public required IndexColumns Columns { get; init; }

    /// <summary>The entries as served, by ordinal.</summary>
    public required AppendList<IndexedEntry> Entries { get; init; }

    /// <summary>The live ordinals, without replaced or withdrawn entries.</summary>
    public required ulong[] Alive { get; init; }

    public required long Sequence { get; init; }

    /// <summary>The epoch of the sequence; empty before the first load.</summary>
    public Guid Epoch { get; init; }

    public required long Generation { get; init; }

    public required ImmutableDictionary<Guid, int> Ids { get; init; }

    /// <summary>Ordinals by current and former slug.</summary>
    public required ImmutableDictionary<string, int> Slugs { get; init; }

    public required ImmutableDictionary<Guid, Tombstone> Withdrawn { get; init; }

    public required ImmutableDictionary<string, Guid> WithdrawnSlugs { get; init; }

    /// <summary>Entries that could not be loaded.</summary>
    public required ImmutableDictionary<Guid, LeftOutEntry> LeftOut { get; init; }

    /// <summary>Ordinals sorted by name.</summary>
    public required int[] NameOrder { get; init; }

    /// <summary>Ordinals sorted by last verification, latest first.</summary>
    public required int[] VerifiedOrder { get; init; }

    /// <summary>Reusable search arrays, shared by all snapshots.</summary>
    public required ConcurrentBag<SearchWorkspace> Workspaces { get; init; }

    /// <summary>The number of ordinals in the snapshot.</summary>
    public int Ordinals { get; init; }

    /// <summary>
    /// True if the database says the same of every change up to the last one here. It does not after somebody copied an older file over the
    /// database: then the same numbers may belong to other changes.
    /// </summary>
    public bool Agrees(IReadOnlyList<PublishedVersion> rows)
    {
        var known = 0;
        foreach (var row in rows)
        {
            var isHere = Ids.TryGetValue(row.EntryId, out var ordinal);
            var tombstone = Withdrawn.GetValueOrDefault(row.EntryId);
            known += isHere || tombstone is not null ? 1 : 0;
            if (row.Sequence > Sequence)
            {
                continue;
            }

            var agrees = row.IsWithdrawn
                ? tombstone?.Sequence == row.Sequence
                : isHere && Entries[ordinal] is var entry && entry.Sequence == row.Sequence && entry.ChangedAt == row.ChangedAt;
            if (!agrees)
            {
                return false;
            }
        }

        return known == Ids.Count + Withdrawn.Count;
    }

    /// <summary>An empty directory.</summary>
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
        LeftOut = ImmutableDictionary<Guid, LeftOutEntry>.Empty,
        NameOrder = [],
        VerifiedOrder = [],
        Workspaces = [],
    };
}
