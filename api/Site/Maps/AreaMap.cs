using HealthEquity.Directory.Geography;

namespace HealthEquity.Api.Site.Maps;

/// <summary>A place on a map.</summary>
/// <param name="X">From the left, in units of the map.</param>
/// <param name="Y">From the top.</param>
/// <param name="Count">How many results are there.</param>
public readonly record struct MapDot(int X, int Y, int Count);

/// <summary>The name of a town on a map.</summary>
/// <param name="X">The town, from the left.</param>
/// <param name="Y">The town, from the top.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsLeft">True when the name ends at the town, because there is no room on its right.</param>
public readonly record struct MapTown(int X, int Y, string Name, bool IsLeft);

/// <summary>A small map of an area: borders, the largest towns, and dots. It is drawn here, so that no browser asks a map server for it.</summary>
/// <param name="Land">The land, as an SVG path.</param>
/// <param name="Borders">The borders of counties, as an SVG path.</param>
/// <param name="Towns">Towns by which people know where they are.</param>
/// <param name="Dots">Where the results are.</param>
/// <param name="Text">What the map shows, in words.</param>
public sealed record AreaMap(string Land, string Borders, IReadOnlyList<MapTown> Towns, IReadOnlyList<MapDot> Dots, string Text)
{
    /// <summary>The width of a map in its own units.</summary>
    public const int Width = 320;

    /// <summary>The height of a map in its own units.</summary>
    public const int Height = 220;

    private const double SmallestSpan = 45;
    private const double LargestSpanWithCounties = 420;
    private const int MostTowns = 5;
    private const int LetterWidth = 6;
    private const int TownHeight = 16;
    private const int SamePlace = 12;

    /// <summary>Draws a map around points.</summary>
    /// <param name="points">Where the results are; at least one.</param>
    /// <param name="text">What the map shows, in words.</param>
    public static AreaMap Around(IReadOnlyList<GeoPoint> points, string text)
    {
        var frame = MapFrame.Around(points, SmallestSpan);
        var path = new MapPath(frame);
        foreach (var ring in Outlines.States)
        {
            path.AddArea(ring);
        }

        var land = path.Take();
        if (frame.MilesWide <= LargestSpanWithCounties)
        {
            foreach (var line in Outlines.CountyLines)
            {
                path.AddLine(line);
            }
        }

        var dots = DotsOf(frame, points);
        return new AreaMap(land, path.Take(), TownsOf(frame, dots), dots, text);
    }

    /// <summary>How wide a map of these points is, miles.</summary>
    public static double MilesWide(IReadOnlyList<GeoPoint> points) => MapFrame.Around(points, SmallestSpan).MilesWide;

    private static List<MapDot> DotsOf(MapFrame frame, IReadOnlyList<GeoPoint> points)
    {
        var dots = new List<MapDot>();
        foreach (var (x, y) in points.Select(frame.Place))
        {
            var near = dots.FindIndex(d => Math.Abs(d.X - x) < SamePlace && Math.Abs(d.Y - y) < SamePlace);
            if (near < 0)
            {
                dots.Add(new MapDot(x, y, 1));
            }
            else
            {
                dots[near] = dots[near] with { Count = dots[near].Count + 1 };
            }
        }

        return dots;
    }

    /// <summary>The largest towns whose names cover neither each other nor a dot.</summary>
    private static List<MapTown> TownsOf(MapFrame frame, List<MapDot> dots)
    {
        var taken = dots.ConvertAll(d => (Left: d.X - 9, Right: d.X + 9, Top: d.Y - 9, Bottom: d.Y + 9));
        var towns = new List<MapTown>();
        foreach (var town in Gazetteer.Shipped.LargestTowns(frame.Box).Take(MostTowns * 4))
        {
            var (x, y) = frame.Place(new GeoPoint(town.Latitude, town.Longitude));
            var width = (town.Name.Length * LetterWidth) + 8;
            var isLeft = x + width > Width;
            var box = (Left: isLeft ? x - width : x - 3, Right: isLeft ? x + 3 : x + width, Top: y - (TownHeight / 2), Bottom: y + (TownHeight / 2));
            var fits = box.Left >= 0 && box.Right <= Width && box.Top >= 0 && box.Bottom <= Height;
            if (fits && !taken.Exists(t => box.Left < t.Right && t.Left < box.Right && box.Top < t.Bottom && t.Top < box.Bottom))
            {
                taken.Add(box);
                towns.Add(new MapTown(x, y, town.Name, isLeft));
                if (towns.Count == MostTowns)
                {
                    break;
                }
            }
        }

        return towns;
    }
}
