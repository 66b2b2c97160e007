using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace HealthEquity.Directory.Geography;

/// <summary>A ZIP code and where it lies.</summary>
/// <param name="Zip">Five digits.</param>
/// <param name="Latitude">Latitude of its centroid or post office, degrees north.</param>
/// <param name="Longitude">Longitude of its centroid or post office, degrees east.</param>
/// <param name="Counties">
/// Its counties, the most populous part first. Three in ten areas span several. Empty for mail to the armed forces and to the freely
/// associated states.
/// </param>
public readonly record struct ZipArea(string Zip, double Latitude, double Longitude, IReadOnlyList<County> Counties)
{
    /// <summary>The county where most of its people live.</summary>
    public County? County => Counties is [var first, ..] ? first : null;

    /// <summary>The USPS code of the state where most of its people live; AA, AE or AP for mail to the armed forces.</summary>
    public string? State
    {
        get => field ?? County?.State;
        init;
    }

    /// <summary>True for a ZIP Code Tabulation Area of the Census Bureau; false for P.O. boxes, single buildings and military mail.</summary>
    public bool IsArea { get; init; }

    /// <summary>True for the area of the same ZIP code.</summary>
    public bool Equals(ZipArea other) => Zip == other.Zip;

    /// <inheritdoc/>
    public override int GetHashCode() => Zip?.GetHashCode(StringComparison.Ordinal) ?? 0;
}

/// <summary>Locations and counties of ZIP codes. See README.md in this folder for the source.</summary>
public static partial class ZipCodes
{
    // The lowest ZIP code in use is 00501.
    private const int Lowest = 501;

    private static readonly Lazy<Census> Loaded = new(Load);

    // P.O. boxes, single buildings and military mail. Loaded on the first ZIP code that the census does not have.
    private static readonly Lazy<PlaceTable> Mail = new(PlaceTable.Load);

    /// <summary>The number of known ZIP areas.</summary>
    public static int Count => Loaded.Value.Areas.Count;

    /// <summary>The towns and post offices with their ZIP codes.</summary>
    internal static PlaceTable Towns => Mail.Value;

    /// <summary>All counties, sorted.</summary>
    internal static IReadOnlyList<County> Counties => Loaded.Value.Counties;

    /// <summary>The location of a ZIP code (five digits or ZIP+4).</summary>
    /// <returns>False if there is no such ZIP code.</returns>
    public static bool TryGet(string? zip, out ZipArea area)
    {
        area = default;
        return zip is not null && FiveDigitsOrZipPlus4().IsMatch(zip) && (Loaded.Value.Areas.TryGetValue(zip[..5], out area) || TryGetMail(zip[..5], out area));
    }

    private static bool TryGetMail(string zip, out ZipArea area)
    {
        if (!Towns.TryZip(int.Parse(zip, NumberStyles.None, CultureInfo.InvariantCulture), out var town, out var point))
        {
            area = default;
            return false;
        }

        area = new ZipArea(zip, point.Latitude, point.Longitude, Towns.CountyOf(town) is { } county ? [county] : []) { State = Towns.State(town) };
        return true;
    }

    /// <summary>
    /// Normalizes a ZIP code to five digits or ZIP+4. Restores leading zeros that a spreadsheet removed.
    /// </summary>
    /// <returns>Null if the text can't be a ZIP code.</returns>
    public static string? Normalize(string? text)
    {
        var match = WithOrWithoutZeros().Match(text?.Trim() ?? "");
        if (!match.Success)
        {
            return null;
        }

        var zip = int.Parse(match.Groups["zip"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var plus4 = match.Groups["plus4"];
        return zip < Lowest ? null : plus4.Success ? $"{zip:00000}-{plus4.Value}" : $"{zip:00000}";
    }

    /// <summary>The area whose centroid is nearest to a point.</summary>
    public static ZipArea Nearest(double latitude, double longitude)
    {
        var (best, distance) = (default(ZipArea), double.MaxValue);
        foreach (var area in Loaded.Value.Areas.Values)
        {
            // The difference in latitude alone rules out most areas.
            if (Math.Abs(area.Latitude - latitude) * 69 < distance)
            {
                var miles = GeoDistance.Miles(latitude, longitude, area.Latitude, area.Longitude);
                (best, distance) = miles < distance ? (area, miles) : (best, distance);
            }
        }

        return best;
    }

    /// <summary>The areas that are wholly or partly in a county.</summary>
    public static IEnumerable<ZipArea> In(County county) => Loaded.Value.Areas.Values.Where(a => a.Counties.Contains(county));

    [GeneratedRegex(@"\A[0-9]{5}(-[0-9]{4})?\z")]
    private static partial Regex FiveDigitsOrZipPlus4();

    // Fewer than five digits that start with a zero have lost no zeros; three plus four digits is a phone number.
    [GeneratedRegex(@"\A(?:(?<zip>[0-9]{5}|[1-9][0-9]{3})(?:\s*-?\s*(?<plus4>[0-9]{4}))?|(?<zip>[1-9][0-9]{2}))\z")]
    private static partial Regex WithOrWithoutZeros();

    private static Census Load()
    {
        using var resource = typeof(ZipCodes).Assembly.GetManifestResourceStream("HealthEquity.Directory.Geography.zcta.txt.br")!;
        using var reader = new StreamReader(new BrotliStream(resource, CompressionMode.Decompress), Encoding.UTF8);
        var counties = new List<County>(3_300);
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            counties.Add(new County(line[..2], line[3..]));
        }

        // Neighboring areas share counties, so each distinct list is stored once.
        var lists = new Dictionary<string, County[]>();
        var areas = new Dictionary<string, ZipArea>(34_000);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ', 4);
            if (!lists.TryGetValue(fields[3], out var inside))
            {
                lists[fields[3]] = inside = [.. fields[3].Split(' ').Select(n => counties[int.Parse(n, CultureInfo.InvariantCulture)])];
            }

            areas[fields[0]] = new ZipArea(fields[0], Degrees(fields[1]), Degrees(fields[2]), inside) { IsArea = true };
        }

        return new Census(counties, areas);
    }

    private static double Degrees(string hundredThousandths) => int.Parse(hundredThousandths, CultureInfo.InvariantCulture) / 1e5;

    private sealed record Census(IReadOnlyList<County> Counties, Dictionary<string, ZipArea> Areas);
}
