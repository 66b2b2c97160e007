namespace HealthEquity.Db.Search;

/// <summary>What was given up to find anything.</summary>
public enum Relaxation
{
    /// <summary>The distance: <see cref="WiderAnswer.Query"/> has a longer one, or none.</summary>
    Radius,

    /// <summary>Open now.</summary>
    OpenNow,

    /// <summary>Verified since.</summary>
    Verified,

    /// <summary>A filter on a field: <see cref="WiderAnswer.Field"/> says which.</summary>
    Field,

    /// <summary>The age.</summary>
    Age,

    /// <summary>The days of events.</summary>
    Dates,

    /// <summary>The ZIP codes served.</summary>
    Zip,

    /// <summary>A word, or all words: <see cref="WiderAnswer.Query"/> has those that are left.</summary>
    Text,

    /// <summary>Every condition but the kinds and the place.</summary>
    Everything,
}

/// <summary>The nearest wider search that finds something.</summary>
public sealed record WiderAnswer
{
    /// <summary>What was given up.</summary>
    public required Relaxation Dropped { get; init; }

    /// <summary>The field given up, one of <see cref="SearchFields"/>; null unless <see cref="Dropped"/> is <see cref="Relaxation.Field"/>.</summary>
    public string? Field { get; init; }

    /// <summary>The wider query.</summary>
    public required SearchQuery Query { get; init; }

    /// <summary>What it finds; never empty.</summary>
    public required SearchResult Result { get; init; }
}

/// <summary>
/// Finds something when a search finds nothing: gives up one condition, the one that costs the reader least. A longer way or
/// another day comes before another kind of help; the reader's language and safety (immigration status) go last of the filters.
/// </summary>
public static class WiderSearch
{
    private const int WordsTriedAtMost = 6;

    private static readonly double[] Radii = [25, 50, 100, 250];

    private static readonly string[] DearFields =
        [SearchFields.Kind, SearchFields.Language, SearchFields.ImmigrationStatus, SearchFields.State, SearchFields.PracticeArea, SearchFields.Specialty];

    /// <summary>The nearest wider search that finds something; null when the directory has nothing of these kinds at all.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="query">A search that found nothing.</param>
    public static WiderAnswer? NearestWider(this DirectorySnapshot directory, SearchQuery query) =>
        Wider(query with { Skip = 0 })
            .Select(w => new WiderAnswer { Dropped = w.Dropped, Field = w.Field, Query = w.Query, Result = directory.Search(w.Query) })
            .FirstOrDefault(a => a.Result.Total > 0);

    private static IEnumerable<(Relaxation Dropped, string? Field, SearchQuery Query)> Wider(SearchQuery query)
    {
        foreach (var radius in Radii.Where(r => r > query.RadiusMiles))
        {
            yield return (Relaxation.Radius, null, query with { RadiusMiles = radius });
        }

        if (query.OpenAt is not null)
        {
            yield return (Relaxation.OpenNow, null, query with { OpenAt = null });
        }

        if (query.AssuredSince is not null)
        {
            yield return (Relaxation.Verified, null, query with { AssuredSince = null });
        }

        foreach (var field in query.Terms.Select(t => t.Field).Distinct().OrderBy(f => Array.IndexOf(DearFields, f) is >= 0 and var i ? DearFields.Length - i : 0))
        {
            yield return (Relaxation.Field, field, query with { Terms = [.. query.Terms.Where(t => t.Field != field)] });
        }

        foreach (var (dropped, wider) in WithoutOne(query))
        {
            yield return (dropped, null, wider);
        }

        var place = new SearchQuery { Kinds = query.Kinds, Near = query.Near, Language = query.Language, Sort = query.Sort, Take = query.Take, Facets = query.Facets };
        var languages = query.Terms.Where(t => t.Field == SearchFields.Language).ToList();
        yield return (Relaxation.Everything, null, place with { ServesZip = query.ServesZip, Terms = languages });
        yield return (Relaxation.Everything, null, place with { ServesZip = query.ServesZip });
        yield return (Relaxation.Everything, null, place);
    }

    private static IEnumerable<(Relaxation Dropped, SearchQuery Query)> WithoutOne(SearchQuery query)
    {
        if (query.Age is not null)
        {
            yield return (Relaxation.Age, query with { Age = null });
        }

        if (query.From is not null || query.To is not null)
        {
            yield return (Relaxation.Dates, query with { From = null, To = null });
        }

        if (query.RadiusMiles is not null)
        {
            yield return (Relaxation.Radius, query with { RadiusMiles = null });
        }

        if (query.ServesZip.Count > 0)
        {
            yield return (Relaxation.Zip, query with { ServesZip = [] });
        }

        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            var words = query.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = words.Length - 1; i >= 0 && words.Length is > 1 and <= WordsTriedAtMost; i--)
            {
                yield return (Relaxation.Text, query with { Text = string.Join(' ', words.Where((_, at) => at != i)) });
            }

            yield return (Relaxation.Text, query with { Text = null });
        }
    }
}
