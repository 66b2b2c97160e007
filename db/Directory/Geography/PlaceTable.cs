using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace HealthEquity.Directory.Geography;

/// <summary>
/// The towns and post offices of places.txt.br and the ZIP codes of each, in columns. See README.md beside this file.
/// </summary>
internal sealed class PlaceTable
{
    /// <summary>The states of mail that have no county, as gazetteer.mjs counts them.</summary>
    private static readonly string[] MailStates = ["AA", "AE", "AP", "FM", "MH", "PW"];

    private readonly List<Range> _names = new(37_000);
    private readonly List<short> _counties = new(37_000);
    private readonly List<(int Latitude, int Longitude)> _points = new(37_000);
    private readonly List<int> _populations = new(37_000);
    private readonly List<PlaceKind> _kinds = new(37_000);
    private readonly List<(int Zip, ushort Place, int Latitude, int Longitude)> _zips = new(43_000);
    private readonly string _text;

    private PlaceTable(string text)
    {
        _text = text;
        var name = default(Range);
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            name = ReadLine(text.AsSpan(start, end - start), start, name);
            start = end + 1;
        }

        _zips.Sort(static (a, b) => a.Zip.CompareTo(b.Zip));
    }

    /// <summary>How many places there are.</summary>
    public int Count => _names.Count;

    /// <summary>How many ZIP codes there are.</summary>
    public int ZipCount => _zips.Count;

    /// <summary>Reads the table in the assembly.</summary>
    public static PlaceTable Load() => new(ReadResource("places.txt.br"));

    /// <summary>The text of a resource of this folder.</summary>
    public static string ReadResource(string name)
    {
        using var resource = typeof(PlaceTable).Assembly.GetManifestResourceStream($"HealthEquity.Directory.Geography.{name}")!;
        using var stream = name.EndsWith(".br", StringComparison.Ordinal) ? new BrotliStream(resource, CompressionMode.Decompress) : (Stream)resource;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>A place's name.</summary>
    public ReadOnlySpan<char> Name(int place) => _text.AsSpan(_names[place]);

    /// <summary>A place's county; null for military mail.</summary>
    public County? CountyOf(int place) => _counties[place] is >= 0 and var county ? Geography.Counties.All[county] : null;

    /// <summary>The number of a place's county in <see cref="Counties.All"/>; below zero for military mail.</summary>
    public int CountyNumber(int place) => _counties[place];

    /// <summary>The USPS code of a place's state.</summary>
    public string State(int place) => _counties[place] is >= 0 and var county ? Geography.Counties.All[county].State : MailStates[-1 - _counties[place]];

    /// <summary>A place's population.</summary>
    public int Population(int place) => _populations[place];

    /// <summary>What a place is.</summary>
    public PlaceKind Kind(int place) => _kinds[place];

    /// <summary>Where a place's middle is.</summary>
    public GeoPoint Point(int place) => new(_points[place].Latitude / 1e4, _points[place].Longitude / 1e4);

    /// <summary>A place as callers get it.</summary>
    public Place Place(int place)
    {
        var point = Point(place);
        return new Place
        {
            Name = Name(place).ToString(),
            State = State(place),
            County = CountyOf(place),
            Latitude = point.Latitude,
            Longitude = point.Longitude,
            Population = Population(place),
            Kind = Kind(place),
        };
    }

    /// <summary>The place of a ZIP code and where the code's own middle is.</summary>
    public bool TryZip(int zip, out int place, out GeoPoint point)
    {
        var (low, high) = (0, _zips.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = _zips[middle];
            if (found.Zip == zip)
            {
                (place, point) = (found.Place, new GeoPoint(found.Latitude / 1e4, found.Longitude / 1e4));
                return true;
            }

            (low, high) = found.Zip < zip ? (middle + 1, high) : (low, middle - 1);
        }

        (place, point) = (-1, default);
        return false;
    }

    // name (empty: as above), county, latitude, longitude, population, kind, ZIP codes
    private Range ReadLine(ReadOnlySpan<char> line, int start, Range name)
    {
        Span<Range> fields = stackalloc Range[8];
        line.Split(fields, '\t');
        var length = fields[0].End.Value;
        name = length > 0 ? new Range(start, start + length) : name;
        var (latitude, longitude) = (Number(line[fields[2]]), Number(line[fields[3]]));
        var place = (ushort)_names.Count;
        _names.Add(name);
        _counties.Add((short)Number(line[fields[1]]));
        _points.Add((latitude, longitude));
        _populations.Add(Number(line[fields[4]]));
        _kinds.Add(line[fields[5]][0] == 'b' ? PlaceKind.Borough : PlaceKind.City);

        var zip = 0;
        var zips = line[fields[6]];
        foreach (var range in zips.Split(' '))
        {
            var item = zips[range];
            if (item.Length > 0)
            {
                var at = item.IndexOf('@');
                zip += Number(at < 0 ? item : item[..at]);
                var comma = item.IndexOf(',');
                _zips.Add(at < 0
                    ? (zip, place, latitude, longitude)
                    : (zip, place, latitude + Number(item[(at + 1)..comma]), longitude + Number(item[(comma + 1)..])));
            }
        }

        return name;
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
