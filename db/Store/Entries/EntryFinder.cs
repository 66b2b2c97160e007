using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>One page of results.</summary>
/// <param name="Rows">The entries on the page.</param>
/// <param name="Count">The total number of matches.</param>
public sealed record EntryPage(IReadOnlyList<EntryRow> Rows, int Count);

/// <summary>Finds entries in every state by their columns, terms and keys.</summary>
public static partial class EntryFinder
{
    /// <summary>The maximum number of ids from the search index sent to the database. With more, the results are combined in memory.</summary>
    private const int MaxAmong = 1_000;

    /// <summary>An order is walked if the page ends within this share of the matches: 4 means a quarter.</summary>
    private const int WalkedShare = 4;

    internal const string Columns =
        """
        e.EntryId, e.Kind, e.Slug, e.Name, e.Listing, e.ListingReason, e.DraftState, e.LatestRevision, e.PublishedRevision,
        e.FirstPublishedAt, e.AssuredOn, e.CheckDueOn, e.CapacityAsOf, e.CredentialExpiresOn, e.AssignedTo, e.CreatedAt, e.UpdatedAt
        """;

    private const string Filters =
        """
        (@text IS NULL OR e.Name LIKE @text ESCAPE '\' OR e.Slug LIKE @text ESCAPE '\'
          OR e.EntryId IN (SELECT k.EntryId FROM EntryKey k WHERE k.Value IN (@key, @registered) AND k.Type IN ('phone', 'email', 'npi', 'license', 'bar', 'host', 'ein'))
          OR e.EntryId IN (SELECT k.EntryId FROM EntryKey k WHERE k.Type = 'phone' AND k.Value >= @phone AND k.Value < @phoneEnd))
        AND (@kind IS NULL OR e.Kind = @kind)
        AND (@listing IS NULL OR e.Listing = @listing)
        AND (@draft IS NULL OR e.DraftState = @draft)
        AND (@assignedTo IS NULL OR e.AssignedTo = @assignedTo)
        AND (@dueBefore IS NULL OR (e.Listing = 'published' AND e.CheckDueOn < @dueBefore))
        AND (@dueFrom IS NULL OR (e.Listing = 'published' AND e.CheckDueOn >= @dueFrom))
        AND (@credentialBefore IS NULL OR (e.Listing = 'published' AND e.CredentialExpiresOn < @credentialBefore))
        AND (@capacityBefore IS NULL OR (e.Listing = 'published' AND e.CapacityAsOf < @capacityBefore))
        AND (@tag IS NULL OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'tag' AND t.Code IN (
          SELECT @tag UNION SELECT m.Code FROM Term m JOIN Term w ON w.Vocabulary = m.Vocabulary AND w.Code = @tag
          WHERE m.Vocabulary = 'tag' AND COALESCE(m.MergedInto, m.Code) = COALESCE(w.MergedInto, w.Code))))
        AND (@state IS NULL OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'state' AND t.Code = @state))
        AND (@language IS NULL OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'language' AND t.Code = @language))
        AND (@code IS NULL OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = @codeVocabulary AND t.Code = @code))
        AND (@neverAssured = 0 OR e.AssuredOn IS NULL)
        AND (@assuredBefore IS NULL OR e.AssuredOn < @assuredBefore)
        AND (@neverDue = 0 OR e.CheckDueOn IS NULL)
        AND (@unassigned = 0 OR e.AssignedTo IS NULL)
        AND (@stale = 0 OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'staleTranslation'))
        AND (@reviewer IS NULL OR (e.DraftState = 'inReview' AND NOT EXISTS (
          SELECT 1 FROM Revision r WHERE r.EntryId = e.EntryId AND r.Number > COALESCE(e.PublishedRevision, 0) AND r.Author = @reviewer)))
        AND (@author IS NULL OR (e.DraftState = 'draft'
          AND EXISTS (SELECT 1 FROM Revision r WHERE r.EntryId = e.EntryId AND r.Number > COALESCE(e.PublishedRevision, 0) AND r.Author = @author)
          AND EXISTS (SELECT 1 FROM Review v WHERE v.EntryId = e.EntryId AND v.Decision = 'return' AND NOT EXISTS (
            SELECT 1 FROM Review l WHERE l.EntryId = v.EntryId AND l.Decision IN ('submit', 'approve', 'discard') AND l.DecidedAt > v.DecidedAt))))
        """;

    /// <summary>The restrictions, with "e" as the entry.</summary>
    internal const string SqlServerWhere =
        $"""
        (@among IS NULL OR e.EntryId IN (SELECT CAST(f.[value] AS uniqueidentifier) FROM OPENJSON(@among) f))
        AND (@counties IS NULL OR e.EntryId IN (
          SELECT t.EntryId FROM OPENJSON(@counties) f JOIN EntryTerm t ON t.Vocabulary = 'county' AND t.Code = CAST(f.[value] AS nvarchar(200))))
        AND (@has IS NULL OR e.EntryId IN (
          SELECT t.EntryId FROM OPENJSON(@has) WITH (Part int '$[0]', Vocabulary varchar(60) '$[1]', Code nvarchar(100) '$[2]') f
          JOIN EntryTerm t ON t.Vocabulary = f.Vocabulary AND t.Code = f.Code GROUP BY t.EntryId HAVING COUNT(DISTINCT f.Part) = @parts))
        AND (@lacks IS NULL OR e.EntryId NOT IN (
          SELECT t.EntryId FROM OPENJSON(@lacks) WITH (Vocabulary varchar(60) '$[1]', Code nvarchar(100) '$[2]') f
          JOIN EntryTerm t ON t.Vocabulary = f.Vocabulary AND t.Code = f.Code))
        AND (@kinds IS NULL OR e.Kind IN (SELECT CAST(f.[value] AS varchar(20)) FROM OPENJSON(@kinds) f))
        AND (@slugs IS NULL OR NOT EXISTS (SELECT 1 FROM OPENJSON(@slugs) f WHERE e.Slug NOT LIKE CAST(f.[value] AS nvarchar(250)) ESCAPE '\'))
        AND {Filters}
        """;

    private const string SqliteFilters =
        $"""
        (@counties IS NULL OR e.EntryId IN (
          SELECT t.EntryId FROM json_each(@counties) f JOIN EntryTerm t ON t.Vocabulary = 'county' AND t.Code = f.value))
        AND (@has IS NULL OR e.EntryId IN (
          SELECT t.EntryId FROM json_each(@has) f CROSS JOIN EntryTerm t ON t.Vocabulary = f.value ->> 1 AND t.Code = f.value ->> 2
          GROUP BY t.EntryId HAVING COUNT(DISTINCT f.value ->> 0) = @parts))
        AND (@lacks IS NULL OR e.EntryId NOT IN (
          SELECT t.EntryId FROM json_each(@lacks) f CROSS JOIN EntryTerm t ON t.Vocabulary = f.value ->> 1 AND t.Code = f.value ->> 2))
        AND (@kinds IS NULL OR e.Kind IN (SELECT f.value FROM json_each(@kinds) f))
        AND (@slugs IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(@slugs) f WHERE e.Slug NOT LIKE f.value ESCAPE '\'))
        AND {Filters}
        """;

    /// <inheritdoc cref="SqlServerWhere"/>
    internal const string SqliteWhere = $"(@among IS NULL OR e.EntryId IN (SELECT f.value FROM json_each(@among) f)) AND {SqliteFilters}";

    // This index covers all filters and sorts. Without the hint, SQLite reads the table for every row it skips.
    internal const string SqliteEntry = "Entry e INDEXED BY IX_Entry_List";

    private static readonly Sql Count = new(
        "EntryFinder.Count",
        sqlServer: $"SELECT COUNT(*) FROM Entry e WHERE {SqlServerWhere} OPTION (RECOMPILE)",
        sqlite: $"SELECT COUNT(*) FROM {SqliteEntry} WHERE {SqliteWhere}");

    // The few drafts, instead of every entry.
    private static readonly Sql CountDrafts = new(
        "EntryFinder.Count",
        sqlServer: $"SELECT COUNT(*) FROM Entry e WHERE e.DraftState = @within AND {SqlServerWhere} OPTION (RECOMPILE)",
        sqlite: $"SELECT COUNT(*) FROM Entry e INDEXED BY IX_Entry_DraftState WHERE e.DraftState = @within AND {SqliteWhere}");

    // Nearly every entry can have a term, such as "cost is empty" after an import: their rows are read in the order of the terms.
    private static readonly Sql CountTerm = new(
        "EntryFinder.Count",
        sqlServer:
        $"""
        SELECT COUNT(*) FROM EntryTerm n JOIN Entry e ON e.EntryId = n.EntryId
        WHERE n.Vocabulary = @countedVocabulary AND n.Code = @counted AND {SqlServerWhere} OPTION (RECOMPILE)
        """,
        sqlite:
        $"""
        SELECT COUNT(*) FROM EntryTerm n CROSS JOIN Entry e ON e.EntryId = n.EntryId
        WHERE n.Vocabulary = @countedVocabulary AND n.Code = @counted AND {SqliteWhere}
        """);

    private static readonly Sql CountTermAlone = new("EntryFinder.Count", "SELECT COUNT(*) FROM EntryTerm WHERE Vocabulary = @countedVocabulary AND Code = @counted");

    // Nearly every entry can lack a term, too, such as "cost is not free": all entries but those that have it.
    private static readonly Sql CountLacking = new(
        "EntryFinder.Count",
        sqlServer:
        """
        SELECT (SELECT COUNT(*) FROM Entry) - (
          SELECT COUNT(DISTINCT t.EntryId) FROM OPENJSON(@lacks) WITH (Vocabulary varchar(60) '$[1]', Code nvarchar(100) '$[2]') f
          JOIN EntryTerm t ON t.Vocabulary = f.Vocabulary AND t.Code = f.Code)
        """,
        sqlite:
        """
        SELECT (SELECT COUNT(*) FROM Entry) - (
          SELECT COUNT(DISTINCT t.EntryId) FROM json_each(@lacks) f CROSS JOIN EntryTerm t ON t.Vocabulary = f.value ->> 1 AND t.Code = f.value ->> 2)
        """);

    private static readonly Sql CountAssigned = new(
        "EntryFinder.Count",
        sqlServer: $"SELECT COUNT(*) FROM Entry e WHERE e.AssignedTo = @assignedTo AND {SqlServerWhere} OPTION (RECOMPILE)",
        sqlite: $"SELECT COUNT(*) FROM Entry e INDEXED BY IX_Entry_AssignedTo WHERE e.AssignedTo = @assignedTo AND {SqliteWhere}");

    private static readonly Sql SelectBatch = new(
        "EntryFinder.Batch",
        sqlServer:
        $"""
        SELECT TOP (@limit) e.EntryId FROM Entry e
        WHERE (@after IS NULL OR e.EntryId > @after) AND {SqlServerWhere} ORDER BY e.EntryId OPTION (RECOMPILE)
        """,
        sqlite: $"SELECT e.EntryId FROM {SqliteEntry} WHERE (@after IS NULL OR e.EntryId > @after) AND {SqliteWhere} ORDER BY e.EntryId LIMIT @limit");

    private static readonly Sql SelectMatching = new(
        "EntryFinder.Find",
        sqlServer: $"SELECT e.EntryId FROM Entry e WHERE {SqlServerWhere} OPTION (RECOMPILE)",
        sqlite: $"SELECT e.EntryId FROM {SqliteEntry} WHERE {SqliteWhere}");

    private static readonly Sql SelectExcluded = new(
        "EntryFinder.Find",
        "SELECT e.EntryId FROM Entry e WHERE e.Listing <> COALESCE(@listing, e.Listing) OR e.DraftState <> COALESCE(@draft, e.DraftState)");

    private static readonly Sql SelectRows = new(
        "EntryFinder.Rows",
        sqlServer: $"SELECT {Columns} FROM OPENJSON(@ids) i JOIN Entry e ON e.EntryId = CAST(i.[value] AS uniqueidentifier) ORDER BY CAST(i.[key] AS int)",
        sqlite: $"SELECT {Columns} FROM json_each(@ids) i CROSS JOIN Entry e ON e.EntryId = i.value ORDER BY i.key");

    private static readonly Sql SelectByKey = new(
        "EntryFinder.FindByKey",
        """
        SELECT e.EntryId FROM Entry e
        WHERE (@kind IS NULL OR e.Kind = @kind) AND e.EntryId IN (
          SELECT o.EntryId FROM Entry o WHERE o.EntryId = @id OR o.Slug = @slug
          UNION SELECT f.EntryId FROM FormerSlug f WHERE f.Slug = @slug
          UNION SELECT k.EntryId FROM EntryKey k
            WHERE k.Type IN ('phone', 'email', 'npi', 'license', 'bar', 'host', 'ein') AND k.Value IN (@key, @registered, @digits)
          UNION SELECT k.EntryId FROM EntryKey k WHERE k.Type = 'phone' AND k.Value >= @phone AND k.Value < @phoneEnd
          UNION SELECT r.EntryId FROM ImportRecord r WHERE r.SourceId = @text)
        """);

    private static readonly Sql CountStale = new(
        "EntryFinder.CountStale",
        """
        SELECT COUNT(*) FROM (SELECT DISTINCT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'staleTranslation') s
        CROSS JOIN Entry e WHERE e.EntryId = s.EntryId AND e.Listing = 'published'
        """);

    /// <summary>One page of matching entries, and the total.</summary>
    /// <inheritdoc cref="FindAsync(DbSession, EntryFilter, EntryOrder, int, int, CancellationToken)"/>
    public static async Task<EntryPage> PageAsync(
        DbSession session, EntryFilter filter, EntryOrder order, int offset, int limit, CancellationToken cancellation)
    {
        int? count = filter.Among is null ? await CountAsync(session, filter, cancellation) : null;
        var (ids, found) = await SelectAsync(session, filter, order, offset, limit, cancellation, count);
        return new EntryPage(await RowsAsync(session, ids, cancellation), found ?? await CountAsync(session, filter, cancellation));
    }

    /// <summary>One page of matching entries.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="order">The sort order.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<IReadOnlyList<EntryRow>> FindAsync(
        DbSession session, EntryFilter filter, EntryOrder order, int offset, int limit, CancellationToken cancellation) =>
        await RowsAsync(session, (await SelectAsync(session, filter, order, offset, limit, cancellation)).Ids, cancellation);

    /// <inheritdoc cref="FindAsync(DbSession, EntryFilter, EntryOrder, int, int, CancellationToken)"/>
    public static Task<IReadOnlyList<EntryRow>> FindAsync(
        DbSession session, EntryFilter filter, EntrySort sort, int offset, int limit, CancellationToken cancellation) =>
        FindAsync(session, filter, new EntryOrder(sort, Descending: sort == EntrySort.Changed), offset, limit, cancellation);

    /// <summary>The ids of all matching entries.</summary>
    public static async Task<IReadOnlyList<Guid>> FindIdsAsync(DbSession session, EntryFilter filter, EntryOrder order, CancellationToken cancellation) =>
        (await SelectAsync(session, filter, order, 0, int.MaxValue, cancellation)).Ids;

    /// <summary>The number of matching entries.</summary>
    public static async Task<int> CountAsync(DbSession session, EntryFilter filter, CancellationToken cancellation) =>
        filter.Among is { } among && IsEverything(WithoutText(filter)) ? among.Count
            : Within(filter) is not null ? await session.ScalarAsync<int>(CountDrafts, Parameters(filter), cancellation)
            : filter.AssignedTo is not null ? await session.ScalarAsync<int>(CountAssigned, Parameters(filter), cancellation)
            : filter is { Among: null, Conditions: { } conditions } && conditions.FirstOrDefault(c => PairOf(c) is not null) is { } term
                ? await CountTermAsync(session, filter with { Conditions = conditions.Count == 1 ? null : [.. conditions.Where(c => c != term)] }, term, cancellation)
            : filter.Conditions is { Count: > 0 } all && all.All(c => c.Operator == ConditionOperator.Not) && IsEverything(filter with { Conditions = null })
                ? await session.ScalarAsync<int>(CountLacking, Parameters(filter), cancellation)
            : await session.ScalarAsync<int>(Count, Parameters(filter), cancellation);

    private static Task<int> CountTermAsync(DbSession session, EntryFilter others, EntryCondition term, CancellationToken cancellation) =>
        session.ScalarAsync<int>(IsEverything(others) ? CountTermAlone : CountTerm, Parameters(others, counted: term), cancellation);

    /// <summary>Matching ids in batches, sorted by id. Works even if processing a batch changes which entries match.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="after">The last id of the previous batch; null for the first batch.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<Guid>> BatchAsync(DbSession session, EntryFilter filter, Guid? after, int limit, CancellationToken cancellation) =>
        session.QueryAsync<Guid>(SelectBatch, Parameters(filter, 0, limit, after), cancellation);

    /// <summary>
    /// Finds entries by an exact key: id, current or former slug, phone number or its beginning, email address, license, bar number, NPI, EIN, website host, or
    /// the id in an import source.
    /// </summary>
    /// <param name="session">A session.</param>
    /// <param name="text">The text.</param>
    /// <param name="kind">Only entries of that kind; null for all.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<Guid>> FindByKeyAsync(DbSession session, string text, EntryKind? kind, CancellationToken cancellation)
    {
        text = text.Trim();
        var parameters = new
        {
            kind = kind?.Code(),
            id = Guid.TryParse(text, out var id) ? id : (Guid?)null,
            text,
            slug = text.ToLowerInvariant(),
            key = Key(text),
            registered = text.ToUpperInvariant(),
            digits = text.Any(char.IsLetter) ? null : string.Concat(text.Where(char.IsAsciiDigit)),
            phone = PhoneBeginning(text),
            phoneEnd = PhoneBeginning(text) + AfterDigits,
        };
        return session.QueryAsync<Guid>(SelectByKey, parameters, cancellation);
    }

    /// <summary>The number of public entries with an out-of-date translation.</summary>
    public static Task<int> CountStaleAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountStale, null, cancellation);

    /// <summary>The state of the drafts among which all matches are; null if matches need not be drafts.</summary>
    private static string? Within(EntryFilter filter) => filter switch
    {
        { ReviewableBy: not null } or { Draft: DraftState.InReview } => DraftState.InReview.Code(),
        { ReturnedTo: not null } or { Draft: DraftState.Draft } => DraftState.Draft.Code(),
        _ => null,
    };

    /// <summary>Creates the statements that select a page of ids in an order.</summary>
    /// <param name="sqlServer">The order for SQL Server.</param>
    /// <param name="sqlite">The order for SQLite.</param>
    /// <param name="index">SQLite's index with this order and the id; null if there is none.</param>
    internal static OrderedIds Ids(string sqlServer, string sqlite, string? index)
    {
        // SQL Server itself chooses between sorting and walking, because each of its statements is compiled for its parameters.
        var filtered = $"SELECT e.EntryId FROM Entry e WHERE {SqlServerWhere} ORDER BY {sqlServer} OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY OPTION (RECOMPILE)";
        Sql From(string entry) => new("EntryFinder.Find", filtered, $"SELECT e.EntryId FROM {entry} WHERE {SqliteWhere} ORDER BY {sqlite} LIMIT @limit OFFSET @offset");
        var sorted = From(SqliteEntry);
        return new OrderedIds(
            Filtered: sorted,
            Walked: index is null ? sorted : From($"Entry e INDEXED BY {index}"),
            All: new(
                "EntryFinder.Find",
                $"SELECT e.EntryId FROM Entry e ORDER BY {sqlServer} OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
                $"SELECT e.EntryId FROM Entry e ORDER BY {sqlite} LIMIT @limit OFFSET @offset"));
    }

    /// <summary>The other filters, without the search text that the index has already handled.</summary>
    private static EntryFilter WithoutText(EntryFilter filter) => filter with { Among = null, Text = null };

    private static bool IsEverything(EntryFilter filter) => filter == new EntryFilter();

    /// <summary>The statement for a page. Walking in the order skips few entries if many match, and reads no row if the filter is about terms.</summary>
    private static Sql Ids(EntryFilter filter, EntryOrder order, int end, int? count) =>
        IsEverything(filter) ? order.Ids.All : IsOfTerms(filter) || count / WalkedShare >= end ? order.Ids.Walked : order.Ids.Filtered;

    /// <summary>True if the entries are found by their terms alone, in which an index of any order has all that is needed.</summary>
    private static bool IsOfTerms(EntryFilter filter) =>
        IsEverything(filter with { Tag = null, State = null, Counties = null, Language = null, StaleTranslation = false, Conditions = null })
        && (filter.Conditions ?? []).All(c => !IsColumn(c) && c.Operator != ConditionOperator.Filled);

    private static Task<IReadOnlyList<EntryRow>> RowsAsync(DbSession session, IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        session.QueryAsync<EntryRow>(SelectRows, new { ids = JsonSerializer.Serialize(ids) }, cancellation);

    /// <summary>True for filters that nearly every entry matches (public, no draft). For these, it is faster to select the few excluded entries.</summary>
    private static bool IsWide(EntryFilter filter) =>
        IsEverything(filter with { Listing = null, Draft = null }) && filter.Listing is null or Listing.Published && filter.Draft is null or DraftState.None;

    /// <summary>The ids of a page, and the total if known.</summary>
    private static async Task<(IReadOnlyList<Guid> Ids, int? Count)> SelectAsync(
        DbSession session, EntryFilter filter, EntryOrder order, int offset, int limit, CancellationToken cancellation, int? count = null)
    {
        if (filter.Among is { } among && (among.Count > MaxAmong || order.Sort == EntrySort.Relevance))
        {
            var found = await FilterAsync(session, filter, cancellation);
            return order.Sort == EntrySort.Relevance ? ([.. found.Skip(offset).Take(limit)], found.Count)
                : found.Count > MaxAmong ? (await WalkAsync(session, found, order, offset, limit), found.Count)
                : ((await SelectAsync(session, new EntryFilter { Among = found }, order, offset, limit, cancellation)).Ids, found.Count);
        }

        var end = (int)Math.Min((long)offset + limit, int.MaxValue);
        return (await session.QueryAsync<Guid>(Ids(filter, order, end, count), Parameters(filter, offset, limit), cancellation), count);
    }

    /// <summary>The search results that match the other filters, best first.</summary>
    private static async Task<IReadOnlyList<Guid>> FilterAsync(DbSession session, EntryFilter filter, CancellationToken cancellation)
    {
        var (among, otherFilters) = (filter.Among!, WithoutText(filter));
        if (IsEverything(otherFilters))
        {
            return among;
        }

        var isWide = among.Count > MaxAmong && IsWide(otherFilters);
        var parameters = Parameters(among.Count > MaxAmong ? otherFilters : filter);
        var some = (await session.QueryAsync<Guid>(isWide ? SelectExcluded : SelectMatching, parameters, cancellation)).ToHashSet();
        return [.. among.Where(id => some.Contains(id) != isWide)];
    }

    /// <summary>Walks all entries in order and collects matches until the page is full.</summary>
    private static async Task<IReadOnlyList<Guid>> WalkAsync(DbSession session, IReadOnlyList<Guid> found, EntryOrder order, int offset, int limit)
    {
        var (wanted, page, passed) = (found.ToHashSet(), new List<Guid>(), 0);
        await foreach (var id in session.StreamAsync<Guid>(order.Ids.All, Parameters(new EntryFilter(), limit: int.MaxValue)))
        {
            if (wanted.Contains(id) && ++passed > offset)
            {
                page.Add(id);
            }

            if (page.Count == limit)
            {
                break;
            }
        }

        return page;
    }
}
