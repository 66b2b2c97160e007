using HealthEquity.Api.Parameters;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>Parameters of every list of entries. A repeated parameter means any of its values; different parameters must all match.</summary>
public abstract record ListRequest : IFilteredRequest
{
    /// <inheritdoc/>
    public IDictionary<SearchField, IReadOnlyList<string>> Filters { get; } = new Dictionary<SearchField, IReadOnlyList<string>>();

    /// <summary>
    /// A question in everyday words in any language, part of a name, a phone number or a place. It is searched for danger, place, need and
    /// language; "understood" in the response says how it was interpreted. It is never stored.
    /// </summary>
    [Parameter(Example = "terapeuta", MaxLength = QuestionText.MaxLength)]
    public string? Q { get; init; }

    /// <summary>Interpretations of "q" to undo: codes from "understood" ("specialty:sleep", "place"). Their words are then searched as plain text.</summary>
    [Parameter(Example = "place")]
    public IReadOnlyList<string> Not { get; init; } = [];

    /// <summary>
    /// True to exclude entries that don't match "language" or "immigrationStatus". Otherwise matching entries come first, then those without
    /// this information, then the rest.
    /// </summary>
    [Parameter(Example = "true")]
    public bool? Strict { get; init; }

    /// <summary>The language of the response, BCP-47. The default is Accept-Language, or else each entry's own language.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }

    /// <summary>The page, from 1.</summary>
    [Parameter(Example = "1")]
    public int Page { get; init; } = 1;

    /// <summary>Entries per page, at most 100.</summary>
    [Parameter(Example = "20")]
    public int PageSize { get; init; } = 20;

    /// <summary>The order: best match, distance (needs "near"), name, or most recently verified.</summary>
    [Parameter(Example = "relevance")]
    public SearchSort Sort { get; init; }

    /// <summary>Only entries confirmed within this number of days.</summary>
    [Parameter(Example = "90")]
    public int? VerifiedWithin { get; init; }

    /// <summary>Parameters to count the values of, over all matches.</summary>
    [Parameter(Codes = CodeSet.Facet, Example = "language")]
    public IReadOnlyList<string> Facets { get; init; } = [];
}

/// <summary>More parameters for lists of entries with a place.</summary>
public abstract record PlacedListRequest : ListRequest
{
    /// <summary>
    /// Where you are: a town ("Houston, TX"), ZIP code, county, state or region, or latitude and longitude in degrees. Finds entries
    /// within 25 miles and entries that serve the place. If there are fewer than five, the search widens to 50 miles, 100 miles and the state.
    /// It is never stored.
    /// </summary>
    [Parameter(Example = "33101")]
    public string? Near { get; init; }

    /// <summary>The maximum distance, in "unit".</summary>
    [Parameter(Example = "25")]
    public double? Radius { get; init; }

    /// <summary>The unit of "radius" and of the distances in the response.</summary>
    [Parameter(Example = "mi")]
    public DistanceUnit Unit { get; init; }
}

/// <summary>More parameters for lists of entries that help people.</summary>
public abstract record ServiceListRequest : PlacedListRequest
{
    /// <summary>ZIP codes. Like "near", but can be repeated.</summary>
    [Parameter(Codes = CodeSet.Zip, Example = "33101")]
    public IReadOnlyList<string> Zip { get; init; } = [];

    /// <summary>An age in whole years. Finds entries that serve this age or state no ages.</summary>
    [Parameter(Example = "16")]
    public int? Age { get; init; }

    /// <summary>Only entries that are open now.</summary>
    [Parameter(Example = "true")]
    public bool? OpenNow { get; init; }
}

/// <summary>A unit of distance.</summary>
public enum DistanceUnit
{
    /// <summary>Statute miles.</summary>
    Mi,

    /// <summary>Kilometers.</summary>
    Km,
}
