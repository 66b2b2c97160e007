using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Translations;

/// <summary>
/// The languages of an entry as terms, so that entries with missing or outdated texts are found without reading them.
/// </summary>
public static class TranslationTerms
{
    /// <summary>The vocabulary of the languages into which at least one text was translated.</summary>
    public const string Begun = "translation";

    /// <summary>
    /// The vocabulary of the languages in which every text is there and up to date, the entry's own included. Every entry has a term of it.
    /// </summary>
    public const string Complete = "writtenIn";

    /// <summary>The only code in <see cref="Complete"/> of an entry that has no text to translate: it stands for every language.</summary>
    public const string Any = "*";

    /// <summary>The terms.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="stale">The languages with an outdated text.</param>
    public static IEnumerable<(string Vocabulary, string Code)> Of(Entry entry, IReadOnlySet<string> stale)
    {
        var needed = TranslatableTexts.Of(entry).Where(t => !t.IsOptional).Select(t => t.Path).ToList();
        if (needed.Count == 0 || LanguageTag.IsValid(entry.Language))
        {
            yield return (Complete, needed.Count == 0 ? Any : entry.Language);
        }

        foreach (var translation in entry.Translations.Where(t => LanguageTag.IsValid(t.Language)))
        {
            var texts = TranslatableTexts.Of(translation);
            yield return (Begun, translation.Language);
            if (stale.Contains(translation.Language))
            {
                yield return (StaleTranslations.Vocabulary, translation.Language);
            }
            else if (needed.Count > 0 && needed.TrueForAll(texts.ContainsKey))
            {
                yield return (Complete, translation.Language);
            }
        }
    }
}
