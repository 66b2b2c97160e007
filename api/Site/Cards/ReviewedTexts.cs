using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.Cards;

/// <summary>Whether a person has reviewed an entry's translation. If not, texts about danger and rights are shown with the English.</summary>
public static class ReviewedTexts
{
    /// <summary>The language of an entry's summary where it is not the reader's, and the English to show besides, if any.</summary>
    /// <param name="entry">The entry as it is published, with its translations.</param>
    /// <param name="language">The reader's language.</param>
    public static (string? Language, string? English) Of(Entry entry, string language)
    {
        var translation = entry.Translations.FirstOrDefault(t => t.Language == language && t.Summary is not null);
        return entry.Language == language || translation is { Provenance: not "machine" } ? (null, null)
            : translation is null ? (entry.Language, null)
            : (null, entry.Language == "en" ? entry.Summary : null);
    }
}
