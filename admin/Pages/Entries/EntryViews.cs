using System.Collections.Concurrent;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>A view and the number of entries in it.</summary>
/// <param name="Name">The view's name.</param>
/// <param name="Url">The view's address in the console.</param>
/// <param name="Query">The search.</param>
/// <param name="Number">The number of entries.</param>
/// <param name="Saved">The saved view; null for one that the console brings along.</param>
public sealed record CountedView(string Name, string Url, string Query, int Number, SavedView? Saved);

/// <summary>The counts of views, kept until anything in the directory changes.</summary>
public sealed class ViewCounts
{
    private const int MaxKept = 5_000;

    private readonly ConcurrentDictionary<(Guid Curator, string Query), (long Head, int Number)> _counts = new();

    /// <summary>The count as of a change number; null if it is not known.</summary>
    internal int? Find(Guid curator, string query, long head) => _counts.TryGetValue((curator, query), out var kept) && kept.Head == head ? kept.Number : null;

    internal void Keep(Guid curator, string query, long head, int number)
    {
        if (_counts.Count >= MaxKept)
        {
            _counts.Clear();
        }

        _counts[(curator, query)] = (head, number);
    }
}

/// <summary>
/// The views of the list of entries with their counts: those that the console brings along, the curator's own, and the team's.
/// </summary>
public sealed class EntryViews(SearchFilters filters, ViewCounts counts)
{
    /// <summary>The views that the console brings along.</summary>
    public static IReadOnlyList<(string Slug, string Name, string Query)> BuiltIn { get; } =
    [
        ("mine", "Mine", "?assigned=me"),
        ("never-checked", "Never checked", "?listing=published&where=assured%3Anever"),
        ("languages-unknown", "Languages unknown", "?listing=published&where=languages%3Aempty"),
    ];

    /// <summary>Lists the views that a curator sees. Views that the console brings along are omitted while they are empty.</summary>
    public async Task<IReadOnlyList<CountedView>> ListAsync(DbSession session, Guid curator, CancellationToken cancellation)
    {
        var head = await LatestTexts.HeadAsync(session, cancellation);
        var views = new List<CountedView>();
        foreach (var (slug, name, query) in BuiltIn)
        {
            if (await CountAsync(session, query, curator, head, cancellation) is > 0 and var number)
            {
                views.Add(new CountedView(name, "/entries/views/" + slug, query, number, Saved: null));
            }
        }

        foreach (var view in await SavedViews.ListAsync(session, curator, cancellation))
        {
            var number = await CountAsync(session, view.Query, curator, head, cancellation);
            views.Add(new CountedView(view.Name, "/entries/views/" + view.Slug, view.Query, number, view));
        }

        return views;
    }

    private async Task<int> CountAsync(DbSession session, string query, Guid curator, long head, CancellationToken cancellation)
    {
        if (counts.Find(curator, query, head) is { } kept)
        {
            return kept;
        }

        var (filter, isIndexed) = await filters.ReadAsync(session, EntrySearch.Parse(query), curator, cancellation);
        var number = await EntryFinder.CountAsync(session, filter, cancellation);
        if (isIndexed)
        {
            counts.Keep(curator, query, head, number);
        }

        return number;
    }
}
