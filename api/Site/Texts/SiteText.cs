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
    private const char FirstStrongIsolate = '\u2068';
    private const char PopIsolate = '\u2069';

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
        Culture = CultureOf(Language);
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

    /// <summary>
    /// The English of a string that no person has reviewed in this language; null where one has. Texts about danger and rights are shown
    /// with it, because a wrong word there can harm.
    /// </summary>
    /// <param name="key">The key.</param>
    public string? EnglishOf(string key) =>
        Language != "en" && Strings[key] is { Reviewed: false, English: { ValueKind: JsonValueKind.String } english } ? english.GetString() : null;

    /// <summary>The string with its placeholders filled in. From right to left, each value keeps its own direction.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">Placeholders and their values.</param>
    public string Fill(string key, params ReadOnlySpan<(string Name, string Value)> values) => Replace(_plain[key], values);

    /// <summary>The plural form for a number, with <c>{count}</c> filled in.</summary>
    public string Count(string key, double number) =>
        Replace(_plural[key].TryGetValue(PluralRules.FormOf(Language, number), out var form) ? form : _plural[key]["other"], [("count", PluralRules.Write(Language, number))]);

    /// <summary>Words as a list: "English, Spanish and Vietnamese". Spanish has "e" for "y" before the sound of i: "español e inglés".</summary>
    public string List(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "",
        1 => Isolate(words[0]),
        _ => Join(
            Language == "es" && StartsWithI(words[^1]) ? "{first} e {last}" : _plain["list.and"],
            words.Take(words.Count - 1).Select(Isolate).Aggregate((first, last) => Join(_plain["list.comma"], first, last)),
            Isolate(words[^1])),
    };

    /// <summary>A word whose direction may be another than the page's, kept apart from the words around it (Unicode, UAX 9).</summary>
    public string Isolate(string words) => IsRightToLeft && words.Length > 0 ? $"{FirstStrongIsolate}{words}{PopIsolate}" : words;

    /// <summary>A day as people write it: "Nov 28, 2026" (Unicode CLDR, yMMMd), in the calendar of the United States.</summary>
    public string Day(DateOnly day) => day.ToString(
        Language switch
        {
            "en" or "tl" => "MMM d, yyyy",
            "zh-Hans" or "zh-Hant" => "yyyy年M月d日",
            "ko" => "yyyy년 M월 d일",
            "vi" => "d MMM, yyyy",
            "pt" => "d 'de' MMM 'de' yyyy",
            "ru" => "d MMM yyyy 'г.'",
            "uk" => "d MMM yyyy 'р.'",
            _ => "d MMM yyyy",
        },
        Language == "en" ? CultureInfo.InvariantCulture : Culture);

    /// <summary>A time of day as people write it: "7:00 PM", "19:00".</summary>
    public string Time(TimeOnly time) => Language switch
    {
        "en" or "es" or "tl" => time.ToString("h:mm tt", CultureInfo.InvariantCulture),
        "ko" => time.ToString("tt h:mm", Culture),
        "zh-Hans" or "zh-Hant" => time.ToString("tth:mm", Culture),
        _ => time.ToString("HH:mm", Culture),
    };

    /// <summary>The name of a weekday.</summary>
    public string Weekday(DayOfWeek day) => Culture.DateTimeFormat.GetDayName(day);

    // Haitian Creole has no calendar names in ICU's data; French readers' names are understood.
    private CultureInfo Culture { get; }

    private static CultureInfo CultureOf(string language)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(language == "ht" ? "fr" : language).Clone();
        culture.DateTimeFormat.Calendar = new GregorianCalendar();
        return culture;
    }

    private static string Join(string pattern, string first, string last) =>
        pattern.Replace("{first}", first, StringComparison.Ordinal).Replace("{last}", last, StringComparison.Ordinal);

    // "hielo" and "hiato" keep "y": there the i is only half a vowel.
    private static bool StartsWithI(string word) =>
        word.Length > 0 && (word[0] is 'i' or 'I' or 'í' or 'Í'
            || (word.Length > 2 && word[0] is 'h' or 'H' && word[1] is 'i' or 'í' && word[2] is not ('a' or 'e' or 'o' or 'u')));

    private string Replace(string text, ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            text = text.Replace($"{{{name}}}", Isolate(value), StringComparison.Ordinal);
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
