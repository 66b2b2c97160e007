using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary><c>"zip"</c>: reads a ZIP code or ZIP+4 and restores leading zeros that a spreadsheet dropped ("6708-291" is 06708-0291).</summary>
public sealed partial class ZipTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var parts = Form().Match(text);
        if (!parts.Success)
        {
            throw new CellException($"'{text}' is not a ZIP code.", "Write five digits, or nine digits as 12345-6789.");
        }

        var (zip, plus4) = (parts.Groups["zip"].Value, parts.Groups["plus4"].Value);
        return plus4.Length == 0 ? zip.PadLeft(5, '0') : $"{zip.PadLeft(5, '0')}-{plus4.PadLeft(4, '0')}";
    }

    // A ZIP code starts with at most two zeros (00501), so it needs at least three digits.
    [GeneratedRegex(@"^(?:(?<zip>\d{3,5})(?:-(?<plus4>\d{1,4}))?|(?<zip>\d{5})(?<plus4>\d{4}))$")]
    private static partial Regex Form();
}

/// <summary><c>"state"</c>: reads a state or territory, by code or name, as its USPS code.</summary>
public sealed class StateTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        States.Parse(text)?.Code ?? throw new CellException($"'{text}' is not a US state or territory.", "Write its two-letter code, such as FL.");
}

/// <summary>The state of a row's counties: from a column, or the same for all rows.</summary>
/// <param name="Column">The column with the state; null if all rows have the same.</param>
/// <param name="All">The USPS code of the state of all rows.</param>
public sealed record RowState(string? Column, string? All)
{
    /// <summary>The columns it reads.</summary>
    public IEnumerable<string> Columns => Column is null ? [] : [Column];

    /// <summary>The USPS code of the state; null if the row has none.</summary>
    public string? Of(SourceRow row) => Column is null ? All : States.Parse(row[Column])?.Code;
}

/// <summary>
/// <c>{"county": {"state": "state", "named": "county"}}</c>, on a ZIP code: the full name of the county in the named column, such as "Miami-Dade
/// County" for "Dade"; if the column has no known county, the county of the ZIP code.
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

/// <summary><c>{"countyName": {"state": "state"}}</c>: reads a county as its full name, such as "Miami-Dade County" for "Dade".</summary>
public sealed class CountyNameTransform(RowState where) : Transform
{
    /// <inheritdoc/>
    public override IEnumerable<string> Columns => where.Columns;

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => Find(where.Of(row), text).Name;

    internal static County Find(string? state, string text) => Counties.Find(state, text)
        ?? throw new CellException($"'{text}' is not a county in {state ?? "any named state"}.", "Write its full name, such as 'Polk County'.");
}

/// <summary><c>{"countyIn": "FL"}</c>, <c>{"countyIn": {"state": "state"}}</c>: reads a county of a state as "FL:Broward County".</summary>
public sealed class CountyInTransform(RowState where) : Transform
{
    /// <inheritdoc/>
    public override IEnumerable<string> Columns => where.Columns;

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => CountyNameTransform.Find(where.Of(row), text).Code;
}

/// <summary>
/// <c>"coordinate"</c> or <c>{"coordinate": {"with": "longitude"}}</c>: reads decimal degrees with a point or comma, optionally followed by N, S,
/// E or W, or degrees, minutes and seconds. Zero means no value, because programs write it when they know nothing. So does a coordinate whose
/// counterpart can't be read.
/// </summary>
public sealed partial class CoordinateTransform(string? other) : Transform
{
    /// <inheritdoc/>
    public override IEnumerable<string> Columns => other is null ? [] : [other];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var degrees = Read(text) ?? throw new CellException($"'{text}' is not a coordinate.", "Write decimal degrees, such as 25.7617 or -80.1918, or leave it empty.");
        return degrees == 0 || (other is not null && Read(row[other]) is null or 0) ? null : degrees;
    }

    /// <summary>The degrees; null if the text is not a coordinate.</summary>
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
