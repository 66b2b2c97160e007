using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Search.Columns;
using HealthEquity.Search.Questions;

namespace HealthEquity.Search.Index;

/// <summary>A search query. Values in one list are alternatives (or); different members are combined (and).</summary>
public sealed record SearchQuery
{
    /// <summary>Words, a partial name, a phone number or a ZIP code.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The text as it was understood; then its meanings, its place and its words are looked for, and most of it must be found. Null to
    /// look for the words of <see cref="Text"/> alone, all of which must be found.
    /// </summary>
    public ReadQuestion? Question { get; init; }

    /// <summary>Where help is looked for: entries near any of these places, and entries that serve it. Empty for anywhere.</summary>
    public IReadOnlyList<SearchPlace> Places { get; init; } = [];

    /// <summary>Languages of which one is to be spoken: who speaks it comes first, then who does not say, then the rest.</summary>
    public IReadOnlyList<string> PreferredLanguages { get; init; } = [];

    /// <summary>Codes of the immigration status policy of which one is wanted: ordered likewise.</summary>
    public IReadOnlyList<string> PreferredStatus { get; init; } = [];

    /// <summary>True when it is answered by what was understood, and ranked by it.</summary>
    internal bool IsUnderstood => Question is not null || Places.Count > 0 || PreferredLanguages.Count > 0 || PreferredStatus.Count > 0;

    /// <summary>The reader's language, BCP-47. Its word stems rank first; all languages are searched.</summary>
    public string? Language { get; init; }

    /// <summary>Kinds to search; empty means all.</summary>
    public IReadOnlyList<EntryKind> Kinds { get; init; } = [];

    /// <summary>Filters on coded values.</summary>
    public IReadOnlyList<TermFilter> Terms { get; init; } = [];

    /// <summary>The reader's location.</summary>
    public GeoPoint? Near { get; init; }

    /// <summary>The maximum distance in miles; null means no limit.</summary>
    public double? RadiusMiles { get; init; }

    /// <summary>Five-digit ZIP codes. Matches entries that serve any of them.</summary>
    public IReadOnlyList<string> ServesZip { get; init; } = [];

    /// <summary>An age in whole years. Matches entries that serve it or have no age limit.</summary>
    public int? Age { get; init; }

    /// <summary>Only entries that are open at this moment.</summary>
    public DateTimeOffset? OpenAt { get; init; }

    /// <summary>Entries that are open at this moment come before equals.</summary>
    public DateTimeOffset? PreferOpenAt { get; init; }

    /// <summary>Only entries assured on or after this date.</summary>
    public DateOnly? AssuredSince { get; init; }

    /// <summary>Only events on or after this date.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only events on or before this date.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The sort order.</summary>
    public SearchSort Sort { get; init; } = SearchSort.Relevance;

    /// <summary>The number of results to skip.</summary>
    public int Skip { get; init; }

    /// <summary>The maximum number of results.</summary>
    public int Take { get; init; } = 20;

    /// <summary>Fields to count by value.</summary>
    public IReadOnlyList<SearchField> Facets { get; init; } = [];
}

/// <summary>A filter: the field has any of the values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">Codes of the field's vocabulary.</param>
public sealed record TermFilter(SearchField Field, IReadOnlyList<string> Values);

/// <summary>The sort order of results.</summary>
public enum SearchSort
{
    /// <summary>Best match first; without words, most recently verified first.</summary>
    Relevance,

    /// <summary>Nearest first; requires <see cref="SearchQuery.Near"/>.</summary>
    Distance,

    /// <summary>By name.</summary>
    Name,

    /// <summary>Most recently verified first.</summary>
    Verified,
}

/// <summary>The result of a search.</summary>
public sealed record SearchResult
{
    /// <summary>The total number of matches.</summary>
    public required int Total { get; init; }

    /// <summary>The requested page, in order.</summary>
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>Counts by field and value, largest first, over all matches, ignoring the filter on the field itself.</summary>
    public required IReadOnlyList<FacetCounts> Facets { get; init; }

    /// <summary>True if few or no entries matched the exact words and similar spellings were used.</summary>
    public bool Fuzzy { get; init; }

    /// <summary>How far around the place the search went; null when it named none.</summary>
    public SearchRadius? Radius { get; init; }

    /// <summary>What was asked for and had to be left out for anything to be found.</summary>
    public IReadOnlyList<DroppedPart> Dropped { get; init; } = [];
}

/// <summary>One result of a search.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="DistanceMiles">Miles from <see cref="SearchQuery.Near"/> to the nearest published location; null if unknown or not requested.</param>
public readonly record struct SearchHit(IndexedEntry Entry, double? DistanceMiles);

/// <summary>The counts of a field's values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">Values with their counts, largest first.</param>
public sealed record FacetCounts(SearchField Field, IReadOnlyList<FacetCount> Values);
