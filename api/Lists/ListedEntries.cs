using HealthEquity.Search.Index;
using HealthEquity.Store.Lists;

namespace HealthEquity.Api.Lists;

/// <summary>What became of an entry since a curator put it on a list.</summary>
public enum ListedStatus
{
    /// <summary>It is in the directory.</summary>
    Listed,

    /// <summary>It was merged into another entry, which stands in its place.</summary>
    Merged,

    /// <summary>It was taken down.</summary>
    TakenDown,
}

/// <summary>An entry on a list as the directory has it now.</summary>
/// <param name="Position">Its place, from 1.</param>
/// <param name="Id">The id that the curator chose.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Entry">The entry, or the one that it was merged into; null if it was taken down.</param>
/// <param name="Notes">The curator's note by language; none if it was taken down, because a note may name it.</param>
public sealed record ListedEntry(int Position, Guid Id, ListedStatus Status, IndexedEntry? Entry, IReadOnlyDictionary<string, string> Notes);

/// <summary>Looks the entries of a list up in the directory.</summary>
public static class ListedEntries
{
    private static readonly Dictionary<string, string> NoNotes = [];

    /// <summary>The entries of a list in order. An entry that was merged into one that stands before it is left out.</summary>
    public static IReadOnlyList<ListedEntry> Of(ListContent list, DirectorySnapshot snapshot)
    {
        var (found, shown) = (new List<ListedEntry>(list.Entries.Count), new HashSet<Guid>());
        foreach (var chosen in list.Entries)
        {
            var own = snapshot.Find(chosen.Id);
            var entry = own ?? (snapshot.FindWithdrawn(chosen.Id) is { } gone ? snapshot.FindSurvivor(gone) : null);
            if (entry is null || shown.Add(entry.Id))
            {
                var status = own is not null ? ListedStatus.Listed : entry is not null ? ListedStatus.Merged : ListedStatus.TakenDown;
                found.Add(new ListedEntry(found.Count + 1, chosen.Id, status, entry, entry is null ? NoNotes : chosen.Notes));
            }
        }

        return found;
    }
}
