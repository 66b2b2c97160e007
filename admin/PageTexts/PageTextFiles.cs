using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Formats.Xliff;

namespace HealthEquity.Admin.PageTexts;

/// <summary>The texts of the public pages, one file for each language (<c>api/Site/Texts</c>), and what translators need and give back.</summary>
public sealed partial class PageTextFiles
{
    /// <summary>Where the files are in the repository.</summary>
    public const string DefaultFolder = "api/Site/Texts";

    private const string English = "en";

    // As in the check of the shipped files: letters differ in width.
    private const double Tolerance = 1.2;

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;
    private readonly JsonObject _english;
    private readonly JsonObject _file;

    private PageTextFiles(string path, JsonObject english, JsonObject file)
    {
        _path = path;
        _english = english["texts"]!.AsObject();
        _file = file;
        Language = (string)file["language"]!;
    }

    /// <summary>The language, BCP-47.</summary>
    public string Language { get; }

    private JsonObject Texts => _file["texts"]!.AsObject();

    /// <summary>Opens the file of a language.</summary>
    /// <exception cref="FileNotFoundException">There is no such language in the folder.</exception>
    public static PageTextFiles Open(string folder, string language)
    {
        var path = Path.Combine(folder, $"{language}.json");
        return File.Exists(path) && File.Exists(Path.Combine(folder, $"{English}.json"))
            ? new PageTextFiles(path, Read(Path.Combine(folder, $"{English}.json")), Read(path))
            : throw new FileNotFoundException($"'{folder}' has no texts in '{language}'. Run this at the root of the repository, or name the folder with --folder.");
    }

    /// <summary>The languages in a folder, English left out.</summary>
    public static IEnumerable<string> LanguagesIn(string folder) =>
        !System.IO.Directory.Exists(folder) ? []
            : System.IO.Directory.EnumerateFiles(folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Where(l => l != English).Order(StringComparer.Ordinal);

    /// <summary>All texts, for translators. A translation of an English text that has changed since is left out, so that it is made again.</summary>
    public XliffFile Export() => new(Language, [.. Units()]);

    /// <summary>Takes translations over, as far as nothing is wrong with them. What is not taken stays as it was.</summary>
    /// <returns>How many texts changed, and what is wrong with those that were not taken, each with its key and the remedy.</returns>
    public (int Changed, IReadOnlyList<string> Problems) Import(XliffFile given)
    {
        var problems = new List<string>();
        var changed = 0;
        var byId = given.Units.GroupBy(u => u.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        foreach (var wanted in Units())
        {
            if (!byId.TryGetValue(wanted.Id, out var unit) || string.IsNullOrWhiteSpace(unit.Target))
            {
                problems.Add($"{wanted.Id}: the translation is missing.");
            }
            else if (ProblemOf(wanted, unit) is { } problem)
            {
                problems.Add($"{wanted.Id}: {problem}");
            }
            else if (unit.Target != wanted.Target || unit.IsReviewed != wanted.IsReviewed)
            {
                Put(wanted.Id, unit);
                changed++;
            }
        }

        problems.AddRange(byId.Keys.Except(Units().Select(u => u.Id)).Select(id => $"{id}: the pages have no such text. Export the file again."));
        return (changed, problems);
    }

    /// <summary>Writes the file.</summary>
    public void Save() => File.WriteAllText(_path, Escaped().Replace(_file.ToJsonString(Written), m => m.Groups[1].Value + (char)Convert.ToInt32(m.Groups[2].Value, 16)) + "\n");

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    private string? ProblemOf(TranslationUnit wanted, TranslationUnit unit)
    {
        var (source, target) = (Placeholders(wanted.Source), Placeholders(unit.Target!));
        if (IsOneNumber(wanted.Id))
        {
            source.IntersectWith(target);
        }

        return unit.Source != wanted.Source ? "the English text has changed since the file was exported. Export it again."
            : source.Except(target).Any() ? $"the placeholder {string.Join(", ", source.Except(target))} is missing. Put it where the value belongs."
            : target.Except(Placeholders(wanted.Source)).Any() ? $"the placeholder {string.Join(", ", target.Except(Placeholders(wanted.Source)))} is unknown. Use {(source.Count > 0 ? string.Join(", ", source) : "none")}."
            : unit.Target!.Length > wanted.MaxLength * Tolerance ? $"the translation has {unit.Target.Length} characters; there is room for {wanted.MaxLength}. Shorten it."
            : null;
    }

    /// <summary>A plural form that stands for one number alone may say it in words ("no results", "two places").</summary>
    private bool IsOneNumber(string id) => !_english.ContainsKey(id)
        && (id.EndsWith(".zero", StringComparison.Ordinal) || id.EndsWith(".two", StringComparison.Ordinal)
            || (Language is "ar" or "es" or "ht" or "so" && id.EndsWith(".one", StringComparison.Ordinal)));

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value)];

    private IEnumerable<TranslationUnit> Units()
    {
        foreach (var (key, english) in _english)
        {
            var own = Texts[key];
            var isStale = own is null || !JsonNode.DeepEquals(own["en"], english!["text"]);
            foreach (var (id, form) in Forms(key, own, english!))
            {
                yield return new TranslationUnit(id, Text(english!["text"], form)!, isStale ? null : Text(own!["text"], form))
                {
                    Context = (string)english!["context"]! + (form is null ? "" : $" Plural form '{form}'."),
                    MaxLength = (int)english!["max"]!,
                    IsReviewed = !isStale && (bool)own!["reviewed"]!,
                };
            }
        }
    }

    /// <summary>The plural forms of a text are those that its language has, as its other plurals show them; without any, one and other.</summary>
    private IEnumerable<(string Id, string? Form)> Forms(string key, JsonNode? own, JsonNode english) =>
        english["text"] is not JsonObject ? [(key, null)]
            : ((own?["text"] as JsonObject) ?? Texts.Select(t => t.Value?["text"]).OfType<JsonObject>().FirstOrDefault() ?? english["text"]!.AsObject())
                .Select(f => ($"{key}.{f.Key}", (string?)f.Key));

    /// <summary>A form that English does not have is translated from its general form.</summary>
    private static string? Text(JsonNode? text, string? form) =>
        form is null ? (string?)text : text is JsonObject forms ? (string?)(forms[form] ?? forms["other"]) : null;

    private void Put(string id, TranslationUnit unit)
    {
        var isPlain = _english.ContainsKey(id);
        var key = isPlain ? id : id[..id.LastIndexOf('.')];
        var english = _english[key]!;
        if (Texts[key] is not JsonObject own || !JsonNode.DeepEquals(own["en"], english["text"]))
        {
            own = new JsonObject
            {
                ["context"] = english["context"]!.DeepClone(),
                ["en"] = english["text"]!.DeepClone(),
                ["text"] = isPlain ? "" : (Texts[key]?["text"] as JsonObject)?.DeepClone() ?? new JsonObject(),
                ["max"] = english["max"]!.DeepClone(),
                ["reviewed"] = false,
            };
            Texts[key] = own;
        }

        if (isPlain)
        {
            own["text"] = unit.Target;
        }
        else
        {
            own["text"]!.AsObject()[id[(id.LastIndexOf('.') + 1)..]] = unit.Target;
        }

        own["reviewed"] = unit.IsReviewed;
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    // Letters and spaces of every script as they are, so that a translator can read the file.
    [GeneratedRegex(@"((?:^|[^\\])(?:\\\\)*)\\u((?!00[0-9])[0-9A-Fa-f]{4})")]
    private static partial Regex Escaped();
}
