using HealthEquity.Directory.Publication;

namespace HealthEquity.Search.Index;

/// <summary>A directory that was read from a file.</summary>
/// <param name="state">The directory.</param>
internal sealed class LoadedDirectory(DirectoryState state)
{
    /// <summary>The directory.</summary>
    public DirectoryState State => state;

    /// <summary>
    /// True if the database says the same of every change up to the last one here. It does not after somebody copied an older file over the
    /// database: then the same numbers may belong to other changes.
    /// </summary>
    public bool Agrees(IReadOnlyList<PublishedVersion> rows)
    {
        var known = 0;
        foreach (var row in rows)
        {
            var isHere = state.Ids.TryGetValue(row.EntryId, out var ordinal);
            var tombstone = state.Withdrawn.GetValueOrDefault(row.EntryId);
            known += isHere || tombstone is not null ? 1 : 0;
            if (row.Sequence > state.Sequence)
            {
                continue;
            }

            var agrees = row.IsWithdrawn
                ? tombstone?.Sequence == row.Sequence
                : isHere && state.Entries[ordinal] is var entry && entry.Sequence == row.Sequence && entry.ChangedAt == row.ChangedAt;
            if (!agrees)
            {
                return false;
            }
        }

        return known == state.Ids.Count + state.Withdrawn.Count;
    }
}
