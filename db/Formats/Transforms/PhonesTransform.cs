using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Formats.Sources;
using PhoneNumbers;

namespace HealthEquity.Formats.Transforms;

/// <summary>
/// <c>"phones"</c> or <c>{"phones": {"type": "fax"}}</c>: reads every phone number in a cell, with extensions, as phones of the entry:
/// "303-555-0100 (office); fax: 303 555 0101; 1-800-555-0199 x4". Words next to a number set its type or become its label. Numbers that can't be
/// read are reported; the others are kept.
/// </summary>
public sealed partial class PhonesTransform(string? label, string? type) : Transform
{
    private const int MaxLabelLength = 100;
    private const long MaxAttempts = 50;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    private static readonly (Regex Words, string Type)[] Types =
    [
        (FaxWords(), "fax"), (TtyWords(), "tty"), (WhatsAppWords(), "whatsapp"), (SignalWords(), "signal"), (TextWords(), "text"), (HotlineWords(), "hotline"),
    ];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        if (Short().Match(text) is { Success: true } call)
        {
            return new JsonArray(Phone(call.Value, "", call.Value is "988" or "911" ? "hotline" : null));
        }

        var found = Numbers.FindNumbers(text, "US", PhoneNumberUtil.Leniency.VALID, MaxAttempts).ToList();
        var beside = Beside(text, found);
        var phones = ListTemplate.Flatten(found.Select((match, i) => Phone(match.Number, beside[i])));
        var rest = string.Concat(beside.Append(beside[found.Count]));
        return phones is not null && rest.Count(char.IsAsciiDigit) < 7
            ? phones
            : throw new CellException($"'{text}' is not a US phone number.", "Write ten digits, such as 305-555-0142 or 305-555-0142 x12, separated by semicolons.") { Kept = phones };
    }

    /// <summary>The words for each number, and finally the words for none.</summary>
    private static List<string> Beside(string text, List<PhoneNumberMatch> found)
    {
        var words = Enumerable.Repeat("", found.Count + 1).ToList();
        for (var i = 0; i <= found.Count; i++)
        {
            var from = i == 0 ? 0 : found[i - 1].Start + found[i - 1].Length;
            var between = text[from..(i == found.Count ? text.Length : found[i].Start)];
            if (i == 0 || i == found.Count)
            {
                var number = found.Count == 0 ? 0 : i == 0 ? 0 : i - 1;
                words[number] = $"{words[number]} {between}";
                continue;
            }

            var (before, after) = Divide(between);
            words[i - 1] = $"{words[i - 1]} {before}";
            words[i] = $"{words[i]} {after}";
        }

        return words;
    }

    /// <summary>Splits the words between two numbers into those of the first and those of the second.</summary>
    private static (string Before, string After) Divide(string between)
    {
        var separator = Separator().Match(between);
        if (separator.Success)
        {
            return (between[..separator.Index], between[(separator.Index + separator.Length)..]);
        }

        var close = between.IndexOf(')', StringComparison.Ordinal);
        return close >= 0 ? (between[..(close + 1)], between[(close + 1)..]) : ("", between);
    }

    private JsonObject Phone(PhoneNumber number, string words)
    {
        var said = Around().Replace(Separator().Replace(words, " "), " ").Trim(' ', ':', '-', '–', '.', ',', '(', ')', '#');
        var kind = Types.FirstOrDefault(t => t.Words.IsMatch(said)).Type;
        var phone = Phone(Numbers.Format(number, PhoneNumberFormat.E164), Named().IsMatch(said) ? "" : said, type ?? kind);
        if (number.HasExtension)
        {
            phone.Insert(1, "extension", number.Extension);
        }

        return phone;
    }

    private JsonObject Phone(string number, string said, string? kind)
    {
        var phone = new JsonObject { ["number"] = number };
        if (kind is not null)
        {
            phone["type"] = kind;
        }

        var whole = string.Join(", ", new[] { label, said }.Where(p => !string.IsNullOrEmpty(p)));
        if (whole.Length > 0)
        {
            phone["label"] = whole.Length <= MaxLabelLength ? whole : whole[..(MaxLabelLength - 1)] + "…";
        }

        return phone;
    }

    [GeneratedRegex(@"^(988|911|211|311)$")]
    private static partial Regex Short();

    [GeneratedRegex(@"[;|\n\r,/]|\s(?:or|and|o|y)\s", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex(@"[\s()]+")]
    private static partial Regex Around();

    /// <summary>Words that only say that it is a number of this type.</summary>
    [GeneratedRegex(@"^(tel(ephone|efono|éfono)?|phone|ph|voice|call|fax|tty|tdd|tty/?tdd|text|sms|whatsapp|signal|hotline|[tfpvmo])$", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"\bfax\b|^f$", RegexOptions.IgnoreCase)]
    private static partial Regex FaxWords();

    [GeneratedRegex(@"\b(tty|tdd)\b", RegexOptions.IgnoreCase)]
    private static partial Regex TtyWords();

    [GeneratedRegex(@"\bwhats ?app\b", RegexOptions.IgnoreCase)]
    private static partial Regex WhatsAppWords();

    [GeneratedRegex(@"\bsignal\b", RegexOptions.IgnoreCase)]
    private static partial Regex SignalWords();

    [GeneratedRegex(@"\b(text|texts|sms)\b(?! or call)", RegexOptions.IgnoreCase)]
    private static partial Regex TextWords();

    [GeneratedRegex(@"\b(hotline|crisis)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HotlineWords();
}
