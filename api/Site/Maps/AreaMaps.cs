using System.Collections.Concurrent;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Api.Site.Maps;

/// <summary>
/// Draws small maps here, so that no browser asks a map server for them. What lies under the dots is kept: frames lie on a grid, so that
/// searches in the same area mostly share one.
/// </summary>
public sealed class AreaMaps
{
    private const double SmallestSpan = 45;
    private const double LargestSpanWithCounties = 420;
    private const int MostTowns = 5;
    private const int LetterWidth = 6;
    private const int TownHeight = 16;
    private const int SamePlace = 12;
    private const int MostGrounds = 500;

    private volatile ConcurrentDictionary<MapFrame, Ground> _grounds = [];

    /// <summary>Draws a map around points.</summary>
    /// <param name="points">Where the results are; at least one.</param>
    /// <param name="text">What the map shows, in words.</param>
    public AreaMap Around(IReadOnlyList<GeoPoint> points, string text)
    {
        var frame = MapFrame.Around(points, SmallestSpan);
        var grounds = _grounds;
        if (grounds.Count >= MostGrounds)
        {
            _grounds = grounds = [];
        }

        var ground = grounds.GetOrAdd(frame, Draw);
        var dots = DotsOf(frame, points);
        return new AreaMap(ground.Land, ground.Borders, TownsOf(ground.Towns, dots), dots, text);
    }

    /// <summary>How wide a map of these points is, miles.</summary>
    public static double MilesWide(IReadOnlyList<GeoPoint> points) => MapFrame.Around(points, SmallestSpan).MilesWide;

    private static Ground Draw(MapFrame frame)
    {
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

        var towns = Gazetteer.Shipped.LargestTowns(frame.Box).Take(MostTowns * 4).Select(t => (frame.Place(new GeoPoint(t.Latitude, t.Longitude)), t.Name));
        return new Ground(land, path.Take(), [.. towns]);
    }

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
    private static List<MapTown> TownsOf(IReadOnlyList<((int X, int Y) Point, string Name)> largest, List<MapDot> dots)
    {
        var taken = dots.ConvertAll(d => (Left: d.X - 9, Right: d.X + 9, Top: d.Y - 9, Bottom: d.Y + 9));
        var towns = new List<MapTown>();
        foreach (var ((x, y), name) in largest)
        {
            var width = (name.Length * LetterWidth) + 8;
            var isLeft = x + width > AreaMap.Width;
            var box = (Left: isLeft ? x - width : x - 3, Right: isLeft ? x + 3 : x + width, Top: y - (TownHeight / 2), Bottom: y + (TownHeight / 2));
            var fits = box.Left >= 0 && box.Right <= AreaMap.Width && box.Top >= 0 && box.Bottom <= AreaMap.Height;
            if (fits && !taken.Exists(t => box.Left < t.Right && t.Left < box.Right && box.Top < t.Bottom && t.Top < box.Bottom))
            {
                taken.Add(box);
                towns.Add(new MapTown(x, y, name, isLeft));
                if (towns.Count == MostTowns)
                {
                    break;
                }
            }
        }

        return towns;
    }

    /// <summary>What lies under the dots of a map.</summary>
    private sealed record Ground(string Land, string Borders, IReadOnlyList<((int X, int Y) Point, string Name)> Towns);
}
