using HealthEquity.Directory.Translations;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>The number of public entries with missing or outdated texts in a language.</summary>
public sealed record UnfinishedTexts
{
    private static readonly Sql SelectLanguages = new(
        "UnfinishedTexts.Languages", "SELECT DISTINCT Code FROM EntryTerm WHERE Vocabulary = 'translation' ORDER BY Code");

    private static readonly Sql CountPublished = new("UnfinishedTexts.Count", "SELECT COUNT(*) FROM Entry WHERE Listing = 'published'");

    private static readonly Sql CountComplete = new(
        "UnfinishedTexts.Count",
        """
        SELECT t.Code AS Language, COUNT(*) AS Number FROM EntryTerm t INNER JOIN Entry e ON e.EntryId = t.EntryId
        WHERE t.Vocabulary = 'writtenIn' AND t.Code IN @languages AND e.Listing = 'published' GROUP BY t.Code
        """);

    private static readonly Sql SelectStale = new(
        "UnfinishedTexts.Stale", "SELECT EntryId FROM EntryTerm WHERE Vocabulary = 'staleTranslation' AND Code = @language");

    /// <summary>The language, a BCP-47 tag.</summary>
    public string Language { get; init; } = "";

    /// <summary>The number of entries.</summary>
    public int Number { get; init; }

    /// <summary>The languages of the directory: those into which at least one entry is translated.</summary>
    public static Task<IReadOnlyList<string>> LanguagesAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<string>(SelectLanguages, null, cancellation);

    /// <summary>The entries with an outdated text in a language.</summary>
    public static Task<IReadOnlyList<Guid>> StaleAsync(DbSession session, string language, CancellationToken cancellation) =>
        session.QueryAsync<Guid>(SelectStale, new { language }, cancellation);

    /// <summary>Counts the entries for each language.</summary>
    public static async Task<IReadOnlyList<UnfinishedTexts>> CountAsync(DbSession session, IReadOnlyCollection<string> languages, CancellationToken cancellation)
    {
        if (languages.Count == 0)
        {
            return [];
        }

        var complete = (await session.QueryAsync<UnfinishedTexts>(CountComplete, new { languages = languages.Append(TranslationTerms.Any) }, cancellation))
            .ToDictionary(c => c.Language, c => c.Number, StringComparer.Ordinal);
        var all = await session.ScalarAsync<int>(CountPublished, null, cancellation) - complete.GetValueOrDefault(TranslationTerms.Any);
        return [.. languages.Select(l => new UnfinishedTexts { Language = l, Number = all - complete.GetValueOrDefault(l) })];
    }
}
