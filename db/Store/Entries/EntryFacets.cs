using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Translations;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>A value of a field, and how many entries have it.</summary>
public sealed record EntryFacetCount
{
    /// <summary>The value's code; for an assigned curator their id.</summary>
    public string Code { get; init; } = "";

    /// <summary>The number of entries.</summary>
    public int Number { get; init; }
}

/// <summary>The values of a field among the entries that a filter finds.</summary>
/// <param name="Values">The most frequent values.</param>
/// <param name="Empty">The number of entries for which nobody has filled the field in.</param>
/// <param name="Filled">The number of entries for which somebody has; 0 if it was not asked for.</param>
public sealed record EntryFacet(IReadOnlyList<EntryFacetCount> Values, int Empty, int Filled);

/// <summary>Counts the values of a field.</summary>
public static class EntryFacets
{
    /// <summary>The maximum number of values.</summary>
    public const int MaxValues = 60;

    private static readonly Sql CountTerms = new(
        "EntryFacets.Read",
        sqlServer:
        $"""
        SELECT TOP (@limit) t.Code, COUNT(*) AS Number FROM EntryTerm t
        WHERE t.Vocabulary = @vocabulary AND t.EntryId IN (SELECT e.EntryId FROM Entry e WHERE {EntryFinder.SqlServerWhere})
        GROUP BY t.Code ORDER BY Number DESC, t.Code OPTION (RECOMPILE)
        """,
        sqlite:
        $"""
        SELECT t.Code, COUNT(*) AS Number FROM EntryTerm t
        WHERE t.Vocabulary = @vocabulary AND t.EntryId IN (SELECT e.EntryId FROM {EntryFinder.SqliteEntry} WHERE {EntryFinder.SqliteWhere})
        GROUP BY t.Code ORDER BY Number DESC, t.Code LIMIT @limit
        """);

    private static readonly Sql CountAllTerms = new(
        "EntryFacets.Read",
        sqlServer: "SELECT TOP (@limit) t.Code, COUNT(*) AS Number FROM EntryTerm t WHERE t.Vocabulary = @vocabulary GROUP BY t.Code ORDER BY Number DESC, t.Code",
        sqlite: "SELECT t.Code, COUNT(*) AS Number FROM EntryTerm t WHERE t.Vocabulary = @vocabulary GROUP BY t.Code ORDER BY Number DESC, t.Code LIMIT @limit");

    private static readonly Sql CountAssigned = new(
        "EntryFacets.Read",
        sqlServer:
        $"""
        SELECT TOP (@limit) CAST(e.AssignedTo AS varchar(36)) AS Code, COUNT(*) AS Number FROM Entry e
        WHERE e.AssignedTo IS NOT NULL AND {EntryFinder.SqlServerWhere} GROUP BY e.AssignedTo ORDER BY Number DESC OPTION (RECOMPILE)
        """,
        sqlite:
        $"""
        SELECT e.AssignedTo AS Code, COUNT(*) AS Number FROM {EntryFinder.SqliteEntry}
        WHERE e.AssignedTo IS NOT NULL AND {EntryFinder.SqliteWhere} GROUP BY e.AssignedTo ORDER BY Number DESC LIMIT @limit
        """);

    private static readonly Sql SelectCities = new(
        "EntryFacets.Cities",
        sqlServer:
        """
        SELECT DISTINCT TOP (20) Code FROM EntryTerm
        WHERE Vocabulary = 'city' AND (LOWER(Code) = @city OR LOWER(Code) LIKE @beginning ESCAPE '\') ORDER BY Code
        """,
        sqlite:
        """
        SELECT DISTINCT Code FROM EntryTerm
        WHERE Vocabulary = 'city' AND (LOWER(Code) = @city OR LOWER(Code) LIKE @beginning ESCAPE '\') ORDER BY Code LIMIT 20
        """);

    /// <summary>The cities of entries with a name: "Miami, FL" for "miami" or "Miami, FL".</summary>
    public static Task<IReadOnlyList<string>> CitiesAsync(DbSession session, string name, CancellationToken cancellation)
    {
        var city = name.Trim().ToLowerInvariant();
        return session.QueryAsync<string>(SelectCities, new { city, beginning = EntryFinder.Escaped(city) + ",%" }, cancellation);
    }

    /// <summary>Counts the values of a field.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">Which entries are counted.</param>
    /// <param name="field">The field, as in a condition.</param>
    /// <param name="operators">The operators that the field has. Only these are counted.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<EntryFacet> ReadAsync(
        DbSession session, EntryFilter filter, string field, IReadOnlyList<ConditionOperator> operators, CancellationToken cancellation)
    {
        IReadOnlyList<EntryFacetCount> values = field switch
        {
            EntryCondition.Assured or EntryCondition.Due or EntryCondition.Slug => [],
            EntryGaps.Phone or EntryGaps.Email or EntryGaps.Website or EntryGaps.Hours or EntryGaps.Summary => [],
            TranslationTerms.Complete => await UnfinishedAsync(session, filter, cancellation),
            EntryCondition.Assigned => await session.QueryAsync<EntryFacetCount>(CountAssigned, EntryFinder.Parameters(filter, limit: MaxValues, vocabulary: field), cancellation),
            _ => await session.QueryAsync<EntryFacetCount>(filter == new EntryFilter() ? CountAllTerms : CountTerms, EntryFinder.Parameters(filter, limit: MaxValues, vocabulary: field), cancellation),
        };
        return new EntryFacet(values, await CountAsync(ConditionOperator.Empty), await CountAsync(ConditionOperator.Filled));

        async Task<int> CountAsync(ConditionOperator @operator) => operators.Contains(@operator)
            ? await EntryFinder.CountAsync(session, filter with { Conditions = [.. filter.Conditions ?? [], new EntryCondition(field, @operator)] }, cancellation)
            : 0;
    }

    /// <summary>
    /// For each language of the directory, the entries with unfinished texts: all but those that are complete in it, and those without any text
    /// to translate, which are complete in no single language.
    /// </summary>
    private static async Task<IReadOnlyList<EntryFacetCount>> UnfinishedAsync(DbSession session, EntryFilter filter, CancellationToken cancellation)
    {
        var languages = (await UnfinishedTexts.LanguagesAsync(session, cancellation)).Take(MaxValues).ToList();
        if (languages.Count == 0)
        {
            return [];
        }

        var parameters = EntryFinder.Parameters(filter, limit: int.MaxValue, vocabulary: TranslationTerms.Complete);
        var complete = (await session.QueryAsync<EntryFacetCount>(filter == new EntryFilter() ? CountAllTerms : CountTerms, parameters, cancellation))
            .ToDictionary(c => c.Code, c => c.Number, StringComparer.Ordinal);
        var all = await EntryFinder.CountAsync(session, filter, cancellation) - complete.GetValueOrDefault(TranslationTerms.Any);
        return [.. languages.Select(l => new EntryFacetCount { Code = l, Number = all - complete.GetValueOrDefault(l) })];
    }
}
