using HealthEquity.Directory.Geography;

namespace HealthEquity.Api.Site.Maps;

/// <summary>The rectangle that a map shows, and where points lie in it. North is up; a mile is as long in both directions in the middle.</summary>
internal readonly record struct MapFrame
{
    private const double MilesPerDegree = 69;
    private const double Margin = 1.25;

    // Widths grow by a quarter, and centers lie on a grid of a sixteenth of the width.
    private const double Growth = 1.25;
    private const int Grid = 16;

    private readonly double _west;
    private readonly double _north;
    private readonly double _unitsPerDegreeEast;
    private readonly double _unitsPerDegreeNorth;

    private MapFrame(double latitude, double longitude, double milesWide)
    {
        MilesWide = milesWide;
        _unitsPerDegreeNorth = AreaMap.Width / milesWide * MilesPerDegree;
        _unitsPerDegreeEast = _unitsPerDegreeNorth * Math.Cos(latitude * Math.PI / 180);
        _west = longitude - (AreaMap.Width / 2.0 / _unitsPerDegreeEast);
        _north = latitude + (AreaMap.Height / 2.0 / _unitsPerDegreeNorth);
    }

    /// <summary>How many miles the map is wide.</summary>
    public double MilesWide { get; }

    /// <summary>What the map shows.</summary>
    public BoundingBox Box => new(_north - (AreaMap.Height / _unitsPerDegreeNorth), _north, _west, _west + (AreaMap.Width / _unitsPerDegreeEast));

    /// <summary>The frame that shows all points with some room around them.</summary>
    /// <param name="points">The points; at least one.</param>
    /// <param name="smallest">The least width, miles.</param>
    public static MapFrame Around(IReadOnlyList<GeoPoint> points, double smallest)
    {
        var (south, north) = (points.Min(p => p.Latitude), points.Max(p => p.Latitude));
        var (west, east) = (points.Min(p => Outlines.West(p.Longitude)), points.Max(p => Outlines.West(p.Longitude)));
        var latitude = (south + north) / 2;
        var wide = (east - west) * MilesPerDegree * Math.Cos(latitude * Math.PI / 180);
        var high = (north - south) * MilesPerDegree;
        var least = Math.Max(smallest, Margin * Math.Max(wide, high * AreaMap.Width / AreaMap.Height));
        var miles = smallest * Math.Pow(Growth, Math.Ceiling(Math.Log(least / smallest, Growth) - 1e-9));
        var step = miles / MilesPerDegree / Grid;
        var snapped = Math.Round(latitude / step) * step;
        var stepEast = step / Math.Cos(snapped * Math.PI / 180);
        return new MapFrame(snapped, Math.Round((west + east) / 2 / stepEast) * stepEast, miles);
    }

    /// <summary>A point in units of the map; outside it for a point that it does not show.</summary>
    public (int X, int Y) Place(GeoPoint point) => (
        (int)Math.Round((Outlines.West(point.Longitude) - _west) * _unitsPerDegreeEast),
        (int)Math.Round((_north - point.Latitude) * _unitsPerDegreeNorth));
}
