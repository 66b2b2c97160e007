using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Translations;

/// <summary>A text of an entry that can be translated.</summary>
/// <param name="Path">Where it is: <c>summary</c>, <c>steps[0]</c>, <c>provisions[judicial-warrant].text</c>.</param>
/// <param name="Text">The text in the entry's own language.</param>
/// <param name="IsOptional">True for the name of a person or an organization, which usually stays as it is.</param>
public sealed record TranslatableText(string Path, string Text, bool IsOptional);

/// <summary>Reads and replaces all texts of an entry that can be translated: name, summary, description, and those that are named by path.</summary>
public static class TranslatableTexts
{
    /// <summary>The path of the name.</summary>
    public const string Name = "name";

    /// <summary>The path of the summary.</summary>
    public const string Summary = "summary";

    /// <summary>The path of the description.</summary>
    public const string Description = "description";

    /// <summary>The texts in the entry's own language, in the order of the entry.</summary>
    public static IReadOnlyList<TranslatableText> Of(Entry entry) =>
    [
        .. new[]
        {
            new TranslatableText(Name, entry.Name, entry is ServiceEntry),
            new TranslatableText(Summary, entry.Summary ?? "", IsOptional: false),
            new TranslatableText(Description, entry.Description ?? "", IsOptional: false),
        }
        // A draft may hold two provisions with one code; only a review refuses that.
        .Concat(EntryTexts.Of(entry).DistinctBy(t => t.Path).Select(t => new TranslatableText(t.Path, t.Text, IsOptional: false)))
        .Where(t => !string.IsNullOrWhiteSpace(t.Text)),
    ];

    /// <summary>The texts of a translation by path.</summary>
    public static Dictionary<string, string> Of(Translation translation)
    {
        var texts = translation.Texts.DistinctBy(t => t.Path).ToDictionary(t => t.Path, t => t.Text, StringComparer.Ordinal);
        foreach (var (path, text) in new[] { (Name, translation.Name), (Summary, translation.Summary), (Description, translation.Description) })
        {
            if (text is not null)
            {
                texts[path] = text;
            }
        }

        return texts;
    }

    /// <summary>The texts of an entry in a language, by path; empty if there are none.</summary>
    public static Dictionary<string, string> In(Entry entry, string language) =>
        Find(entry, language) is { } translation ? Of(translation) : [];

    /// <summary>The translation into a language; null for none.</summary>
    public static Translation? Find(Entry entry, string language) => entry.Translations.FirstOrDefault(t => t.Language == language);

    /// <summary>The most characters that a text may have.</summary>
    public static int MaxLength(string path) => path switch
    {
        Name => 200,
        Summary => 300,
        Description => 20_000,
        _ => 50_000,
    };

    /// <summary>A text as it is stored: without spaces around it, with plain line breaks. Null if nothing remains.</summary>
    public static string? Clean(string? text) =>
        text?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } cleaned ? cleaned : null;

    /// <summary>
    /// Replaces texts of a translation. Texts whose original is gone are removed, and so is a translation without any text.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="language">The translation's language.</param>
    /// <param name="texts">The new texts by path; null removes one. Other texts stay.</param>
    /// <param name="provenance">How the translation was made.</param>
    /// <param name="today">The current date.</param>
    public static Entry Apply(Entry entry, string language, IReadOnlyDictionary<string, string?> texts, string provenance, DateOnly today)
    {
        var old = Find(entry, language);
        var now = old is null ? [] : Of(old);
        foreach (var (path, text) in texts)
        {
            if (Clean(text) is { } cleaned)
            {
                now[path] = cleaned;
            }
            else
            {
                now.Remove(path);
            }
        }

        var paths = Of(entry).Select(t => t.Path).ToList();
        var translation = (old ?? new Translation { Language = language, Provenance = provenance }) with
        {
            Name = now.GetValueOrDefault(Name),
            Summary = now.GetValueOrDefault(Summary),
            Description = now.GetValueOrDefault(Description),
            Texts = [.. paths.Where(p => p is not (Name or Summary or Description) && now.ContainsKey(p)).Select(p => new TranslatedText { Path = p, Text = now[p] })],
            Provenance = provenance,
            TranslatedOn = today,
        };
        var isEmpty = translation is { Name: null, Summary: null, Description: null, Texts.Count: 0 };
        IEnumerable<Translation> all = old is null ? [.. entry.Translations, translation] : entry.Translations.Select(t => t == old ? translation : t);
        return entry with { Translations = [.. all.Where(t => t != translation || !isEmpty)] };
    }

    /// <summary>The languages in which two versions of an entry differ; null if anything else differs.</summary>
    public static IReadOnlyList<string>? ChangedLanguages(Entry before, Entry after)
    {
        if (EntryJson.Write(before with { Translations = [] }) != EntryJson.Write(after with { Translations = [] }))
        {
            return null;
        }

        var (was, now) = (Written(before), Written(after));
        return [.. was.Concat(now).Select(t => t.Language).Distinct().Where(language => !Versions(was, language).SequenceEqual(Versions(now, language)))];

        static List<(string Language, string Body)> Written(Entry entry) =>
            [.. entry.Translations.Select(t => (t.Language, System.Text.Json.JsonSerializer.Serialize(t, EntryJson.Revision)))];
        static IEnumerable<string> Versions(List<(string Language, string Body)> translations, string language) =>
            translations.Where(t => t.Language == language).Select(t => t.Body);
    }
}
