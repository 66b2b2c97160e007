using System.Globalization;
using System.Text;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Api.Site.Maps;

/// <summary>Writes the part of lines and areas that a map shows as an SVG path in whole units, each point once.</summary>
internal sealed class MapPath(MapFrame frame)
{
    // A little more than the map, so that the edge of what was cut off is not seen.
    private const int Beyond = 12;
    private const int Left = -Beyond;
    private const int Top = -Beyond;
    private const int Right = AreaMap.Width + Beyond;
    private const int Bottom = AreaMap.Height + Beyond;

    private static readonly (Func<(int X, int Y), bool> IsInside, Func<(int X, int Y), (int X, int Y), (int X, int Y)> Cut)[] Edges =
    [
        (p => p.X >= Left, (a, b) => (Left, At(a.X, a.Y, b.X, b.Y, Left))),
        (p => p.X <= Right, (a, b) => (Right, At(a.X, a.Y, b.X, b.Y, Right))),
        (p => p.Y >= Top, (a, b) => (At(a.Y, a.X, b.Y, b.X, Top), Top)),
        (p => p.Y <= Bottom, (a, b) => (At(a.Y, a.X, b.Y, b.X, Bottom), Bottom)),
    ];

    private readonly StringBuilder _path = new();
    private readonly BoundingBox _box = frame.Box;

    /// <summary>The path so far; the next one begins empty.</summary>
    public string Take()
    {
        var path = _path.ToString();
        _path.Clear();
        return path;
    }

    /// <summary>Adds the visible part of an area.</summary>
    public void AddArea(Outline ring)
    {
        if (!IsVisible(ring.Box))
        {
            return;
        }

        var points = ring.Points.Select(frame.Place).ToList();
        foreach (var (isInside, cut) in Edges)
        {
            points = Clip(points, isInside, cut);
        }

        if (points.Distinct().Take(3).Count() == 3)
        {
            Write(points);
            _path.Append('z');
        }
    }

    /// <summary>Adds the visible parts of a line.</summary>
    public void AddLine(Outline line)
    {
        if (!IsVisible(line.Box))
        {
            return;
        }

        var run = new List<(int X, int Y)>();
        var before = default((int X, int Y)?);
        foreach (var point in line.Points.Select(frame.Place))
        {
            var isNear = IsInside(point) || (before is { } last && IsInside(last));
            if (isNear)
            {
                if (run.Count == 0 && before is { } start)
                {
                    run.Add(start);
                }

                run.Add(point);
            }
            else
            {
                WriteRun(run);
            }

            before = point;
        }

        WriteRun(run);
    }

    private static int At(int from, int fromValue, int to, int toValue, int where) =>
        fromValue + (int)Math.Round((toValue - fromValue) * (where - from) / (double)(to - from));

    private static bool IsInside((int X, int Y) point) => point is { X: >= Left and <= Right, Y: >= Top and <= Bottom };

    /// <summary>What of a polygon is on one side of an edge (Sutherland and Hodgman).</summary>
    private static List<(int X, int Y)> Clip(List<(int X, int Y)> points, Func<(int X, int Y), bool> isInside, Func<(int X, int Y), (int X, int Y), (int X, int Y)> cut)
    {
        var clipped = new List<(int X, int Y)>(points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            var (before, point) = (points[i == 0 ? points.Count - 1 : i - 1], points[i]);
            if (isInside(point) != isInside(before))
            {
                clipped.Add(cut(before, point));
            }

            if (isInside(point))
            {
                clipped.Add(point);
            }
        }

        return clipped;
    }

    private bool IsVisible(BoundingBox box) => box.West <= _box.East && box.East >= _box.West && box.South <= _box.North && box.North >= _box.South;

    private void WriteRun(List<(int X, int Y)> run)
    {
        if (run.Distinct().Take(2).Count() == 2)
        {
            Write(run);
        }

        run.Clear();
    }

    private void Write(List<(int X, int Y)> points)
    {
        var (x, y) = points[0];
        _path.Append(CultureInfo.InvariantCulture, $"M{x} {y}l");
        var isFirst = true;
        foreach (var (nextX, nextY) in points.Skip(1))
        {
            var (dx, dy) = (nextX - x, nextY - y);
            if (dx == 0 && dy == 0)
            {
                continue;
            }

            _path.Append(isFirst || dx < 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{dx}{(dy < 0 ? "" : " ")}{dy}");
            (x, y, isFirst) = (nextX, nextY, false);
        }
    }
}
