using System.Globalization;
using CsvHelper;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Store.Databases;

namespace HealthEquity.Tests.Directory.Duplicates;

/// <summary>Entries, and copies of some of them as another source might record them.</summary>
internal sealed class CorruptedCopies
{
    private const string Latin = "abcdefghijklmnopqrstuvwxyz";
    private const string Cyrillic = "абкдефгхийклмнопкрстувввйз";

    private readonly Random _random = new(20261123);

    /// <summary>The original entries.</summary>
    public required IReadOnlyList<ServiceEntry> Originals { get; init; }

    /// <summary>Facilities of a real list, if the file is next to the checkout; otherwise null.</summary>
    public static CorruptedCopies? OfFacilities(int count)
    {
        if (SharedFolder.Find("data") is not { } folder || !File.Exists(Path.Combine(folder, "samhsa-mental-health-facilities.csv")))
        {
            return null;
        }

        using var csv = CsvReader.FromFile(Path.Combine(folder, "samhsa-mental-health-facilities.csv"), new CsvReaderOptions { Separator = ',' }, FileOptions.None);
        var facilities = new List<ServiceEntry>();
        while (csv.Read())
        {
            facilities.AddRange(Facility(name => csv.GetString(name).Trim()));
        }

        var shuffled = facilities.ToArray();
        new Random(7).Shuffle(shuffled);
        return new CorruptedCopies { Originals = [.. shuffled.Take(count)] };
    }

    /// <summary>The providers, attorneys and organizations of the starter directory.</summary>
    public static CorruptedCopies OfStarter() => new() { Originals = [.. StarterDirectory.Read().Select(e => e.Entry).OfType<ServiceEntry>()] };

    /// <summary>The entry as someone else might record it: misspelled, abbreviated, moved, with another phone number.</summary>
    public ServiceEntry Corrupt(ServiceEntry entry)
    {
        var copy = entry with { Name = Written(entry.Name) };
        return _random.Next(6) switch
        {
            0 => copy with { Phones = [.. entry.Phones.Select(p => p with { Number = Number() })] },
            1 => Moved(copy, place => place with { Address1 = $"{_random.Next(1, 999)} Corner Street", Address2 = null }),
            2 => Moved(copy, place => place with { Address2 = $"Suite {_random.Next(2, 900)}", Address1 = Abbreviated(place.Address1) }),
            3 => Moved(copy with { Phones = [.. entry.Phones.Select(p => p with { Number = Number() })], Website = null }, place => place with { Address1 = Abbreviated(place.Address1) }),
            4 => Moved(copy with { Website = null, Emails = [] }, place => place with { Address1 = null, Latitude = null, Longitude = null }),
            _ => copy,
        };
    }

    private static IEnumerable<ServiceEntry> Facility(Func<string, string> cell)
    {
        var digits = string.Concat(cell("phone").Where(char.IsAsciiDigit));
        if (digits.Length != 10 || cell("name1").Length == 0)
        {
            yield break;
        }

        yield return new Provider
        {
            Name = $"{cell("name1")} {cell("name2")}".Trim(),
            Phones = [new Phone { Number = "+1" + digits }],
            Website = Uri.TryCreate(cell("website"), UriKind.Absolute, out var uri) && uri.Host.Contains('.', StringComparison.Ordinal) ? cell("website") : null,
            Locations =
            [
                new Location
                {
                    Visibility = Visibility.Public,
                    Address1 = cell("street1"),
                    Address2 = cell("street2") is { Length: > 0 } second ? second : null,
                    City = cell("city"),
                    StateProvince = cell("state"),
                    PostalCode = cell("zip").PadLeft(5, '0'),
                    Latitude = double.TryParse(cell("latitude"), CultureInfo.InvariantCulture, out var latitude) ? latitude : null,
                    Longitude = double.TryParse(cell("longitude"), CultureInfo.InvariantCulture, out var longitude) ? longitude : null,
                },
            ],
        };
    }

    private string Written(string name) => _random.Next(8) switch
    {
        0 => name,
        1 => name + ", Inc.",
        2 => Abbreviated(name)!,
        3 => string.Join(' ', name.Split(' ').SkipLast(name.Split(' ').Length > 2 ? 1 : 0)),
        4 => string.Concat(name.Select(InCyrillic)),
        5 => Misspelled(Misspelled(name)),
        _ => Misspelled(name),
    };

    private string Misspelled(string name)
    {
        var at = _random.Next(1, name.Length - 1);
        return _random.Next(4) switch
        {
            0 => name.Remove(at, 1),
            1 => name.Insert(at, name[at].ToString()),
            2 => string.Concat(name.AsSpan(0, at), Latin.AsSpan(_random.Next(Latin.Length), 1), name.AsSpan(at + 1)),
            _ => name[..(at - 1)] + name[at] + name[at - 1] + name[(at + 1)..],
        };
    }

    private static string? Abbreviated(string? text) => text?
        .Replace("Center", "Ctr", StringComparison.Ordinal).Replace("Associates", "Assoc", StringComparison.Ordinal)
        .Replace("Services", "Svcs", StringComparison.Ordinal).Replace("Behavioral", "Behav", StringComparison.Ordinal)
        .Replace("Street", "St.", StringComparison.Ordinal).Replace("Avenue", "Ave", StringComparison.Ordinal)
        .Replace("Road", "Rd", StringComparison.Ordinal).Replace("North", "N.", StringComparison.Ordinal);

    private static char InCyrillic(char c) => Latin.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal) is >= 0 and var at ? Cyrillic[at] : c;

    private static ServiceEntry Moved(ServiceEntry entry, Func<Location, Location> move) => entry with { Locations = [.. entry.Locations.Select(move)] };

    private string Number() => string.Create(CultureInfo.InvariantCulture, $"+1{_random.Next(201, 989)}555{_random.Next(1000, 9999)}");
}
