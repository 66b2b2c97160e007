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

    private readonly StringBuilder _path = new();
    private readonly BoundingBox _box = frame.Box;
    private List<(int X, int Y)> _points = [];
    private List<(int X, int Y)> _clipped = [];

    private enum Edge
    {
        Left,
        Right,
        Top,
        Bottom,
    }

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

        _points.Clear();
        for (var i = 0; i < ring.Points.Count; i++)
        {
            var point = frame.Place(ring.Points[i]);
            if (_points.Count == 0 || _points[^1] != point)
            {
                _points.Add(point);
            }
        }

        Clip(Edge.Left);
        Clip(Edge.Right);
        Clip(Edge.Top);
        Clip(Edge.Bottom);
        if (_points.Distinct().Take(3).Count() == 3)
        {
            Write(_points);
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

        _points.Clear();
        var before = default((int X, int Y)?);
        for (var i = 0; i < line.Points.Count; i++)
        {
            var point = frame.Place(line.Points[i]);
            var isNear = IsInside(point) || (before is { } last && IsInside(last));
            if (isNear)
            {
                if (_points.Count == 0 && before is { } start)
                {
                    _points.Add(start);
                }

                _points.Add(point);
            }
            else
            {
                WriteRun();
            }

            before = point;
        }

        WriteRun();
    }

    private static int At(int from, int fromValue, int to, int toValue, int where) =>
        fromValue + (int)Math.Round((toValue - fromValue) * (where - from) / (double)(to - from));

    private static bool IsInside((int X, int Y) point) => point is { X: >= Left and <= Right, Y: >= Top and <= Bottom };

    private static bool IsInside((int X, int Y) point, Edge edge) => edge switch
    {
        Edge.Left => point.X >= Left,
        Edge.Right => point.X <= Right,
        Edge.Top => point.Y >= Top,
        _ => point.Y <= Bottom,
    };

    private static (int X, int Y) Cut((int X, int Y) from, (int X, int Y) to, Edge edge) => edge switch
    {
        Edge.Left => (Left, At(from.X, from.Y, to.X, to.Y, Left)),
        Edge.Right => (Right, At(from.X, from.Y, to.X, to.Y, Right)),
        Edge.Top => (At(from.Y, from.X, to.Y, to.X, Top), Top),
        _ => (At(from.Y, from.X, to.Y, to.X, Bottom), Bottom),
    };

    /// <summary>Leaves what of the polygon is on the inner side of an edge (Sutherland and Hodgman).</summary>
    private void Clip(Edge edge)
    {
        _clipped.Clear();
        for (var i = 0; i < _points.Count; i++)
        {
            var (before, point) = (_points[i == 0 ? _points.Count - 1 : i - 1], _points[i]);
            var isInside = IsInside(point, edge);
            if (isInside != IsInside(before, edge))
            {
                _clipped.Add(Cut(before, point, edge));
            }

            if (isInside)
            {
                _clipped.Add(point);
            }
        }

        (_points, _clipped) = (_clipped, _points);
    }

    private bool IsVisible(BoundingBox box) => box.West <= _box.East && box.East >= _box.West && box.South <= _box.North && box.North >= _box.South;

    private void WriteRun()
    {
        if (_points.Distinct().Take(2).Count() == 2)
        {
            Write(_points);
        }

        _points.Clear();
    }

    private void Write(List<(int X, int Y)> points)
    {
        var (x, y) = points[0];
        _path.Append(CultureInfo.InvariantCulture, $"M{x} {y}l");
        var isFirst = true;
        for (var i = 1; i < points.Count; i++)
        {
            var (dx, dy) = (points[i].X - x, points[i].Y - y);
            if (dx == 0 && dy == 0)
            {
                continue;
            }

            _path.Append(isFirst || dx < 0 ? "" : " ").Append(dx).Append(dy < 0 ? "" : " ").Append(dy);
            (x, y, isFirst) = (points[i].X, points[i].Y, false);
        }
    }
}
