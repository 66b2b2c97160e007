using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HealthEquity.Db.Imports.Transforms;

/// <summary><c>"zip"</c>: a ZIP code or ZIP+4, each part with the zeros that a spreadsheet took from it ("6708-291" is 06708-0291).</summary>
public sealed partial class ZipTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var parts = Form().Match(text);
        if (!parts.Success)
        {
            throw new CellException($"'{text}' is not a ZIP code.", "Write five digits, or nine as 12345-6789.");
        }

        var (zip, plus4) = (parts.Groups["zip"].Value, parts.Groups["plus4"].Value);
        return plus4.Length == 0 ? zip.PadLeft(5, '0') : $"{zip.PadLeft(5, '0')}-{plus4.PadLeft(4, '0')}";
    }

    // A ZIP code begins with two zeros at most (00501), so fewer than three digits are none.
    [GeneratedRegex(@"^(?:(?<zip>\d{3,5})(?:-(?<plus4>\d{1,4}))?|(?<zip>\d{5})(?<plus4>\d{4}))$")]
    private static partial Regex Form();
}

/// <summary><c>"state"</c>: a state or territory by code or by name, given as its USPS code.</summary>
public sealed class StateTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        Places.StateCode(text) ?? throw new CellException($"'{text}' is no state or territory of the United States.", "Write its two letters, such as FL.");
}

/// <summary>
/// <c>{"county": {"named": "county"}}</c>: the full name of the county in which a ZIP code lies; where it lies in several, the one
/// that the named column begins to say. Nothing when that is not known.
/// </summary>
public sealed class CountyTransform(string? namedBy) : Transform
{
    /// <inheritdoc/>
    public override IEnumerable<string> Columns => namedBy is null ? [] : [namedBy];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => Places.County(text, namedBy is null ? "" : row[namedBy]);
}

/// <summary><c>{"countyIn": "FL"}</c>: a county of that state, given as "FL:Broward County".</summary>
public sealed class CountyInTransform(string state) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => Places.IsCounty(state, text)
        ? $"{state}:{text}"
        : throw new CellException($"'{text}' is no county of {state}.", "Write its full name, such as 'Polk County'.");
}

/// <summary>
/// <c>"address"</c>: an address on one line ("401 NE 4th Street, Fort Lauderdale, FL 33301"), given as members of a location. Parts
/// before and after the street make the second line. A state alone is nothing.
/// </summary>
public sealed partial class AddressTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var end = StateAndZip().Match(parts.Length > 0 ? parts[^1] : "");
        if (!end.Success || Places.StateCode(end.Groups["state"].Value) is not { } state)
        {
            throw new CellException($"'{text}' is not an address that ends in a state.", "Write it as 'street, city, FL 33301'.");
        }

        var zip = end.Groups["zip"].Value;
        var before = parts[..^1];
        if (before.Length == 0 && zip.Length == 0)
        {
            return null;
        }

        var location = new JsonObject();
        var lines = before.Length > 1 ? before[..^1] : [];
        var street = Math.Max(0, Array.FindIndex(lines, l => char.IsAsciiDigit(l[0])));
        Set(location, "address1", lines.Length > 0 ? lines[street] : null);
        Set(location, "address2", string.Join(", ", lines.Where((_, i) => i != street)));
        Set(location, "city", before.LastOrDefault());
        Set(location, "stateProvince", state);
        Set(location, "postalCode", zip);
        return location;
    }

    private static void Set(JsonObject location, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            location[name] = value;
        }
    }

    [GeneratedRegex(@"^(?:State:\s*)?(?<state>[A-Za-z]{2})(?:\s+(?<zip>\d{5}(?:-\d{4})?))?$")]
    private static partial Regex StateAndZip();
}
