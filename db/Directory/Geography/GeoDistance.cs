namespace HealthEquity.Directory.Geography;

/// <summary>Distances on a spherical earth, accurate to about half a percent.</summary>
public static class GeoDistance
{
    /// <summary>Kilometers in a mile.</summary>
    public const double KilometersPerMile = 1.609344;

    /// <summary>The earth's mean radius, miles.</summary>
    private const double EarthRadius = 3958.7613;

    /// <summary>The great-circle distance between two points in degrees, miles.</summary>
    public static double Miles(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var latitude = Math.Sin(Radians(latitude2 - latitude1) / 2);
        var longitude = Math.Sin(Radians(longitude2 - longitude1) / 2);
        var chord = (latitude * latitude) + (Math.Cos(Radians(latitude1)) * Math.Cos(Radians(latitude2)) * longitude * longitude);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}

/// <summary>A rectangle in degrees that contains every point within a distance of a center.</summary>
/// <param name="South">The lowest latitude.</param>
/// <param name="North">The highest latitude.</param>
/// <param name="West">The lowest longitude; below -180 if the rectangle crosses the 180th meridian, as in the Aleutians.</param>
/// <param name="East">The highest longitude; above 180 if it crosses the meridian the other way.</param>
public readonly record struct BoundingBox(double South, double North, double West, double East)
{
    /// <summary>The rectangle around a point.</summary>
    public static BoundingBox Around(double latitude, double longitude, double miles)
    {
        // North-south, a mile is at most 1/69 degree; east-west it grows with the latitude.
        var high = miles / 69.0;
        var wide = high / Math.Max(0.01, Math.Cos(Math.Min(89, Math.Abs(latitude) + high) * Math.PI / 180));
        return new BoundingBox(latitude - high, latitude + high, longitude - wide, longitude + wide);
    }

    /// <summary>True if the point is in the rectangle.</summary>
    public bool Contains(double latitude, double longitude) =>
        latitude >= South && latitude <= North
        && ((longitude >= West && longitude <= East) || longitude - 360 >= West || longitude + 360 <= East);
}
