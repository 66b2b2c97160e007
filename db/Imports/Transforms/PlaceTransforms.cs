using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Db.Geography;

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
        States.Parse(text)?.Code ?? throw new CellException($"'{text}' is no state or territory of the United States.", "Write its two letters, such as FL.");
}

/// <summary>
/// <c>{"county": {"state": "state", "named": "county"}}</c>, on a ZIP code: the full name of the county that the named column
/// says, such as "Miami-Dade County" for "Dade"; where it says none that is known, the county in which the ZIP code lies.
/// </summary>
public sealed class CountyTransform(string stateColumn, string? namedBy) : Transform
{
    /// <inheritdoc/>
    public override IEnumerable<string> Columns => namedBy is null ? [stateColumn] : [stateColumn, namedBy];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var state = States.Parse(row[stateColumn])?.Code;
        if (namedBy is not null && Counties.Find(state, row[namedBy]) is { } named)
        {
            return named.Name;
        }

        return ZipCodes.TryGet(text, out var area) && area.County is { } county && county.State == state ? county.Name : null;
    }
}

/// <summary><c>{"countyIn": "FL"}</c>: a county of that state, given as "FL:Broward County".</summary>
public sealed class CountyInTransform(string state) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => Counties.Find(state, text)?.Code
        ?? throw new CellException($"'{text}' is no county of {state}.", "Write its full name, such as 'Polk County'.");
}

/// <summary>
/// <c>{"address": "city"}</c>: one member of a location (address1, address2, city, stateProvince, postalCode, county) from an address on one line,
/// "401 NE 4th Street, Fort Lauderdale, FL 33301". Parts before and after the street make the second line.
/// </summary>
public sealed partial class AddressTransform(string member) : Transform
{
    /// <summary>The members that it can give.</summary>
    public static IReadOnlyList<string> Members { get; } = ["address1", "address2", "city", "county", "stateProvince", "postalCode"];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var end = StateAndZip().Match(parts.Length > 0 ? parts[^1] : "");
        if (!end.Success || States.Find(end.Groups["state"].Value) is not { Code: var state })
        {
            throw new CellException($"'{text}' is not an address that ends in a state.", "Write it as 'street, city, FL 33301'.");
        }

        var zip = end.Groups["zip"].Value;
        var before = parts[..^1];
        var lines = before.Length > 1 ? before[..^1] : [];
        var street = Math.Max(0, Array.FindIndex(lines, l => char.IsAsciiDigit(l[0])));
        var value = member switch
        {
            "address1" => lines.ElementAtOrDefault(street),
            "address2" => string.Join(", ", lines.Where((_, i) => i != street)),
            "city" => before.LastOrDefault(),
            "stateProvince" => state,
            "postalCode" => zip,
            _ => ZipCodes.TryGet(zip, out var area) && area.County?.State == state ? area.County.Name : null,
        };
        return string.IsNullOrEmpty(value) ? null : value;
    }

    [GeneratedRegex(@"^(?<state>[A-Z]{2})(?:\s+(?<zip>\d{5}(?:-\d{4})?))?$")]
    private static partial Regex StateAndZip();
}
