using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>A broader search and its results.</summary>
/// <param name="Dropped">What was dropped: fields of filters, or names of parameters.</param>
/// <param name="Result">The results without it.</param>
public sealed record WiderSearch(IReadOnlyList<string> Dropped, SearchResult Result)
{
    /// <summary>What can be dropped, the least important first; the words last.</summary>
    private static readonly IReadOnlyList<Part> Parts =
    [
        new("openNow", q => q.OpenAt is not null, q => q with { OpenAt = null }),
        new("verifiedWithin", q => q.AssuredSince is not null, q => q with { AssuredSince = null }),
        .. Filters(FilterWeight.Passing),
        new("radius", q => q.RadiusMiles is not null, q => q with { RadiusMiles = null }),
        new("near", q => q.Places.Count > 0, q => q with { Places = [], RadiusMiles = null, Sort = q.Sort == SearchSort.Distance ? SearchSort.Relevance : q.Sort }),
        .. Filters(FilterWeight.Place),
        new("to", q => q.To is not null, q => q with { To = null }),
        new("from", q => q.From is not null, q => q with { From = null }),
        .. Filters(FilterWeight.Detail),
        new("age", q => q.Age is not null, q => q with { Age = null }),
        .. Filters(FilterWeight.Need),
        .. Filters(FilterWeight.Essential),
        new("q", q => q.Text is not null, q => q with { Text = null, Question = null }),
    ];

    /// <summary>The search with results that drops the least; null if there is none.</summary>
    public static WiderSearch? Nearest(DirectorySnapshot snapshot, SearchQuery query)
    {
        var given = Parts.Where(part => part.IsIn(query)).ToList();
        foreach (var part in given)
        {
            if (snapshot.Search(part.Without(query)) is { Total: > 0 } found)
            {
                return new([part.Name], found);
            }
        }

        // Dropping one part is not enough: drop one more each time, then restore the parts that need not be dropped.
        for (var count = 2; count <= given.Count; count++)
        {
            var dropped = given.Take(count).ToList();
            if (snapshot.Search(Without(query, dropped)).Total > 0)
            {
                var needed = dropped.Aggregate(dropped, (kept, part) =>
                    kept.Where(p => p != part).ToList() is { Count: > 0 } fewer && snapshot.Search(Without(query, fewer)).Total > 0 ? fewer : kept);
                return new([.. needed.Select(p => p.Name)], snapshot.Search(Without(query, needed)));
            }
        }

        return null;
    }

    private static SearchQuery Without(SearchQuery query, IEnumerable<Part> parts) => parts.Aggregate(query, (wider, part) => part.Without(wider));

    private static IEnumerable<Part> Filters(FilterWeight weight) => SearchFields.All.Where(f => f.Weight == weight).Select(field => new Part(
        field.Name,
        query => query.Terms.Any(t => t.Field == field),
        query => query with { Terms = [.. query.Terms.Where(t => t.Field != field)] }));

    private sealed record Part(string Name, Func<SearchQuery, bool> IsIn, Func<SearchQuery, SearchQuery> Without);
}
