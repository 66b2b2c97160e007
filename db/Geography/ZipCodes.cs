using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace HealthEquity.Db.Geography;

/// <summary>A ZIP Code Tabulation Area of the Census Bureau.</summary>
/// <param name="Zip">Five digits.</param>
/// <param name="Latitude">Of its centroid, degrees north.</param>
/// <param name="Longitude">Of its centroid, degrees east.</param>
/// <param name="County">The county in which it lies; null where the source names none.</param>
public readonly record struct ZipArea(string Zip, double Latitude, double Longitude, County? County);

/// <summary>Where ZIP codes lie. See README.md beside this file for the source.</summary>
public static class ZipCodes
{
    private const double Scale = 1e5;

    private static readonly Lazy<Areas> Loaded = new(Load);

    /// <summary>How many ZIP areas are known.</summary>
    public static int Count => Loaded.Value.Zips.Length;

    /// <summary>All counties that are named, sorted.</summary>
    internal static IReadOnlyList<County> Counties => Loaded.Value.Counties;

    /// <summary>The area of a ZIP code (five digits or ZIP+4).</summary>
    /// <returns>False when it is no ZIP code, or one without an area: boxes, single buildings.</returns>
    public static bool TryGet(string? zip, out ZipArea area)
    {
        area = default;
        if (zip is null || zip.Length < 5 || !int.TryParse(zip.AsSpan(0, 5), out var number))
        {
            return false;
        }

        var index = Array.BinarySearch(Loaded.Value.Zips, number);
        if (index < 0)
        {
            return false;
        }

        area = Loaded.Value[index];
        return true;
    }

    /// <summary>
    /// A ZIP code as it ought to be: five digits, or ZIP+4. Gives back the zeros that a spreadsheet took from its head.
    /// </summary>
    /// <returns>Null when the text can't be a ZIP code.</returns>
    public static string? Normalize(string? text)
    {
        text = text?.Trim() ?? "";
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var (head, tail) = dash < 0 ? (text, "") : (text[..dash].TrimEnd(), text[(dash + 1)..].TrimStart());
        if (dash < 0 && head.Length is 8 or 9)
        {
            (head, tail) = (head[..^4], head[^4..]);
        }

        var good = head.Length is >= 3 and <= 5 && head.All(char.IsAsciiDigit) && tail.All(char.IsAsciiDigit) && tail.Length is 0 or 4;
        if (!good)
        {
            return null;
        }

        head = head.PadLeft(5, '0');
        return tail.Length == 0 ? head : $"{head}-{tail}";
    }

    /// <summary>The area whose centroid is nearest to a point.</summary>
    public static ZipArea Nearest(double latitude, double longitude)
    {
        var areas = Loaded.Value;
        var (best, distance) = (0, double.MaxValue);
        for (var i = 0; i < areas.Zips.Length; i++)
        {
            // A degree of latitude alone decides against most of them.
            if (Math.Abs((areas.Latitudes[i] / Scale) - latitude) * 69 < distance)
            {
                var miles = GeoDistance.Miles(latitude, longitude, areas.Latitudes[i] / Scale, areas.Longitudes[i] / Scale);
                (best, distance) = miles < distance ? (i, miles) : (best, distance);
            }
        }

        return areas[best];
    }

    /// <summary>The areas of a county.</summary>
    public static IEnumerable<ZipArea> In(County county)
    {
        var areas = Loaded.Value;
        return Enumerable.Range(0, areas.Zips.Length).Select(i => areas[i]).Where(a => a.County == county);
    }

    private static Areas Load()
    {
        using var resource = typeof(ZipCodes).Assembly.GetManifestResourceStream("HealthEquity.Db.Geography.zcta.txt.br")!;
        using var reader = new StreamReader(new BrotliStream(resource, CompressionMode.Decompress), Encoding.UTF8);
        var counties = new List<County>(3200);
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            counties.Add(new County(line[..2], line[3..]));
        }

        var rest = Encoding.ASCII.GetBytes(reader.ReadToEnd());
        var lines = rest.AsSpan().Count((byte)'\n');
        var areas = new Areas(counties, new int[lines], new int[lines], new int[lines], new short[lines]);
        var text = new ReadOnlySpan<byte>(rest);
        for (var i = 0; i < lines; i++)
        {
            areas.Zips[i] = Next(ref text);
            areas.Latitudes[i] = Next(ref text);
            areas.Longitudes[i] = Next(ref text);
            areas.CountyIndexes[i] = text[0] == ' ' ? (short)Next(ref text) : (short)-1;
            text = text[1..];
        }

        return areas;
    }

    private static int Next(ref ReadOnlySpan<byte> text)
    {
        text = text[0] == ' ' ? text[1..] : text;
        if (!Utf8Parser.TryParse(text, out int number, out var length))
        {
            throw new InvalidDataException("The ZIP areas that ship with the product can't be read.");
        }

        text = text[length..];
        return number;
    }

    private sealed record Areas(IReadOnlyList<County> Counties, int[] Zips, int[] Latitudes, int[] Longitudes, short[] CountyIndexes)
    {
        public ZipArea this[int index] => new(
            Zips[index].ToString("00000", provider: null),
            Latitudes[index] / Scale,
            Longitudes[index] / Scale,
            CountyIndexes[index] < 0 ? null : Counties[CountyIndexes[index]]);
    }
}
