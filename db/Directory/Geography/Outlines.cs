using System.Globalization;

namespace HealthEquity.Directory.Geography;

/// <summary>A closed line around a part of a state (the mainland, an island, or a hole), or a line between counties.</summary>
/// <param name="State">The USPS code; null for a line between counties.</param>
/// <param name="Points">The corners, west of the date line (see <see cref="Outlines.West"/>).</param>
/// <param name="Box">The rectangle around the corners.</param>
public sealed record Outline(string? State, IReadOnlyList<GeoPoint> Points, BoundingBox Box);

/// <summary>
/// The borders of states and counties, for small maps: outlines.txt.br, from the US Census Bureau by way of us-atlas (ISC). See
/// README.md beside this file.
/// </summary>
public static class Outlines
{
    private const double Units = 500;

    private static readonly Lazy<ILookup<bool, Outline>> Loaded = new(Read);

    /// <summary>The outlines of all states and territories. A state with islands has several.</summary>
    public static IEnumerable<Outline> States => Loaded.Value[true];

    /// <summary>The lines between counties of the same state.</summary>
    public static IEnumerable<Outline> CountyLines => Loaded.Value[false];

    /// <summary>A longitude as the outlines have it: the far side of the date line goes on below -180.</summary>
    public static double West(double longitude) => longitude > 0 ? longitude - 360 : longitude;

    private static ILookup<bool, Outline> Read() => PlaceTable.ReadResource("outlines.txt.br").Split('\n')
        .Where(line => line.Length > 0)
        .Select(line => char.IsAsciiLetterUpper(line[0]) ? Of(line[..2], Points(line.AsSpan(3))) : Of(null, Points(line)))
        .ToLookup(outline => outline.State is not null);

    private static Outline Of(string? state, GeoPoint[] points) => new(
        state,
        points,
        new BoundingBox(points.Min(p => p.Latitude), points.Max(p => p.Latitude), points.Min(p => p.Longitude), points.Max(p => p.Longitude)));

    /// <summary>The first point, then the difference of each from the one before.</summary>
    private static GeoPoint[] Points(ReadOnlySpan<char> line)
    {
        var points = new List<GeoPoint>();
        var (x, y) = (0, 0);
        var isNorth = false;
        foreach (var part in line.Split(' '))
        {
            var number = int.Parse(line[part], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            if (isNorth)
            {
                y += number;
                points.Add(new GeoPoint(y / Units, x / Units));
            }
            else
            {
                x += number;
            }

            isNorth = !isNorth;
        }

        return [.. points];
    }
}
