using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

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

/// <summary>In which state a row's counties lie: the one that a column of the row names, or the same for all rows.</summary>
/// <param name="Column">The column that names the state; null when all rows lie in one.</param>
/// <param name="All">The USPS code of the state in which all rows lie.</param>
public sealed record RowState(string? Column, string? All)
{
    /// <summary>The columns that are looked at.</summary>
    public IEnumerable<string> Columns => Column is null ? [] : [Column];

    /// <summary>The state's USPS code; null when the row names none.</summary>
    public string? Of(SourceRow row) => Column is null ? All : States.Parse(row[Column])?.Code;
}

/// <summary>
/// <c>{"county": {"state": "state", "named": "county"}}</c>, on a ZIP code: the full name of the county that the named column
/// says, such as "Miami-Dade County" for "Dade"; where it says none that is known, the county in which the ZIP code lies.
/// </summary>
public sealed class CountyTransform(RowState where, string? namedBy) : Transform
{
    /// <inheritdoc/>
    public override IEnumerable<string> Columns => namedBy is null ? where.Columns : where.Columns.Append(namedBy);

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var state = where.Of(row);
        if (namedBy is not null && Counties.Find(state, row[namedBy]) is { } named)
        {
            return named.Name;
        }

        return ZipCodes.TryGet(text, out var area) && area.County is { } county && county.State == state ? county.Name : null;
    }
}

/// <summary><c>{"countyName": {"state": "state"}}</c>: a county's full name, such as "Miami-Dade County" for "Dade".</summary>
public sealed class CountyNameTransform(RowState where) : Transform
{
    /// <inheritdoc/>
    public override IEnumerable<string> Columns => where.Columns;

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => Find(where.Of(row), text).Name;

    internal static County Find(string? state, string text) => Counties.Find(state, text)
        ?? throw new CellException($"'{text}' is no county of {state ?? "a state that is named"}.", "Write its full name, such as 'Polk County'.");
}

/// <summary><c>{"countyIn": "FL"}</c>, <c>{"countyIn": {"state": "state"}}</c>: a county of that state, given as "FL:Broward County".</summary>
public sealed class CountyInTransform(RowState where) : Transform
{
    /// <inheritdoc/>
    public override IEnumerable<string> Columns => where.Columns;

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => CountyNameTransform.Find(where.Of(row), text).Code;
}

/// <summary>
/// <c>"coordinate"</c> or <c>{"coordinate": {"with": "longitude"}}</c>: degrees, with a point or a comma before decimals, N, S, E or W after
/// them, or degrees, minutes and seconds. Zero is nothing: it stands where programs know no better. So is a coordinate whose other can't be read.
/// </summary>
public sealed partial class CoordinateTransform(string? other) : Transform
{
    /// <inheritdoc/>
    public override IEnumerable<string> Columns => other is null ? [] : [other];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var degrees = Read(text) ?? throw new CellException($"'{text}' is no coordinate.", "Write degrees with a point before decimals, such as 25.7617 or -80.1918, or leave it empty.");
        return degrees == 0 || (other is not null && Read(row[other]) is null or 0) ? null : degrees;
    }

    /// <summary>The degrees; null when the text says none.</summary>
    public static double? Read(string text)
    {
        var parts = Form().Match(text);
        if (!parts.Success)
        {
            return null;
        }

        double Part(string name) => parts.Groups[name].Success
            ? double.Parse(parts.Groups[name].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 0;
        var degrees = Part("degrees") + Part("minutes") / 60 + Part("seconds") / 3600;
        var isNegative = parts.Groups["sign"].Length > 0 || parts.Groups["side"].Value is "S" or "W" or "s" or "w";
        return degrees > 180 ? null : Math.Round(isNegative ? -degrees : degrees, 7);
    }

    [GeneratedRegex(@"^\s*(?<sign>[-−–])?\s*(?<degrees>\d{1,3}(?:[.,]\d{1,15})?)\s*°?\s*(?:(?<minutes>\d{1,2}(?:[.,]\d{1,9})?)\s*['′’]\s*(?:(?<seconds>\d{1,2}(?:[.,]\d{1,9})?)\s*(?:""|″|”|'')\s*)?)?(?<side>[NSEW])?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
