using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HealthEquity.Db.Imports.Transforms;

/// <summary><c>"number"</c>: digits with a decimal point; thousands may have commas.</summary>
public sealed class Number : Transform
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands;

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number)
        ? number % 1 == 0 && decimal.Abs(number) < int.MaxValue ? (int)number : number
        : throw new CellException($"'{text}' is not a number.", "Write digits, with a point before decimals.");
}

/// <summary><c>{"date": "MM/dd/yyyy"}</c>: a day in that form, given as ISO 8601.</summary>
public sealed class Date(string form) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("O", CultureInfo.InvariantCulture)
            : throw new CellException($"'{text}' is not a day in the form {form}.", $"Write it as {form}.");
}

/// <summary><c>"ein"</c>: an Employer Identification Number in the form that the IRS gives it, 12-3456789.</summary>
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
