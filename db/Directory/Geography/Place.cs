namespace HealthEquity.Directory.Geography;

/// <summary>What a place is.</summary>
public enum PlaceKind
{
    /// <summary>A city, town, village or post office.</summary>
    City,

    /// <summary>A ZIP code.</summary>
    Zip,

    /// <summary>A county or its equivalent.</summary>
    County,

    /// <summary>A state, the District of Columbia or a territory.</summary>
    State,

    /// <summary>An area with an everyday name, such as the Bay Area: some counties or some states.</summary>
    Region,

    /// <summary>A borough or neighborhood of a city.</summary>
    Borough,

    /// <summary>A pair of coordinates.</summary>
    Point,
}

/// <summary>A place in the United States that a reader can name.</summary>
public sealed record Place
{
    /// <summary>The name alone: "Houston", "Miami-Dade County", "Texas", "33130".</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The USPS code of the state. Null for a region in several states and for a point. Mail to the armed forces has AA, AE or AP;
    /// mail to the freely associated states FM, MH or PW.
    /// </summary>
    public string? State { get; init; }

    /// <summary>The county. A place in several has the one with its middle. Null for a state, a region, a point and military mail.</summary>
    public County? County { get; init; }

    /// <summary>Degrees north, of the middle.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees east, of the middle.</summary>
    public required double Longitude { get; init; }

    /// <summary>How many people live there, about; 0 where unknown.</summary>
    public int Population { get; init; }

    /// <summary>What the place is.</summary>
    public required PlaceKind Kind { get; init; }

    /// <summary>Miles from the middle within which nearly everybody in a county, state or region lives; 0 for other kinds.</summary>
    public double RadiusMiles { get; init; }

    /// <summary>The counties of a region that consists of counties; empty for other places.</summary>
    public IReadOnlyList<County> Counties { get; init; } = [];

    /// <summary>The USPS codes of a region's states, or the state's own.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>The town of a ZIP code; null for other kinds.</summary>
    public string? Town { get; init; }

    /// <summary>The name as people write it: "Houston, TX", "33130 (Miami, FL)", "Miami-Dade County, FL", "Texas", "Bay Area".</summary>
    public string Label => Kind switch
    {
        PlaceKind.Zip => $"{Name} ({Town}, {State})",
        PlaceKind.State or PlaceKind.Region or PlaceKind.Point => Name,
        _ => $"{Name}, {State}",
    };

    /// <summary>Miles from the middle to a point.</summary>
    public double MilesTo(double latitude, double longitude) => GeoDistance.Miles(Latitude, Longitude, latitude, longitude);

    /// <inheritdoc/>
    public override string ToString() => Label;
}
