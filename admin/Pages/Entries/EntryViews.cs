using System.Collections.Concurrent;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>A view and the number of entries in it.</summary>
/// <param name="Name">The view's name.</param>
/// <param name="Url">The view's address in the console.</param>
/// <param name="Query">The search.</param>
/// <param name="Number">The number of entries.</param>
/// <param name="Saved">The saved view; null for one that the console brings along.</param>
public sealed record CountedView(string Name, string Url, string Query, int Number, SavedView? Saved)
{
    /// <summary>What the number counts, in the list of things to do.</summary>
    public string Work { get; init; } = Name;

    /// <summary>Whether it is one of the views of unfinished texts, of which there is one for each language.</summary>
    public bool IsOfLanguage { get; init; }
}

/// <summary>The counts of views, kept until anything in the directory changes.</summary>
public sealed class ViewCounts
{
    private const int MaxKept = 5_000;

    private readonly ConcurrentDictionary<(Guid Curator, string Query), (long Head, int Number)> _counts = new();

    private readonly ConcurrentDictionary<string, (long Head, IReadOnlyList<UnfinishedTexts> Counts)> _unfinished = new(StringComparer.Ordinal);

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

    /// <summary>The entries with unfinished texts by language, as of a change number.</summary>
    internal async Task<IReadOnlyList<UnfinishedTexts>> UnfinishedAsync(DbSession session, IReadOnlyList<string> languages, long head, CancellationToken cancellation)
    {
        var key = string.Join(' ', languages);
        if (!_unfinished.TryGetValue(key, out var kept) || kept.Head != head)
        {
            var read = languages.Count > 0 ? languages : await UnfinishedTexts.LanguagesAsync(session, cancellation);
            _unfinished[key] = kept = (head, await UnfinishedTexts.CountAsync(session, read, cancellation));
        }

        return kept.Counts;
    }
}

/// <summary>
/// The views of the list of entries with their counts: those that the console brings along, the curator's own, and the team's.
/// </summary>
public sealed class EntryViews(SearchFilters filters, ViewCounts counts)
{
    private const string LacksPrefix = "lacks-";

    /// <summary>The views that the console brings along, besides one for each language of the directory.</summary>
    public static IReadOnlyList<(string Slug, string Name, string Query)> BuiltIn { get; } =
    [
        ("mine", "Mine", "?assigned=me"),
        ("never-checked", "Never checked", "?listing=published&where=assured%3Anever"),
        ("languages-unknown", "Languages unknown", "?listing=published&where=languages%3Aempty"),
    ];

    /// <summary>The search of a view that the console brings along; null if it brings none with that slug.</summary>
    public static string? QueryOf(string slug) =>
        slug.StartsWith(LacksPrefix, StringComparison.Ordinal) && LanguageTag.IsValid(slug[LacksPrefix.Length..]) ? Lacking(slug[LacksPrefix.Length..])
            : BuiltIn.FirstOrDefault(v => v.Slug == slug).Query;

    /// <summary>Lists the views that a curator sees. Views that the console brings along are omitted while they are empty.</summary>
    /// <param name="session">A session.</param>
    /// <param name="curator">The curator.</param>
    /// <param name="languages">The languages of a translator or language reviewer; empty for people who work in all languages.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<IReadOnlyList<CountedView>> ListAsync(DbSession session, Guid curator, IReadOnlyList<string> languages, CancellationToken cancellation)
    {
        var head = await LatestTexts.HeadAsync(session, cancellation);
        var views = new List<CountedView>();
        // The people's own views come first: there can be many others.
        foreach (var view in await SavedViews.ListAsync(session, curator, cancellation))
        {
            var number = await CountAsync(session, view.Query, curator, head, cancellation);
            views.Add(new CountedView(view.Name, "/entries/views/" + view.Slug, view.Query, number, view));
        }

        foreach (var (slug, name, query) in BuiltIn)
        {
            if (await CountAsync(session, query, curator, head, cancellation) is > 0 and var number)
            {
                views.Add(new CountedView(name, "/entries/views/" + slug, query, number, Saved: null));
            }
        }

        var unfinished = await counts.UnfinishedAsync(session, languages, head, cancellation);
        views.AddRange(unfinished.Where(u => u.Number > 0).Select(u => new CountedView(
            $"Lacks {EntryFormView.LanguageName(u.Language)}", $"/entries/views/{LacksPrefix}{u.Language}", Lacking(u.Language), u.Number, Saved: null)
        {
            Work = $"with unfinished texts in {EntryFormView.LanguageName(u.Language)}",
            IsOfLanguage = true,
        }));
        return views;
    }

    /// <summary>The search for public entries with unfinished texts in a language.</summary>
    public static string Lacking(string language) => $"?listing=published&where=texts%3Anot%3A{language}";

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
