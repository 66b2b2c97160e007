using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Search.Columns;

/// <summary>
/// The coordinates of entries, as vectors on the unit sphere. The distance is the chord between two vectors, which is cheap enough to compute
/// for all points in every query.
/// </summary>
internal sealed class PointColumn
{
    private const double EarthRadiusMiles = 3958.7613;

    private AppendList<float> _x = new();
    private AppendList<float> _y = new();
    private AppendList<float> _z = new();

    // Most entries have one point at most: it stands at the entry's ordinal. These are the others.
    private AppendList<(int Ordinal, Vector Vector)> _more = new();

    /// <summary>Adds a point of an entry. Ordinals must ascend.</summary>
    public void Add(int ordinal, GeoPoint place)
    {
        var vector = Vector.Of(place);
        if (ordinal < _z.Count)
        {
            _more.Add((ordinal, vector));
            return;
        }

        FillTo(ordinal);
        Append(vector);
    }

    /// <summary>Adds entries without a point until there are this many.</summary>
    public void FillTo(int count)
    {
        while (_z.Count < count)
        {
            Append(Vector.Nowhere);
        }
    }

    /// <summary>Writes the points of live entries.</summary>
    public void Save(ColumnWriter file)
    {
        var more = new List<(int, Vector)>();
        foreach (var (ordinal, vector) in _more.Items)
        {
            if (file.Number(ordinal) is >= 0 and var number)
            {
                more.Add((number, vector));
            }
        }

        file.WriteAll<(int, Vector)>(CollectionsMarshal.AsSpan(more));
        file.WriteByOrdinal(_z.Items);
        file.WriteByOrdinal(_y.Items);
        file.WriteByOrdinal(_x.Items);
    }

    /// <summary>Reads what was written into this empty column.</summary>
    public void Load(ColumnReader file)
    {
        _more = AppendList<(int, Vector)>.Of(file.ReadAll<(int, Vector)>());
        _z = AppendList<float>.Of(file.ReadAll<float>());
        _y = AppendList<float>.Of(file.ReadAll<float>());
        _x = AppendList<float>.Of(file.ReadAll<float>());
    }

    /// <summary>
    /// Writes the squared chord from a place to each entry's nearest point. Entries without a point keep their value.
    /// </summary>
    public void Chords(GeoPoint place, Span<float> chords)
    {
        var here = Vector.Of(place);
        var xs = _x.Items[..chords.Length];
        var ys = _y.Items[..chords.Length];
        var zs = _z.Items[..chords.Length];
        var ordinal = 0;
        for (; ordinal <= chords.Length - Vector256<float>.Count; ordinal += Vector256<float>.Count)
        {
            var nearest = chords[ordinal..];
            Vector256.Min(here.SquaredChords(xs[ordinal..], ys[ordinal..], zs[ordinal..]), Vector256.Create<float>(nearest)).CopyTo(nearest);
        }

        for (; ordinal < chords.Length; ordinal++)
        {
            chords[ordinal] = Math.Min(chords[ordinal], here.SquaredChord(new Vector(xs[ordinal], ys[ordinal], zs[ordinal])));
        }

        foreach (var (other, vector) in _more.Items)
        {
            if (other >= chords.Length)
            {
                break;
            }

            chords[other] = Math.Min(chords[other], here.SquaredChord(vector));
        }
    }

    /// <summary>Adds the entries with a point within a number of miles to the target.</summary>
    public void Within(GeoPoint place, double miles, Span<ulong> target)
    {
        var (here, limit) = (Vector.Of(place), SquaredChord(miles));
        var (most, count, ordinal) = (Vector256.Create(limit), Math.Min(_z.Count, target.Length * 64), 0);
        var xs = _x.Items[..count];
        var ys = _y.Items[..count];
        var zs = _z.Items[..count];
        for (; ordinal <= count - Vector256<float>.Count; ordinal += Vector256<float>.Count)
        {
            var fits = Vector256.LessThanOrEqual(here.SquaredChords(xs[ordinal..], ys[ordinal..], zs[ordinal..]), most).ExtractMostSignificantBits();
            target[ordinal >> 6] |= (ulong)fits << (ordinal & 63);
        }

        for (; ordinal < count; ordinal++)
        {
            target[ordinal >> 6] |= here.SquaredChord(new Vector(xs[ordinal], ys[ordinal], zs[ordinal])) <= limit ? 1UL << (ordinal & 63) : 0;
        }

        foreach (var (other, vector) in _more.Items)
        {
            if (other < count && here.SquaredChord(vector) <= limit)
            {
                Bitmap.Set(target, other);
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

    private void Append(Vector vector)
    {
        _x.Add(vector.X);
        _y.Add(vector.Y);
        _z.Add(vector.Z);
    }

    private readonly record struct Vector(float X, float Y, float Z)
    {
        /// <summary>Infinitely far from every place.</summary>
        public static readonly Vector Nowhere = new(float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity);

        public static Vector Of(GeoPoint place)
        {
            var (sinLatitude, cosLatitude) = Math.SinCos(place.Latitude * Math.PI / 180);
            var (sinLongitude, cosLongitude) = Math.SinCos(place.Longitude * Math.PI / 180);
            return new Vector((float)(cosLatitude * cosLongitude), (float)(cosLatitude * sinLongitude), (float)sinLatitude);
        }

        public float SquaredChord(Vector other)
        {
            var (x, y, z) = (X - other.X, Y - other.Y, Z - other.Z);
            return (x * x) + (y * y) + (z * z);
        }

        /// <summary>The same to the first points of columns, as many as a processor takes at once.</summary>
        public Vector256<float> SquaredChords(ReadOnlySpan<float> xs, ReadOnlySpan<float> ys, ReadOnlySpan<float> zs)
        {
            var x = Vector256.Create(xs) - Vector256.Create(X);
            var y = Vector256.Create(ys) - Vector256.Create(Y);
            var z = Vector256.Create(zs) - Vector256.Create(Z);
            return (x * x) + (y * y) + (z * z);
        }
    }
}
