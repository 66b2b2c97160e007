using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Comparison;

/// <summary>
/// Translations that have not followed their text: the name, summary or description changed and the translation did not. Kept as
/// terms, so that the queue finds them without reading any text.
/// </summary>
public static class StaleTranslations
{
    /// <summary>The terms' vocabulary; their codes are languages.</summary>
    public const string Vocabulary = "staleTranslation";

    /// <summary>The languages whose translations are stale after a save.</summary>
    /// <param name="before">The text before.</param>
    /// <param name="staleBefore">The languages that were stale already.</param>
    /// <param name="after">The text that is saved.</param>
    public static IEnumerable<string> Of(Entry before, IEnumerable<string> staleBefore, Entry after)
    {
        var changed = before.Summary != after.Summary || before.Description != after.Description;
        var stale = staleBefore.ToHashSet(StringComparer.Ordinal);
        return after.Translations.Where(t => before.Translations.Contains(t) && (changed || stale.Contains(t.Language))).Select(t => t.Language);
    }
}
