using HealthEquity.Api.Parameters;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>What every list of entries can be asked for. A parameter repeated means any of its values; different ones mean all.</summary>
public abstract record ListRequest : IFilteredRequest
{
    /// <inheritdoc/>
    public IDictionary<SearchField, IReadOnlyList<string>> Filters { get; } = new Dictionary<SearchField, IReadOnlyList<string>>();

    /// <summary>
    /// A question in everyday words of any language, part of a name, a phone number or a place. It is read for danger, place, need and
    /// language; "understood" in the answer says how. It is not kept.
    /// </summary>
    [Parameter(Example = "terapeuta", MaxLength = QuestionText.Longest)]
    public string? Q { get; init; }

    /// <summary>What "q" is not to be read as: codes from "understood" ("specialty:sleep", "place"). Their words are then looked for as they stand.</summary>
    [Parameter(Example = "place")]
    public IReadOnlyList<string> Not { get; init; } = [];

    /// <summary>
    /// True to leave out entries that do not have what "language" or "immigrationStatus" asks for. Otherwise those that have it come first,
    /// then those that do not say, then the rest.
    /// </summary>
    [Parameter(Example = "true")]
    public bool? Strict { get; init; }

    /// <summary>The language to answer in, BCP-47; without it, Accept-Language is taken, and without that each entry's own.</summary>
    [Parameter(Codes = CodeSet.Language, Example = "es")]
    public string? Lang { get; init; }

    /// <summary>The page, from 1.</summary>
    [Parameter(Example = "1")]
    public int Page { get; init; } = 1;

    /// <summary>Entries on a page, 100 at most.</summary>
    [Parameter(Example = "20")]
    public int PageSize { get; init; } = 20;

    /// <summary>The order: best match, distance (needs "near"), name, or most recently verified.</summary>
    [Parameter(Example = "relevance")]
    public SearchSort Sort { get; init; }

    /// <summary>Only entries that were confirmed within this many days.</summary>
    [Parameter(Example = "90")]
    public int? VerifiedWithin { get; init; }

    /// <summary>Parameters whose values are to be counted over all that matches.</summary>
    [Parameter(Codes = CodeSet.Facet, Example = "language")]
    public IReadOnlyList<string> Facets { get; init; } = [];
}

/// <summary>What lists of entries that have a place can be asked for besides.</summary>
public abstract record PlacedListRequest : ListRequest
{
    /// <summary>
    /// Where you are: a town ("Houston, TX"), ZIP code, county, state or region, or latitude and longitude in degrees. Found are entries
    /// within 25 miles and entries that serve the place; with fewer than five, those within 50 and 100 miles and in the state. It is not kept.
    /// </summary>
    [Parameter(Example = "33101")]
    public string? Near { get; init; }

    /// <summary>How far away at most, in "unit".</summary>
    [Parameter(Example = "25")]
    public double? Radius { get; init; }

    /// <summary>The unit of "radius" and of the distances in the answer.</summary>
    [Parameter(Example = "mi")]
    public DistanceUnit Unit { get; init; }
}

/// <summary>What lists of entries that help people can be asked for besides.</summary>
public abstract record ServiceListRequest : PlacedListRequest
{
    /// <summary>ZIP codes: the same as "near", and several are possible.</summary>
    [Parameter(Codes = CodeSet.Zip, Example = "33101")]
    public IReadOnlyList<string> Zip { get; init; } = [];

    /// <summary>An age in whole years: only who serves it, or does not say.</summary>
    [Parameter(Example = "16")]
    public int? Age { get; init; }

    /// <summary>Only what is open at this moment.</summary>
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
