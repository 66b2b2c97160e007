using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Comparison;

/// <summary>
/// Finds translations that are out of date: a text changed and its translation did not. They are stored as terms, so that the work queue
/// finds them without reading entries.
/// </summary>
public static class StaleTranslations
{
    /// <summary>The vocabulary name of these terms. Their codes are languages.</summary>
    public const string Vocabulary = "staleTranslation";

    private const string Summary = "summary";

    private const string Description = "description";

    /// <summary>The languages whose translations are stale after a save.</summary>
    /// <param name="before">The entry before the save.</param>
    /// <param name="staleBefore">The languages that were already stale.</param>
    /// <param name="after">The entry being saved.</param>
    public static IEnumerable<string> Of(Entry before, IEnumerable<string> staleBefore, Entry after)
    {
        var stale = staleBefore.ToHashSet(StringComparer.Ordinal);
        return after.Translations
            .Where(t => before.Translations.FirstOrDefault(b => b.Language == t.Language) is { } old
                && (HasStaleText(before, old, after, t) || (stale.Contains(t.Language) && IsSame(old, t))))
            .Select(t => t.Language);
    }

    /// <summary>
    /// The paths of the texts whose translation was made for an older text, by language. A translation that was dated anew counts as read
    /// again as a whole.
    /// </summary>
    /// <param name="revisions">The revisions of an entry, oldest first. The last one may be what is being edited now.</param>
    public static ILookup<string, string> Over(IEnumerable<Entry> revisions)
    {
        var madeFor = new Dictionary<(string Language, string Path), string?>();
        Entry? before = null;
        foreach (var entry in revisions)
        {
            var own = Own(entry);
            foreach (var translation in entry.Translations)
            {
                var old = before?.Translations.FirstOrDefault(t => t.Language == translation.Language);
                var readAgain = old is null || (old.TranslatedOn != translation.TranslatedOn && old with { TranslatedOn = translation.TranslatedOn } is { } dated && IsSame(dated, translation));
                var was = old is null ? [] : Translated(old);
                foreach (var (path, text) in Translated(translation).Where(t => readAgain || was.GetValueOrDefault(t.Key) != t.Value))
                {
                    madeFor[(translation.Language, path)] = own.GetValueOrDefault(path);
                }
            }

            before = entry;
        }

        return before is null ? Enumerable.Empty<string>().ToLookup(_ => "") : StaleOf(before, madeFor).ToLookup(t => t.Language, t => t.Path);
    }

    /// <summary>The paths of the texts in which a translation was left behind by a save.</summary>
    /// <param name="before">The entry before the save.</param>
    /// <param name="after">The entry being saved.</param>
    /// <param name="language">The translation's language.</param>
    public static IEnumerable<string> Texts(Entry before, Entry after, string language) =>
        before.Translations.FirstOrDefault(t => t.Language == language) is { } old
        && after.Translations.FirstOrDefault(t => t.Language == language) is { } translation
            ? Texts(before, old, after, translation)
            : [];

    private static IEnumerable<(string Language, string Path)> StaleOf(Entry entry, Dictionary<(string Language, string Path), string?> madeFor)
    {
        var own = Own(entry);
        return from translation in entry.Translations
               from text in Translated(translation)
               where text.Value is not null && own.TryGetValue(text.Key, out var now) && madeFor.GetValueOrDefault((translation.Language, text.Key)) != now
               select (translation.Language, text.Key);
    }

    private static bool HasStaleText(Entry before, Translation old, Entry after, Translation translation) =>
        Texts(before, old, after, translation).Any();

    private static IEnumerable<string> Texts(Entry before, Translation old, Entry after, Translation translation)
    {
        var (was, now) = (Own(before), Own(after));
        var (translatedWas, translatedNow) = (Translated(old), Translated(translation));
        return now.Where(text => was.GetValueOrDefault(text.Key) != text.Value)
            .Select(text => text.Key)
            .Where(path => translatedWas.GetValueOrDefault(path) == translatedNow.GetValueOrDefault(path) && !IsUntranslated(path, translatedNow));
    }

    /// <summary>A step or a note that was never translated can't be left behind; a summary or a description is missed.</summary>
    private static bool IsUntranslated(string path, Dictionary<string, string?> translated) =>
        path is not (Summary or Description) && !translated.ContainsKey(path);

    // A draft may hold two provisions with one code; only a review refuses that.
    private static Dictionary<string, string?> Own(Entry entry) => EntryTexts.Of(entry)
        .DistinctBy(t => t.Path)
        .Select(t => KeyValuePair.Create(t.Path, (string?)t.Text))
        .Concat([new(Summary, entry.Summary), new(Description, entry.Description)])
        .ToDictionary(StringComparer.Ordinal);

    private static Dictionary<string, string?> Translated(Translation translation) => translation.Texts
        .DistinctBy(t => t.Path)
        .Select(t => KeyValuePair.Create(t.Path, (string?)t.Text))
        .Concat([new(Summary, translation.Summary), new(Description, translation.Description)])
        .ToDictionary(StringComparer.Ordinal);

    private static bool IsSame(Translation one, Translation other) =>
        one with { Texts = other.Texts } == other && one.Texts.SequenceEqual(other.Texts);
}
