using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Search.Text;

namespace HealthEquity.Formats.Transforms;

/// <summary>
/// <c>"languages"</c>: reads the languages in a cell, by English, Spanish or native name or by code, as the entry's languages: "English, Spanish
/// (limited); ASL interpreter". Words next to a name determine how it is spoken, or become its note. Unknown languages are reported; the others
/// are kept.
/// </summary>
public sealed partial class LanguagesTransform : Transform
{
    private static readonly (string Pattern, string How)[] Services =
    [
        (@"\b(language|interpret\w*) line\b|\bby (tele)?phone\b|\btelephonic\b|\bvideo remote\b|\bvri\b", "languageLine"),
        (@"\binterpret\w*\b|\bint[eé]rprete\b|\btranslator\b", "interpreter"),
        (@"\b(bilingual|fluent|native|staff|speaking|spoken|speakers?)\b", "staff"),
        (@"\b(written|materials|forms|documents)\b", "writtenTranslation"),
    ];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var languages = new JsonArray();
        var (seen, unknown) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var part in Parts(text))
        {
            if (Read(part) is not { } language)
            {
                unknown.Add(part);
            }
            else if (seen.Add(language["language"]!.GetValue<string>()))
            {
                languages.Add(language);
            }
        }

        var kept = languages.Count == 0 ? null : languages;
        return unknown.Count == 0
            ? kept
            : throw new CellException($"'{string.Join("', '", unknown)}' is not a known language.", "Write language names separated by semicolons, such as 'Spanish; Haitian Creole (interpreter)'.") { Kept = kept };
    }

    /// <summary>True if the whole text is the name or code of a language.</summary>
    public static bool IsLanguage(string text) => Tag(text) is not null;

    /// <summary>The tag of a language by name or code; null if unknown.</summary>
    internal static string? TagOf(string text) => Tag(text);

    /// <summary>Splits at separators outside of parentheses.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        foreach (var part in Separator().Split(text).Select(p => p.Trim(' ', '.', '-', '•', '\t')).Where(p => p.Length > 0))
        {
            // Split "Spanish and French", but not "Sign language and lip reading", because lip reading is not a language.
            var both = And().Split(part);
            foreach (var one in both.Length > 1 && both.All(b => Read(b) is not null) ? both : [part])
            {
                yield return one;
            }
        }
    }

    private static JsonObject? Read(string part)
    {
        var match = Noted().Match(part);
        var (name, note) = (match.Groups["name"].Value.Trim(), match.Groups["note"].Value.Trim());
        var tag = Tag(name);
        if (tag is null)
        {
            // "ASL interpreter", "Spanish-speaking staff": the longest prefix that is a language is the name.
            var words = name.Split([' ', '-', '–'], StringSplitOptions.RemoveEmptyEntries);
            for (var length = words.Length - 1; length > 0 && tag is null; length--)
            {
                tag = Tag(string.Join(' ', words[..length]));
                if (tag is not null)
                {
                    note = string.Join(", ", new[] { string.Join(' ', words[length..]), note }.Where(n => n.Length > 0));
                }
            }
        }

        if (tag is null)
        {
            return null;
        }

        var language = new JsonObject { ["language"] = tag };
        if (Services.FirstOrDefault(s => Regex.IsMatch(note, s.Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout)).How is { } how)
        {
            language["how"] = new JsonArray(how == "interpreter" && tag is "ase" or "sgn" ? "signLanguageInterpreter" : how);
        }

        if (note.Length > 0 && !Plain().IsMatch(note))
        {
            language["note"] = note.Length <= 300 ? note : note[..299] + "…";
        }

        return language;
    }

    private static string? Tag(string name) => LanguageNames.Find(name) ?? (Code().IsMatch(name) ? LanguageTag.Canonical(name) : null);

    [GeneratedRegex(@"[;,|\n\r/•](?![^(]*\))|\s&\s(?![^(]*\))")]
    private static partial Regex Separator();

    [GeneratedRegex(@"\s+(?:and|y|et|e)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"^(?<name>[^(:\[]*)(?:[(:\[]\s*(?<note>.*?)\s*[)\]]?)?\s*$", RegexOptions.Singleline)]
    private static partial Regex Noted();

    /// <summary>Notes that only say how the language is spoken.</summary>
    [GeneratedRegex(@"^(interpreters?|bilingual|staff|language line|spoken|speaking( staff)?|by interpreter|interpreter available)$", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z]{2,4})?$")]
    private static partial Regex Code();
}

/// <summary><c>"language"</c>: reads one language, by English, Spanish or native name or by code, as its tag: "Haitian Creole" is ht.</summary>
public sealed class LanguageTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => LanguagesTransform.TagOf(text.Trim())
        ?? throw new CellException($"'{text}' is not a known language.", "Write one language name, such as Haitian Creole.");
}
