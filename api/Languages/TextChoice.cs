namespace HealthEquity.Api.Languages;

/// <summary>Chooses among texts that stand in several languages.</summary>
public static class TextChoice
{
    /// <summary>The text in the best language for the reader, else in English, else in any; null if there is none.</summary>
    /// <param name="texts">The texts by language, BCP-47.</param>
    /// <param name="choice">The reader's languages.</param>
    public static (string Text, string Language)? Of(IReadOnlyDictionary<string, string> texts, LanguageChoice choice) => texts.Count == 0
        ? null
        : texts.OrderBy(t => choice.Rank(t.Key)).ThenBy(t => t.Key == "en" ? 0 : 1).ThenBy(t => t.Key, StringComparer.Ordinal).First() is var best
            ? (best.Value, best.Key)
            : null;
}
