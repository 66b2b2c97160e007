using HealthEquity.Directory.Geography;

namespace HealthEquity.Search.Columns;

/// <summary>
/// The coordinates of entries, as vectors on the unit sphere. The distance is the chord between two vectors, which is cheap enough to compute
/// for all points in every query.
/// </summary>
internal sealed class PointColumn
{
    private const double EarthRadiusMiles = 3958.7613;

    private readonly AppendList<Point> _points = new();

    /// <summary>Adds a point of an entry. Ordinals must ascend.</summary>
    public void Add(int ordinal, GeoPoint place) => _points.Add(Point.Of(ordinal, place));

    /// <summary>
    /// Writes the squared chord from a place to each entry's nearest point. Entries without a point keep their value.
    /// </summary>
    public void Chords(GeoPoint place, Span<float> chords)
    {
        var here = Point.Of(0, place);
        foreach (ref readonly var point in _points.Items)
        {
            if (point.Ordinal >= chords.Length)
            {
                break;
            }

            var chord = here.SquaredChord(point);
            ref var best = ref chords[point.Ordinal];
            best = chord < best ? chord : best;
        }
    }

    /// <summary>Adds the entries with a point within a number of miles to the target.</summary>
    public void Within(GeoPoint place, double miles, Span<ulong> target)
    {
        var (here, limit) = (Point.Of(0, place), SquaredChord(miles));
        foreach (ref readonly var point in _points.Items)
        {
            if (point.Ordinal >> 6 >= target.Length)
            {
                break;
            }

            if (here.SquaredChord(point) <= limit)
            {
                Bitmap.Set(target, point.Ordinal);
            }
        }
    }

    /// <summary>The great-circle distance in miles for a squared chord.</summary>
    public static double Miles(float squaredChord) => 2 * EarthRadiusMiles * Math.Asin(Math.Min(1, Math.Sqrt(squaredChord) / 2));

    /// <summary>The squared chord for a great-circle distance in miles.</summary>
    public static float SquaredChord(double miles)
    {
        var half = Math.Sin(Math.Min(miles / EarthRadiusMiles, Math.PI) / 2);
        return (float)(4 * half * half);
    }

    private readonly record struct Point(float X, float Y, float Z, int Ordinal)
    {
        public static Point Of(int ordinal, GeoPoint place)
        {
            var (sinLatitude, cosLatitude) = Math.SinCos(place.Latitude * Math.PI / 180);
            var (sinLongitude, cosLongitude) = Math.SinCos(place.Longitude * Math.PI / 180);
            return new Point((float)(cosLatitude * cosLongitude), (float)(cosLatitude * sinLongitude), (float)sinLatitude, ordinal);
        }

        public float SquaredChord(in Point other)
        {
            var (x, y, z) = (X - other.X, Y - other.Y, Z - other.Z);
            return (x * x) + (y * y) + (z * z);
        }
    }
}
