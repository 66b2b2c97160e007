using HealthEquity.Directory.Geography;
using HealthEquity.Search.Columns;

namespace HealthEquity.Tests.Search.Columns;

/// <summary>How far entries are: those with one point, with several, and with none.</summary>
public sealed class PointColumnTests
{
    private const int Entries = 203;

    private static readonly GeoPoint Here = new(25.77, -80.19);

    [Fact]
    public void The_nearest_point_of_an_entry_counts()
    {
        var points = Points(out var places);
        var chords = Enumerable.Repeat(float.PositiveInfinity, Entries).ToArray();

        points.Chords(Here, chords);

        for (var ordinal = 0; ordinal < Entries; ordinal++)
        {
            Assert.Equal(places[ordinal].Select(p => Miles(Here, p)).DefaultIfEmpty(double.PositiveInfinity).Min(), MilesOf(chords[ordinal]), tolerance: 0.05);
        }
    }

    [Fact]
    public void With_two_places_the_nearer_one_counts()
    {
        var there = new GeoPoint(41.88, -87.63);
        var points = Points(out var places);
        var chords = Enumerable.Repeat(float.PositiveInfinity, Entries).ToArray();

        points.Chords(Here, chords);
        points.Chords(there, chords);

        for (var ordinal = 0; ordinal < Entries; ordinal++)
        {
            var nearest = places[ordinal].Select(p => Math.Min(Miles(Here, p), Miles(there, p))).DefaultIfEmpty(double.PositiveInfinity).Min();
            Assert.Equal(nearest, MilesOf(chords[ordinal]), tolerance: 0.05);
        }
    }

    [Fact]
    public void Within_a_radius_are_the_entries_with_any_point_there()
    {
        const double radius = 300;
        var points = Points(out var places);
        var within = new ulong[Bitmap.Words(Entries)];

        points.Within(Here, radius, within);

        Assert.Equal(
            Enumerable.Range(0, Entries).Where(o => places[o].Any(p => Miles(Here, p) <= radius)),
            Enumerable.Range(0, Entries).Where(o => Bitmap.Has(within, o)));
    }

    /// <summary>Every fifth entry has no point, every third has two more, far away or nearer; the last has none.</summary>
    private static PointColumn Points(out List<GeoPoint>[] places)
    {
        var points = new PointColumn();
        places = [.. Enumerable.Range(0, Entries).Select(PlacesOf)];
        for (var ordinal = 0; ordinal < Entries; ordinal++)
        {
            places[ordinal].ForEach(p => points.Add(ordinal, p));
        }

        points.FillTo(Entries);
        return points;
    }

    private static List<GeoPoint> PlacesOf(int ordinal)
    {
        if (ordinal % 5 == 0 || ordinal == Entries - 1)
        {
            return [];
        }

        var first = new GeoPoint(25 + (ordinal * 7 % 20), -80 - (ordinal * 11 % 40));
        return ordinal % 3 == 0 ? [first, new GeoPoint(47, -122), new GeoPoint(26 + (ordinal % 9), -81)] : [first];
    }

    private static double MilesOf(float chord) => float.IsPositiveInfinity(chord) ? double.PositiveInfinity : PointColumn.Miles(chord);

    /// <summary>The haversine formula, with the Earth's mean radius.</summary>
    private static double Miles(GeoPoint one, GeoPoint other)
    {
        const double radius = 3958.7613;
        var (from, to) = (one.Latitude * Math.PI / 180, other.Latitude * Math.PI / 180);
        var (north, east) = (Math.Sin((to - from) / 2), Math.Sin((other.Longitude - one.Longitude) * Math.PI / 360));
        return 2 * radius * Math.Asin(Math.Sqrt((north * north) + (Math.Cos(from) * Math.Cos(to) * east * east)));
    }
}
