using System.Globalization;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;

namespace HealthEquity.Admin.Pages.Entries;

/// <summary>Puts the texts of a translation into a public document.</summary>
internal static class TranslatedPreview
{
    /// <summary>The mark of a text that has no translation and is shown in the original language.</summary>
    public const string Untranslated = "Not translated";

    /// <summary>The mark of a translation that was made for an older text.</summary>
    public const string Outdated = "Outdated translation";

    /// <summary>Replaces the texts in the document.</summary>
    /// <param name="document">The public document, JSON.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="translation">One of its translations.</param>
    /// <param name="outdated">The paths of the entry's outdated texts, by language.</param>
    /// <returns>What is wrong with the translation of a text, by path.</returns>
    public static Dictionary<string, string> Fill(JsonObject document, Entry entry, Translation translation, ILookup<string, string>? outdated)
    {
        // Places that are not public are gone from the document, so paths in it differ from the entry's: compare texts.
        var old = translation.Texts.Where(t => outdated?[translation.Language].Contains(t.Path) == true).Select(t => t.Text).ToHashSet();
        var shown = PublicProjection.TextOf(entry);
        var texts = shown.Translations.First(t => t.Language == translation.Language).Texts.DistinctBy(t => t.Path).ToDictionary(t => t.Path, t => t.Text);
        var marks = new Dictionary<string, string>();
        foreach (var path in EntryTexts.Of(shown).Select(t => t.Path))
        {
            if (!texts.TryGetValue(path, out var text))
            {
                marks[path] = Untranslated;
            }
            else if (Put(document, path, text) && old.Contains(text))
            {
                marks[path] = Outdated;
            }
        }

        return marks;
    }

    /// <summary>Sets the text at a path; false if the document has no such place.</summary>
    private static bool Put(JsonObject document, string path, string text)
    {
        JsonNode? holder = document;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            holder = At(holder, step);
        }

        var (name, place) = Parse(steps[^1]);
        switch (holder)
        {
            case JsonObject part when place is null && part[name] is not null:
                part[name] = text;
                return true;
            case JsonObject part when part[name] is JsonArray list && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count:
                list[index] = text;
                return true;
            default:
                return false;
        }
    }

    private static JsonNode? At(JsonNode? holder, string step)
    {
        var (name, place) = Parse(step);
        var member = (holder as JsonObject)?[name];
        return place is null ? member
            : member is not JsonArray list ? null
            : int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? list.ElementAtOrDefault(index)
            : list.FirstOrDefault(item => item?["code"]?.ToString() == place);
    }

    private static (string Name, string? Place) Parse(string step) =>
        step.IndexOf('[', StringComparison.Ordinal) is > 0 and var at ? (step[..at], step[(at + 1)..^1]) : (step, null);
}
