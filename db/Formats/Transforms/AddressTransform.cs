using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>
/// <c>{"address": "city"}</c>: reads one member of a location (address1, address2, city, stateProvince, postalCode, county) from a one-line
/// address, "401 NE 4th Street, Fort Lauderdale, FL 33301", with or without commas. Parts before and after the street go to the second line. Text
/// that can't be split becomes the street.
/// </summary>
public sealed partial class AddressTransform(string member) : Transform
{
    // A town's middle may lie that far from one of its ZIP codes.
    private const double NearbyMiles = 25;
    private const int MostTownWords = 4;

    /// <summary>The members it can read.</summary>
    public static IReadOnlyList<string> Members { get; } = ["address1", "address2", "city", "county", "stateProvince", "postalCode"];

    /// <summary>True for a text with a street that ends with a state or ZIP code.</summary>
    public static bool IsWhole(string text) => text.Any(char.IsAsciiDigit) && End(text) is { Before.Length: > 0 } end && end.Zip.Length > 0 && end.Before.Any(char.IsLetter);

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        if (End(text) is not var (before, state, zip))
        {
            throw new CellException($"'{text}' is not an address ending with a state or ZIP code.", "It was kept as the street. Write it as 'street, city, FL 33301'.")
            {
                Kept = member == "address1" ? Blanks().Replace(text, " ").Trim() : null,
            };
        }

        var (lines, city) = Parts(before, state, zip);
        var street = Math.Max(0, Array.FindIndex(lines, l => char.IsAsciiDigit(l[0])));
        var value = member switch
        {
            "address1" => lines.ElementAtOrDefault(street),
            "address2" => string.Join(", ", lines.Where((_, i) => i != street)),
            "city" => city,
            "stateProvince" => state,
            "postalCode" => zip,
            _ => ZipCodes.TryGet(zip, out var area) && area.County?.State == state ? area.County.Name : null,
        };
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>The state and ZIP code at the end of an address; null if there is neither.</summary>
    internal static (string State, string Zip)? Place(string text) => End(text) is var (_, state, zip) ? (state, zip) : null;

    private static (string[] Lines, string? City) Parts(string before, string state, string zip)
    {
        var parts = before.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return ([], null);
        }

        // A town has no number: the last part is street and town, or the street alone.
        var last = parts[^1];
        if (!last.Any(char.IsAsciiDigit))
        {
            return (parts[..^1], last);
        }

        var words = last.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var count = Math.Min(MostTownWords, words.Length - 1); count > 0; count--)
        {
            var town = string.Join(' ', words[^count..]);
            if (IsTown(town, state, zip))
            {
                return ([.. parts[..^1], string.Join(' ', words[..^count])], town);
            }
        }

        return (parts, null);
    }

    private static bool IsTown(string name, string state, string zip) =>
        Gazetteer.Shipped.Parse($"{name}, {state}").Place is { Kind: PlaceKind.City or PlaceKind.Borough } town
        && town.State == state && string.Equals(town.Name, name, StringComparison.OrdinalIgnoreCase)
        && (!ZipCodes.TryGet(zip, out var area) || GeoDistance.Miles(area.Latitude, area.Longitude, town.Latitude, town.Longitude) <= NearbyMiles);

    private static (string Before, string State, string Zip)? End(string text)
    {
        var line = Country().Replace(Blanks().Replace(text.Replace("\n", ", ", StringComparison.Ordinal), " ").Trim(), "").TrimEnd(' ', ',', '.');
        var zip = ZipAtEnd().Match(line);
        if (!zip.Success)
        {
            // Without a ZIP code "CT" may be a court: only a comma tells.
            var (before, end) = (line[..Math.Max(0, line.LastIndexOf(','))], line[(line.LastIndexOf(',') + 1)..].Trim());
            return before.Length > 0 && (States.Find(end)?.Code ?? (end.Length > 2 ? States.Parse(end)?.Code : null)) is { } alone ? (before, alone, "") : null;
        }

        var code = zip.Groups["zip"].Value;
        var rest = line[..zip.Index].TrimEnd(' ', ',', '.');
        var words = rest.Split(' ');
        for (var count = Math.Min(3, words.Length); count > 0; count--)
        {
            var name = string.Join(' ', words[^count..]).Trim(',', '.');
            if (!name.Contains(',', StringComparison.Ordinal) && (count > 1 || name.Length > 2 ? name.Any(char.IsLower) ? States.Parse(name)?.Code : null : States.Find(name)?.Code) is { } state)
            {
                return (string.Join(' ', words[..^count]).TrimEnd(' ', ','), state, code);
            }
        }

        return ZipCodes.TryGet(code, out var area) && area.State is { } own ? (rest, own, code) : null;
    }

    [GeneratedRegex(@"[\s,]+(USA|U\.S\.A\.?|United States( of America)?)\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex Country();

    [GeneratedRegex(@"(?<=[\s,.])(?<zip>\d{5}(?:-\d{4})?)$")]
    private static partial Regex ZipAtEnd();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
