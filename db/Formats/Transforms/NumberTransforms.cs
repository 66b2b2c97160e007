using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary><c>"number"</c>: reads digits with a decimal point, optional thousands separators and currency ("$12", "USD 12.50").</summary>
public sealed partial class Number : Transform
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands;

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => decimal.TryParse(Money().Replace(text, ""), Styles, CultureInfo.InvariantCulture, out var number)
        ? number % 1 == 0 && decimal.Abs(number) < int.MaxValue ? (int)number : number
        : throw new CellException($"'{text}' is not a number.", "Write digits with a decimal point, such as 12.5.");

    [GeneratedRegex(@"^(US ?)?\$\s*(?=\d)|^USD\s*(?=\d)|(?<=\d)\s*(\$|USD|dollars)$", RegexOptions.IgnoreCase)]
    private static partial Regex Money();
}

/// <summary><c>{"date": "MM/dd/yyyy"}</c>: reads a date in a fixed format, as ISO 8601.</summary>
public sealed class Date(string form) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("O", CultureInfo.InvariantCulture)
            : throw new CellException($"'{text}' is not a date in the format {form}.", $"Write it as {form}.");
}

/// <summary>
/// <c>"day"</c>: reads a date as written in the United States ("3/1/2026", "Mar 1, 2026", "2026-03-01"), or a spreadsheet's serial number
/// (46082), as ISO 8601.
/// </summary>
public sealed class AnyDate : Transform
{
    // 2000 to 2099. Other numbers are not dates.
    private const int FirstSerial = 36_526;
    private const int LastSerial = 73_050;

    private static readonly string[] Forms =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyyMMdd", "M/d/yyyy", "M-d-yyyy", "M.d.yyyy", "M/d/yy", "MMMM d, yyyy", "MMMM d yyyy", "MMM d, yyyy", "MMM d yyyy", "MMM. d, yyyy", "d MMMM yyyy", "d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy",
    ];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        // Ignore a time after the date.
        var day = text.Length > 10 && text[10] is 'T' or ' ' && text[4] == '-' ? text[..10] : text;
        if (DateOnly.TryParseExact(day, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date))
        {
            return date.ToString("O", CultureInfo.InvariantCulture);
        }

        return int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) && serial is >= FirstSerial and <= LastSerial
            ? DateOnly.FromDateTime(DateTime.FromOADate(serial)).ToString("O", CultureInfo.InvariantCulture)
            : throw new CellException($"'{text}' is not a date.", "Write it as 2026-01-31 or 1/31/2026, or leave it empty.");
    }
}

/// <summary><c>"npi"</c>: reads a National Provider Identifier: ten digits with a valid check digit.</summary>
public sealed class NpiTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '-'));
        return Npi.IsValid(digits)
            ? digits
            : throw new CellException($"'{text}' is not a National Provider Identifier.", "Copy its ten digits from npiregistry.cms.hhs.gov, or leave it empty.");
    }
}

/// <summary><c>"ein"</c>: reads an Employer Identification Number, in the IRS format 12-3456789.</summary>
public sealed partial class Ein : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var digits = Separators().Replace(text, "");
        return digits.Length == 9 && digits.All(char.IsAsciiDigit)
            ? $"{digits[..2]}-{digits[2..]}"
            : throw new CellException($"'{text}' is not an Employer Identification Number.", "Write nine digits, such as 12-3456789, or leave it empty.");
    }

    [GeneratedRegex(@"[\s\-–]")]
    private static partial Regex Separators();
}
