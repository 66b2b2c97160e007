using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Translations;

/// <summary>
/// Finds translations that are out of date: a text changed and its translation did not. They are stored as terms, so that the work queue
/// finds them without reading entries.
/// </summary>
public static class StaleTranslations
{
    /// <summary>The vocabulary name of these terms. Their codes are languages.</summary>
    public const string Vocabulary = "staleTranslation";

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
        var versions = revisions.Select(e => ((Revision?)null, Entry: e)).ToList();
        var languages = versions.Count == 0 ? [] : versions[^1].Entry.Translations.Select(t => t.Language).Distinct();
        var moves = TextTrail.MovesOf(versions);
        return languages
            .SelectMany(language => TextTrail.Of(versions, language, moves).Where(t => t.IsStale).Select(t => (Language: language, t.Path)))
            .ToLookup(t => t.Language, t => t.Path);
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

    private static bool HasStaleText(Entry before, Translation old, Entry after, Translation translation) =>
        Texts(before, old, after, translation).Any();

    private static IEnumerable<string> Texts(Entry before, Translation old, Entry after, Translation translation)
    {
        var (was, now) = (Own(before), Own(after));
        var (translatedWas, translatedNow) = (Translated(old), Translated(translation));
        var moved = MovedTexts.Between(before, after);
        return now.Where(text => IsLeftBehind(text.Key, text.Value)).Select(text => text.Key);

        bool IsLeftBehind(string path, string? text)
        {
            var translated = translatedNow.GetValueOrDefault(path);
            // The translation moved with its text, or it stayed in its place.
            var origin = new[] { moved.SourceOf(path), path }.OfType<string>().FirstOrDefault(p => translatedWas.GetValueOrDefault(p) == translated);
            return origin is not null && was.GetValueOrDefault(origin) != text && !IsUntranslated(path, translatedNow);
        }
    }

    /// <summary>A step or a note that was never translated can't be left behind; a summary or a description is missed.</summary>
    private static bool IsUntranslated(string path, Dictionary<string, string?> translated) =>
        path is not (TranslatableTexts.Summary or TranslatableTexts.Description) && !translated.ContainsKey(path);

    private static Dictionary<string, string?> Own(Entry entry) => WithSummaryAndDescription(TranslatableTexts.Of(entry).Select(t => (t.Path, t.Text)));

    private static Dictionary<string, string?> Translated(Translation translation) =>
        WithSummaryAndDescription(TranslatableTexts.Of(translation).Select(t => (t.Key, t.Value)));

    private static Dictionary<string, string?> WithSummaryAndDescription(IEnumerable<(string Path, string Text)> texts)
    {
        var all = texts.ToDictionary(t => t.Path, t => (string?)t.Text, StringComparer.Ordinal);
        all.TryAdd(TranslatableTexts.Summary, null);
        all.TryAdd(TranslatableTexts.Description, null);
        return all;
    }

    private static bool IsSame(Translation one, Translation other) =>
        one with { Texts = other.Texts } == other && one.Texts.SequenceEqual(other.Texts);
}
