using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HealthEquity.Api.Site.Texts;

/// <summary>One string of the pages in one language, as a translator reads it.</summary>
public sealed record SiteString
{
    /// <summary>Where it stands and what its placeholders mean, for translators.</summary>
    public required string Context { get; init; }

    /// <summary>The English text that was translated; where it no longer is the English text, the translation is stale. Null in English.</summary>
    [JsonPropertyName("en")]
    public JsonElement? English { get; init; }

    /// <summary>The text, or its plural forms by CLDR category.</summary>
    public required JsonElement Text { get; init; }

    /// <summary>The most characters there is room for.</summary>
    public int Max { get; init; }

    /// <summary>Whether a person who knows the language has reviewed it.</summary>
    public bool Reviewed { get; init; }
}

/// <summary>The strings of the pages in one language.</summary>
public sealed class SiteText
{
    private readonly Dictionary<string, string> _plain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> _plural = new(StringComparer.Ordinal);

    /// <summary>Reads the strings of a language.</summary>
    /// <param name="file">The content of <c>{language}.json</c>.</param>
    /// <exception cref="JsonException">The file is not one.</exception>
    public SiteText(SiteTextFile file)
    {
        Language = file.Language;
        Name = file.Name;
        IsRightToLeft = file.Direction == "rtl";
        Strings = file.Texts;
        foreach (var (key, text) in file.Texts)
        {
            if (text.Text.ValueKind == JsonValueKind.Object)
            {
                _plural[key] = text.Text.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
            }
            else
            {
                _plain[key] = text.Text.GetString()!;
            }
        }
    }

    /// <summary>The language, BCP-47.</summary>
    public string Language { get; }

    /// <summary>The language's own name for itself.</summary>
    public string Name { get; }

    /// <summary>True for a script that is written from right to left.</summary>
    public bool IsRightToLeft { get; }

    /// <summary>The strings as the file has them.</summary>
    public IReadOnlyDictionary<string, SiteString> Strings { get; }

    /// <summary>The string of that key.</summary>
    public string this[string key] => _plain[key];

    /// <summary>The string with its placeholders filled in.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">Placeholders and their values.</param>
    public string Fill(string key, params ReadOnlySpan<(string Name, string Value)> values) => Replace(_plain[key], values);

    /// <summary>The plural form for a number, with <c>{count}</c> filled in.</summary>
    public string Count(string key, double number) =>
        Replace(_plural[key].TryGetValue(PluralRules.FormOf(Language, number), out var form) ? form : _plural[key]["other"], [("count", PluralRules.Write(Language, number))]);

    /// <summary>Words as a list: "English, Spanish and Vietnamese".</summary>
    public string List(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "",
        1 => words[0],
        _ => Fill("list.and", ("first", words.Take(words.Count - 1).Aggregate((first, last) => Fill("list.comma", ("first", first), ("last", last)))), ("last", words[^1])),
    };

    /// <summary>A day as people write it: "Nov 28, 2026".</summary>
    public string Day(DateOnly day) => Language == "en"
        ? day.ToString("MMM d, yyyy", CultureInfo.InvariantCulture)
        : day.ToString("d MMM yyyy", Culture);

    /// <summary>A time of day as people write it: "7:00 PM", "19:00".</summary>
    public string Time(TimeOnly time) => time.ToString(Language is "en" or "es" or "tl" or "ko" or "zh-Hans" or "zh-Hant" ? "h:mm tt" : "HH:mm", Language is "en" or "es" or "tl" ? CultureInfo.InvariantCulture : Culture);

    /// <summary>The name of a weekday.</summary>
    public string Weekday(DayOfWeek day) => Culture.DateTimeFormat.GetDayName(day);

    // Haitian Creole has no calendar names in ICU's data; French readers' names are understood.
    private CultureInfo Culture => CultureInfo.GetCultureInfo(Language == "ht" ? "fr" : Language);

    private static string Replace(string text, ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return text;
    }
}

/// <summary>A file of strings: one language.</summary>
public sealed record SiteTextFile
{
    /// <summary>The language, BCP-47.</summary>
    public required string Language { get; init; }

    /// <summary>The language's own name for itself.</summary>
    public required string Name { get; init; }

    /// <summary>"ltr" or "rtl".</summary>
    public required string Direction { get; init; }

    /// <summary>The strings by key.</summary>
    public required Dictionary<string, SiteString> Texts { get; init; }
}
