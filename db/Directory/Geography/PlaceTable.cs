using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace HealthEquity.Directory.Geography;

/// <summary>
/// The towns and post offices of places.txt.br and the ZIP codes of each, in columns. See README.md beside this file.
/// </summary>
internal sealed class PlaceTable
{
    /// <summary>The states of mail that have no county, as gazetteer.mjs counts them.</summary>
    private static readonly string[] MailStates = ["AA", "AE", "AP", "FM", "MH", "PW"];

    private readonly List<(int Start, byte Length)> _names = new(37_000);
    private readonly List<short> _counties = new(37_000);
    private readonly List<(int Latitude, int Longitude)> _points = new(37_000);
    private readonly List<int> _populations = new(37_000);
    private readonly List<PlaceKind> _kinds = new(37_000);
    private readonly List<(ushort Place, int Latitude, int Longitude)> _zips = new(43_000);

    // By ZIP code: its number in the list, and one.
    private readonly ushort[] _zipNumbers = new ushort[100_000];
    private char[] _letters = new char[300_000];
    private int _lettersEnd;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private PlaceTable(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var end = text.IndexOf('\n');
            ReadLine(text[..end]);
            text = text[(end + 1)..];
        }
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
    public ReadOnlySpan<char> Name(int place) => _letters.AsSpan(_names[place].Start, _names[place].Length);

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
        if ((uint)zip < (uint)_zipNumbers.Length && _zipNumbers[zip] is > 0 and var number)
        {
            var found = _zips[number - 1];
            (place, point) = (found.Place, new GeoPoint(found.Latitude / 1e4, found.Longitude / 1e4));
            return true;
        }

        (place, point) = (-1, default);
        return false;
    }

    // name (empty: as above), county, latitude, longitude, population, kind, ZIP codes
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadLine(ReadOnlySpan<char> line)
    {
        Span<Range> fields = stackalloc Range[8];
        line.Split(fields, '\t');
        var (latitude, longitude) = (Number(line[fields[2]]), Number(line[fields[3]]));
        var place = (ushort)_names.Count;
        AddName(line[fields[0]]);
        _counties.Add((short)Number(line[fields[1]]));
        _points.Add((latitude, longitude));
        _populations.Add(Number(line[fields[4]]));
        _kinds.Add(line[fields[5]][0] == 'b' ? PlaceKind.Borough : PlaceKind.City);

        var zip = 0;
        var zips = line[fields[6]];
        while (zips.Length > 0)
        {
            var space = zips.IndexOf(' ');
            var item = space < 0 ? zips : zips[..space];
            zips = space < 0 ? [] : zips[(space + 1)..];
            var at = item.IndexOf('@');
            zip += Number(at < 0 ? item : item[..at]);
            var comma = item.IndexOf(',');
            _zips.Add(at < 0
                ? (place, latitude, longitude)
                : (place, latitude + Number(item[(at + 1)..comma]), longitude + Number(item[(comma + 1)..])));
            _zipNumbers[zip] = (ushort)_zips.Count;
        }
    }

    private void AddName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            _names.Add(_names[^1]);
            return;
        }

        if (_lettersEnd + name.Length > _letters.Length)
        {
            Array.Resize(ref _letters, _letters.Length + 100_000);
        }

        name.CopyTo(_letters.AsSpan(_lettersEnd));
        _names.Add((_lettersEnd, (byte)name.Length));
        _lettersEnd += name.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Number(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var c in text)
        {
            number = c == '-' ? number : (number * 10) + (c - '0');
        }

        return text.Length > 0 && text[0] == '-' ? -number : number;
    }
}
