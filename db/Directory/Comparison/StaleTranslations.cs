using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Comparison;

/// <summary>
/// Finds translations that are out of date: the summary or description changed and the translation did not. They are stored as terms,
/// so that the work queue finds them without reading entries.
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
        var changed = before.Summary != after.Summary || before.Description != after.Description;
        var stale = staleBefore.ToHashSet(StringComparer.Ordinal);
        return after.Translations.Where(t => before.Translations.Contains(t) && (changed || stale.Contains(t.Language))).Select(t => t.Language);
    }
}
