using HealthEquity.Directory.Geography;

namespace HealthEquity.Search.Index;

/// <summary>Where somebody looks for help.</summary>
public sealed record SearchPlace
{
    /// <summary>The middle of it.</summary>
    public required GeoPoint Point { get; init; }

    /// <summary>Miles from the middle within which most of a county, state or region lies; 0 for a town or a point.</summary>
    public double Reach { get; init; }

    /// <summary>The ZIP code; null where none was said.</summary>
    public string? Zip { get; init; }

    /// <summary>Codes of the counties that it is, or in which it lies.</summary>
    public IReadOnlyList<string> Counties { get; init; } = [];

    /// <summary>USPS codes of the states that it is, or in which it lies.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>What it is.</summary>
    public PlaceExtent Extent { get; init; }

    /// <summary>True when the words may as well be part of a name ("Washington Health System"): then entries of that name are found too.</summary>
    public bool MayBeName { get; init; }

    /// <summary>The place as the gazetteer has it.</summary>
    public static SearchPlace Of(Place place) => new()
    {
        Point = new GeoPoint(place.Latitude, place.Longitude),
        Reach = place.RadiusMiles,
        Zip = place.Kind == PlaceKind.Zip ? place.Name : null,
        Counties = place.Counties.Count > 0 ? [.. place.Counties.Select(c => c.Code)] : place.County is { } county ? [county.Code] : [],
        States = place.States.Count > 0 ? place.States : place.State is { } state ? [state] : [],
        Extent = place.Kind switch
        {
            PlaceKind.State => PlaceExtent.State,
            PlaceKind.County => PlaceExtent.County,
            PlaceKind.Region => place.Counties.Count > 0 ? PlaceExtent.County : place.States.Count > 0 ? PlaceExtent.State : PlaceExtent.Point,
            _ => PlaceExtent.Point,
        },
    };

    /// <summary>The place that a question names.</summary>
    public static SearchPlace Of(PlaceMatch named) => Of(named.Place) with
    {
        MayBeName = named.MayBeName || (named is { HasPreposition: false, NamesState: false } && named.Place.Kind is not (PlaceKind.Zip or PlaceKind.Point)),
        Start = named.Start,
        Length = named.Length,
    };

    /// <summary>Where its name begins in the question; -1 when it was not read from there.</summary>
    public int Start { get; init; } = -1;

    /// <summary>How many characters of the question name it.</summary>
    public int Length { get; init; }
}

/// <summary>How large a place is.</summary>
public enum PlaceExtent
{
    /// <summary>A town, a ZIP code, a point.</summary>
    Point,

    /// <summary>A county, or several.</summary>
    County,

    /// <summary>A state, or several.</summary>
    State,
}

/// <summary>How far a search went.</summary>
/// <param name="Miles">Miles around the place; null when it went through the state.</param>
/// <param name="IsWidened">True when fewer than five were found nearer.</param>
/// <param name="IsState">True when it went through the whole state.</param>
public sealed record SearchRadius(double? Miles, bool IsWidened, bool IsState);

/// <summary>Something that a question asked for and that no entry has with the rest.</summary>
public enum DroppedPart
{
    /// <summary>Words.</summary>
    Words,

    /// <summary>What is needed.</summary>
    Need,

    /// <summary>The place.</summary>
    Place,
}
