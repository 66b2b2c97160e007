using HealthEquity.Api.Parameters;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>What every list of entries can be asked for. A parameter repeated means any of its values; different ones mean all.</summary>
public abstract record ListRequest : IFilteredRequest
{
    /// <inheritdoc/>
    public IDictionary<SearchField, IReadOnlyList<string>> Filters { get; } = new Dictionary<SearchField, IReadOnlyList<string>>();

    /// <summary>Words, part of a name, a telephone number or a ZIP code. Spelling mistakes, accents and word endings don't matter.</summary>
    [Parameter(Example = "terapeuta")]
    public string? Q { get; init; }

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
    /// <summary>Where you are: a ZIP code, or latitude and longitude in degrees. It is not kept.</summary>
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
    /// <summary>ZIP codes: only who serves one of them.</summary>
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
