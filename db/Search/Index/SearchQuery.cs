using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Index;

/// <summary>What somebody looks for. Every list means "any of these"; different members mean "all of these".</summary>
public sealed record SearchQuery
{
    /// <summary>Words, a partial name, a telephone number or a ZIP code.</summary>
    public string? Text { get; init; }

    /// <summary>The reader's language, BCP-47: chooses synonyms and word endings first; all languages are searched.</summary>
    public string? Language { get; init; }

    /// <summary>Kinds to search; empty means all.</summary>
    public IReadOnlyList<EntryKind> Kinds { get; init; } = [];

    /// <summary>Filters on coded values.</summary>
    public IReadOnlyList<TermFilter> Terms { get; init; } = [];

    /// <summary>Where the reader is.</summary>
    public GeoPoint? Near { get; init; }

    /// <summary>How far away at most, miles; null means no limit.</summary>
    public double? RadiusMiles { get; init; }

    /// <summary>ZIP codes, five digits: entries that serve any of them.</summary>
    public IReadOnlyList<string> ServesZip { get; init; } = [];

    /// <summary>An age, whole years: entries that serve it, or do not say.</summary>
    public int? Age { get; init; }

    /// <summary>Only entries that are open at this moment.</summary>
    public DateTimeOffset? OpenAt { get; init; }

    /// <summary>Only entries assured on or after this day.</summary>
    public DateOnly? AssuredSince { get; init; }

    /// <summary>Only events that take place on or after this day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only events that take place on or before this day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The order of the answers.</summary>
    public SearchSort Sort { get; init; } = SearchSort.Relevance;

    /// <summary>How many answers to pass over.</summary>
    public int Skip { get; init; }

    /// <summary>How many answers to give.</summary>
    public int Take { get; init; } = 20;

    /// <summary>Fields whose values are to be counted.</summary>
    public IReadOnlyList<SearchField> Facets { get; init; } = [];
}

/// <summary>A filter: the field holds any of the values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">Codes, as the field's vocabulary has them.</param>
public sealed record TermFilter(SearchField Field, IReadOnlyList<string> Values);

/// <summary>The order of answers.</summary>
public enum SearchSort
{
    /// <summary>Best match first; with no words, recently verified first.</summary>
    Relevance,

    /// <summary>Nearest first; needs <see cref="SearchQuery.Near"/>.</summary>
    Distance,

    /// <summary>By name.</summary>
    Name,

    /// <summary>Most recently verified first.</summary>
    Verified,
}

/// <summary>What was found.</summary>
public sealed record SearchResult
{
    /// <summary>How many entries match in all.</summary>
    public required int Total { get; init; }

    /// <summary>The page asked for, in order.</summary>
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>Counts by field and value, largest first, over everything that matches (a field's own filter left aside).</summary>
    public required IReadOnlyList<FacetCounts> Facets { get; init; }

    /// <summary>True when nothing matched the words as they are, and near spellings were taken.</summary>
    public bool Fuzzy { get; init; }
}

/// <summary>One entry found.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="DistanceMiles">Miles from <see cref="SearchQuery.Near"/> to the nearest published place; null where unknown or not asked.</param>
public readonly record struct SearchHit(IndexedEntry Entry, double? DistanceMiles);

/// <summary>How often each value of a field occurs.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">Values with their counts, largest first.</param>
public sealed record FacetCounts(SearchField Field, IReadOnlyList<FacetCount> Values);
