using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;
using PhoneNumbers;

namespace HealthEquity.Formats.Transforms;

/// <summary>
/// <c>"phone"</c> or <c>{"phone": {"label": "intake"}}</c>: reads one US phone number with extension ("860-276-3000 x301") as a phone of the
/// entry. A word before a colon ("tdd: 800-955-8771") is looked up in <c>types</c> and <c>labels</c>; <c>labelColumn</c> names a column with a
/// label.
/// </summary>
public sealed partial class PhoneTransform(
    string? label, string? labelColumn, IReadOnlyDictionary<string, string> labels, IReadOnlyDictionary<string, string> types) : Transform
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <inheritdoc/>
    public override IEnumerable<string> Columns => labelColumn is null ? [] : [labelColumn];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var parts = Labelled().Match(text);
        var word = parts.Groups["label"].Value.Trim();
        var number = Parse(parts.Groups["number"].Value, text);
        var phone = new JsonObject { ["number"] = Numbers.Format(number, PhoneNumberFormat.E164) };
        if (number.HasExtension)
        {
            phone["extension"] = number.Extension;
        }

        if (types.TryGetValue(word, out var type))
        {
            phone["type"] = type;
        }

        var said = labels.TryGetValue(word, out var known) ? known : types.ContainsKey(word) ? "" : word;
        var whole = string.Join(", ", new[] { label, labelColumn is null ? null : row[labelColumn], said }.Where(p => !string.IsNullOrEmpty(p)));
        if (whole.Length > 0)
        {
            phone["label"] = whole;
        }

        return phone;
    }

    private static PhoneNumber Parse(string number, string text)
    {
        try
        {
            var parsed = Numbers.Parse(number, "US");
            if (Numbers.IsPossibleNumber(parsed))
            {
                return Numbers.IsValidNumber(parsed)
                    ? parsed
                    : throw new CellException($"'{text}' is not a US phone number: no number begins with these digits.", "Check the area code and the three digits after it.");
            }
        }
        catch (NumberParseException)
        {
            // Reported below, with a remedy.
        }

        throw new CellException($"'{text}' is not a US phone number.", "Write ten digits, such as 305-555-0142 or 305-555-0142 x12.");
    }

    [GeneratedRegex(@"^\s*(?:(?<label>[\p{L} .'-]+):)?\s*(?<number>.*)$", RegexOptions.Singleline)]
    private static partial Regex Labelled();
}
