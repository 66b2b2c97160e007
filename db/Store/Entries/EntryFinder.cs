using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>Which entries are looked for. What is null does not matter.</summary>
public sealed record EntryFilter
{
    /// <summary>Part of the name or slug, or a whole key: what is searched while there is no index. Of no account beside <see cref="Among"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Only these, the best first: what the index found.</summary>
    public IReadOnlyList<Guid>? Among { get; init; }

    /// <summary>The kind.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>Whether the public sees it.</summary>
    public Listing? Listing { get; init; }

    /// <summary>Whether a draft is under way.</summary>
    public DraftState? Draft { get; init; }

    /// <summary>A tag, or one that was merged with it.</summary>
    public string? Tag { get; init; }

    /// <summary>A state served or lain in, USPS code.</summary>
    public string? State { get; init; }

    /// <summary>Any of these counties, each as "FL:Miami-Dade County".</summary>
    public IReadOnlyList<string>? Counties { get; init; }

    /// <summary>A language served.</summary>
    public string? Language { get; init; }

    /// <summary>The curator who looks after it.</summary>
    public Guid? AssignedTo { get; init; }

    /// <summary>To be checked before that day.</summary>
    public DateOnly? DueBefore { get; init; }

    /// <summary>To be checked on that day or later.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>A license or accreditation runs out before that day.</summary>
    public DateOnly? CredentialBefore { get; init; }

    /// <summary>What is said of its capacity was true before that day.</summary>
    public DateOnly? CapacityBefore { get; init; }

    /// <summary>A translation is older than the text that it translates.</summary>
    public bool StaleTranslation { get; init; }

    /// <summary>In review, and this curator had no hand in it.</summary>
    public Guid? ReviewableBy { get; init; }

    /// <summary>A draft that a reviewer sent back, in which this curator had a hand.</summary>
    public Guid? ReturnedTo { get; init; }
}

/// <summary>A page of the entries that were looked for.</summary>
/// <param name="Rows">Those on the page.</param>
/// <param name="Count">How many there are on all pages.</param>
public sealed record EntryPage(IReadOnlyList<EntryRow> Rows, int Count);

/// <summary>Finds entries in every state, by what their rows, terms and keys say.</summary>
public static class EntryFinder
{
    /// <summary>Of what the index found, no more is told to the database; more is compared here with what the database finds.</summary>
    private const int MostAmong = 1_000;

    internal const string Columns =
        """
        e.EntryId, e.Kind, e.Slug, e.Name, e.Listing, e.ListingReason, e.DraftState, e.LatestRevision, e.PublishedRevision,
        e.FirstPublishedAt, e.AssuredOn, e.CheckDueOn, e.CapacityAsOf, e.CredentialExpiresOn, e.AssignedTo, e.CreatedAt, e.UpdatedAt
        """;

    private const string Filters =
        """
        (@text IS NULL OR e.Name LIKE @text ESCAPE '\' OR e.Slug LIKE @text ESCAPE '\'
          OR e.EntryId IN (SELECT k.EntryId FROM EntryKey k WHERE k.Value IN (@key, @registered) AND k.Type IN ('phone', 'email', 'npi', 'license', 'bar', 'host', 'ein')))
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
        AND (@stale = 0 OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'staleTranslation'))
        AND (@reviewer IS NULL OR (e.DraftState = 'inReview' AND NOT EXISTS (
          SELECT 1 FROM Revision r WHERE r.EntryId = e.EntryId AND r.Number > COALESCE(e.PublishedRevision, 0) AND r.Author = @reviewer)))
        AND (@author IS NULL OR (e.DraftState = 'draft'
          AND EXISTS (SELECT 1 FROM Revision r WHERE r.EntryId = e.EntryId AND r.Number > COALESCE(e.PublishedRevision, 0) AND r.Author = @author)
          AND EXISTS (SELECT 1 FROM Review v WHERE v.EntryId = e.EntryId AND v.Decision = 'return' AND NOT EXISTS (
            SELECT 1 FROM Review l WHERE l.EntryId = v.EntryId AND l.Decision IN ('submit', 'approve', 'discard') AND l.DecidedAt > v.DecidedAt))))
        """;

    private const string SqlServerWhere =
        $"""
        (@among IS NULL OR e.EntryId IN (SELECT CAST(f.[value] AS uniqueidentifier) FROM OPENJSON(@among) f))
        AND (@counties IS NULL OR e.EntryId IN (
          SELECT t.EntryId FROM OPENJSON(@counties) f JOIN EntryTerm t ON t.Vocabulary = 'county' AND t.Code = CAST(f.[value] AS nvarchar(200))))
        AND {Filters}
        """;

    private const string SqliteFilters =
        $"""
        (@counties IS NULL OR e.EntryId IN (
          SELECT t.EntryId FROM json_each(@counties) f JOIN EntryTerm t ON t.Vocabulary = 'county' AND t.Code = f.value))
        AND {Filters}
        """;

    private const string SqliteWhere = $"(@among IS NULL OR e.EntryId IN (SELECT f.value FROM json_each(@among) f)) AND {SqliteFilters}";

    // The index holds everything that is filtered and sorted by: without the hint SQLite would read the table for each row passed over.
    private const string SqliteEntry = "Entry e INDEXED BY IX_Entry_List";

    private static readonly Sql Count = new(
        "EntryFinder.Count",
        sqlServer: $"SELECT COUNT(*) FROM Entry e WHERE {SqlServerWhere} OPTION (RECOMPILE)",
        sqlite: $"SELECT COUNT(*) FROM {SqliteEntry} WHERE {SqliteWhere}");

    private static readonly Sql SelectBatch = new(
        "EntryFinder.Batch",
        sqlServer:
        $"""
        SELECT TOP (@limit) e.EntryId FROM Entry e
        WHERE (@after IS NULL OR e.EntryId > @after) AND {SqlServerWhere} ORDER BY e.EntryId OPTION (RECOMPILE)
        """,
        sqlite: $"SELECT e.EntryId FROM {SqliteEntry} WHERE (@after IS NULL OR e.EntryId > @after) AND {SqliteWhere} ORDER BY e.EntryId LIMIT @limit");

    private static readonly Sql SelectThrough = new(
        "EntryFinder.Find",
        sqlServer: $"SELECT e.EntryId FROM Entry e WHERE {SqlServerWhere} OPTION (RECOMPILE)",
        sqlite: $"SELECT e.EntryId FROM {SqliteEntry} WHERE {SqliteWhere}");

    private static readonly Sql SelectKeptOut = new(
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
          UNION SELECT r.EntryId FROM ImportRecord r WHERE r.SourceId = @text)
        """);

    private static readonly Sql CountStale = new(
        "EntryFinder.CountStale",
        """
        SELECT COUNT(*) FROM Entry e
        WHERE e.Listing = 'published' AND e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'staleTranslation')
        """);

    /// <summary>One page of the entries looked for, and how many there are.</summary>
    /// <inheritdoc cref="FindAsync(DbSession, EntryFilter, EntryOrder, int, int, CancellationToken)"/>
    public static async Task<EntryPage> PageAsync(
        DbSession session, EntryFilter filter, EntryOrder order, int offset, int limit, CancellationToken cancellation)
    {
        var (ids, count) = await SelectAsync(session, filter, order, offset, limit, cancellation);
        return new EntryPage(await RowsAsync(session, ids, cancellation), count ?? await CountAsync(session, filter, cancellation));
    }

    /// <summary>One page of the entries looked for.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="order">In which order.</param>
    /// <param name="offset">How many to leave out at the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<IReadOnlyList<EntryRow>> FindAsync(
        DbSession session, EntryFilter filter, EntryOrder order, int offset, int limit, CancellationToken cancellation) =>
        await RowsAsync(session, (await SelectAsync(session, filter, order, offset, limit, cancellation)).Ids, cancellation);

    /// <inheritdoc cref="FindAsync(DbSession, EntryFilter, EntryOrder, int, int, CancellationToken)"/>
    public static Task<IReadOnlyList<EntryRow>> FindAsync(
        DbSession session, EntryFilter filter, EntrySort sort, int offset, int limit, CancellationToken cancellation) =>
        FindAsync(session, filter, new EntryOrder(sort, Descending: sort == EntrySort.Changed), offset, limit, cancellation);

    /// <summary>The ids of all entries looked for.</summary>
    public static async Task<IReadOnlyList<Guid>> FindIdsAsync(DbSession session, EntryFilter filter, EntryOrder order, CancellationToken cancellation) =>
        (await SelectAsync(session, filter, order, 0, int.MaxValue, cancellation)).Ids;

    /// <summary>How many there are.</summary>
    public static async Task<int> CountAsync(DbSession session, EntryFilter filter, CancellationToken cancellation) =>
        filter.Among is { } among && IsEverything(Beside(filter)) ? among.Count : await session.ScalarAsync<int>(Count, Parameters(filter), cancellation);

    /// <summary>Ids of the entries looked for, by id: some at a time, also while what is done to them takes them out of what is looked for.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="after">The last id of the batch before; null for the first batch.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<Guid>> BatchAsync(DbSession session, EntryFilter filter, Guid? after, int limit, CancellationToken cancellation) =>
        session.QueryAsync<Guid>(SelectBatch, Parameters(filter, 0, limit, after), cancellation);

    /// <summary>
    /// Entries that a text means as a whole: their id, their slug now or formerly, a telephone number, e-mail address, license, bar
    /// number, NPI, EIN or host, or what an import's source calls them.
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
        };
        return session.QueryAsync<Guid>(SelectByKey, parameters, cancellation);
    }

    /// <summary>How many public entries have a translation that is older than their text.</summary>
    public static Task<int> CountStaleAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountStale, null, cancellation);

    /// <summary>How the ids of a page are found in a certain order: of the entries that the filter lets through, or of all.</summary>
    /// <param name="sqlServer">The order for SQL Server.</param>
    /// <param name="sqlite">The order for SQLite, which has an index for each that is a column and the id.</param>
    internal static OrderedIds Ids(string sqlServer, string sqlite) => new(
        Filtered: new(
            "EntryFinder.Find",
            $"SELECT e.EntryId FROM Entry e WHERE {SqlServerWhere} ORDER BY {sqlServer} OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY OPTION (RECOMPILE)",
            $"SELECT e.EntryId FROM {SqliteEntry} WHERE {SqliteWhere} ORDER BY {sqlite} LIMIT @limit OFFSET @offset"),
        All: new(
            "EntryFinder.Find",
            $"SELECT e.EntryId FROM Entry e ORDER BY {sqlServer} OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
            $"SELECT e.EntryId FROM Entry e ORDER BY {sqlite} LIMIT @limit OFFSET @offset"));

    /// <summary>What is asked beside the words, which the index has answered.</summary>
    private static EntryFilter Beside(EntryFilter filter) => filter with { Among = null, Text = null };

    private static bool IsEverything(EntryFilter filter) => filter == new EntryFilter();

    private static Sql Ids(EntryFilter filter, EntryOrder order) => IsEverything(filter) ? order.Ids.All : order.Ids.Filtered;

    private static Task<IReadOnlyList<EntryRow>> RowsAsync(DbSession session, IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        session.QueryAsync<EntryRow>(SelectRows, new { ids = JsonSerializer.Serialize(ids) }, cancellation);

    /// <summary>Nearly everything is public and not being written: of those the few that such a filter keeps out are asked for.</summary>
    private static bool IsWide(EntryFilter filter) =>
        IsEverything(filter with { Listing = null, Draft = null }) && filter.Listing is null or Listing.Published && filter.Draft is null or DraftState.None;

    /// <summary>The ids of a page, and how many there are in all where that comes along.</summary>
    private static async Task<(IReadOnlyList<Guid> Ids, int? Count)> SelectAsync(
        DbSession session, EntryFilter filter, EntryOrder order, int offset, int limit, CancellationToken cancellation)
    {
        if (filter.Among is { } among && (among.Count > MostAmong || order.Sort == EntrySort.Relevance))
        {
            var found = await ThroughAsync(session, filter, cancellation);
            return order.Sort == EntrySort.Relevance ? ([.. found.Skip(offset).Take(limit)], found.Count)
                : found.Count > MostAmong ? (await WalkAsync(session, found, order, offset, limit), found.Count)
                : ((await SelectAsync(session, new EntryFilter { Among = found }, order, offset, limit, cancellation)).Ids, found.Count);
        }

        return (await session.QueryAsync<Guid>(Ids(filter, order), Parameters(filter, offset, limit), cancellation), null);
    }

    /// <summary>What the index found and the other filters let through, the best first.</summary>
    private static async Task<IReadOnlyList<Guid>> ThroughAsync(DbSession session, EntryFilter filter, CancellationToken cancellation)
    {
        var (among, beside) = (filter.Among!, Beside(filter));
        if (IsEverything(beside))
        {
            return among;
        }

        var isWide = among.Count > MostAmong && IsWide(beside);
        var parameters = Parameters(among.Count > MostAmong ? beside : filter);
        var some = (await session.QueryAsync<Guid>(isWide ? SelectKeptOut : SelectThrough, parameters, cancellation)).ToHashSet();
        return [.. among.Where(id => some.Contains(id) != isWide)];
    }

    /// <summary>Goes through everything in order, and takes what was found, until the page is full.</summary>
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

    private static object Parameters(EntryFilter filter, int offset = 0, int limit = 0, Guid? after = null)
    {
        var text = string.IsNullOrWhiteSpace(filter.Text) || filter.Among is not null ? null : filter.Text.Trim();
        return new
        {
            among = filter.Among is null ? null : JsonSerializer.Serialize(filter.Among),
            text = text is null ? null : $"%{Escaped(text)}%",
            key = text is null ? null : Key(text),
            registered = text?.ToUpperInvariant(),
            kind = filter.Kind?.Code(),
            listing = filter.Listing?.Code(),
            draft = filter.Draft?.Code(),
            assignedTo = filter.AssignedTo,
            dueBefore = filter.DueBefore,
            dueFrom = filter.DueFrom,
            credentialBefore = filter.CredentialBefore,
            capacityBefore = filter.CapacityBefore,
            tag = filter.Tag,
            state = filter.State,
            counties = filter.Counties is null ? null : JsonSerializer.Serialize(filter.Counties),
            language = filter.Language,
            stale = filter.StaleTranslation ? 1 : 0,
            reviewer = filter.ReviewableBy is { } id ? Auditing.Actor.Curator(id).Code : null,
            author = filter.ReturnedTo is { } author ? Auditing.Actor.Curator(author).Code : null,
            offset,
            limit,
            after,
        };
    }

    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal);

    /// <summary>A telephone number as it is kept, whatever stands between its digits; anything else as it is.</summary>
    private static string Key(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var isPhone = digits.Length >= 10 && !text.Any(char.IsLetter) && !text.All(char.IsAsciiDigit);
        return isPhone ? $"+{(digits.Length == 10 ? "1" : "")}{digits}" : text.ToLowerInvariant();
    }
}
