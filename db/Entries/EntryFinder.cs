using System.Text.Json;
using HealthEquity.Db.Storage;

namespace HealthEquity.Db.Entries;

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

    /// <summary>A tag.</summary>
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

    /// <summary>A licence or accreditation runs out before that day.</summary>
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

/// <summary>Finds entries in every state, by what their rows, terms and keys say.</summary>
public static class EntryFinder
{
    /// <summary>Of what the index found, so many are looked at first, and four times as many each time that they are too few.</summary>
    private const int FirstLook = 1_000;

    internal const string Columns =
        """
        e.EntryId, e.Kind, e.Slug, e.Name, e.Listing, e.ListingReason, e.DraftState, e.LatestRevision, e.PublishedRevision,
        e.FirstPublishedAt, e.AssuredOn, e.CheckDueOn, e.CapacityAsOf, e.CredentialExpiresOn, e.AssignedTo, e.CreatedAt, e.UpdatedAt
        """;

    private const string Filters =
        """
        (@text IS NULL OR e.Name LIKE @text ESCAPE '\' OR e.Slug LIKE @text ESCAPE '\'
          OR e.EntryId IN (SELECT k.EntryId FROM EntryKey k WHERE k.Value IN (@key, @registered) AND k.Type IN ('phone', 'email', 'npi', 'licence', 'bar', 'host', 'ein')))
        AND (@kind IS NULL OR e.Kind = @kind)
        AND (@listing IS NULL OR e.Listing = @listing)
        AND (@draft IS NULL OR e.DraftState = @draft)
        AND (@assignedTo IS NULL OR e.AssignedTo = @assignedTo)
        AND (@dueBefore IS NULL OR (e.Listing = 'published' AND e.CheckDueOn < @dueBefore))
        AND (@dueFrom IS NULL OR (e.Listing = 'published' AND e.CheckDueOn >= @dueFrom))
        AND (@credentialBefore IS NULL OR (e.Listing = 'published' AND e.CredentialExpiresOn < @credentialBefore))
        AND (@capacityBefore IS NULL OR (e.Listing = 'published' AND e.CapacityAsOf < @capacityBefore))
        AND (@tag IS NULL OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'tag' AND t.Code = @tag))
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

    private static readonly Sql SelectAmong = new(
        "EntryFinder.Best",
        sqlServer: $"SELECT e.EntryId FROM Entry e WHERE {SqlServerWhere} OPTION (RECOMPILE)",
        sqlite: $"SELECT e.EntryId FROM json_each(@among) f CROSS JOIN Entry e ON e.EntryId = f.value WHERE {SqliteFilters}");

    private static readonly Sql SelectRows = new(
        "EntryFinder.Rows",
        sqlServer: $"SELECT {Columns} FROM OPENJSON(@ids) i JOIN Entry e ON e.EntryId = CAST(i.[value] AS uniqueidentifier) ORDER BY CAST(i.[key] AS int)",
        sqlite: $"SELECT {Columns} FROM json_each(@ids) i CROSS JOIN Entry e ON e.EntryId = i.value ORDER BY i.key");

    private static readonly Sql SelectByKey = new(
        "EntryFinder.FindByKey",
        """
        SELECT e.EntryId FROM Entry e WHERE e.EntryId = @id OR e.Slug = @slug
        UNION SELECT f.EntryId FROM FormerSlug f WHERE f.Slug = @slug
        UNION SELECT k.EntryId FROM EntryKey k
          WHERE k.Type IN ('phone', 'email', 'npi', 'licence', 'bar', 'host', 'ein') AND k.Value IN (@key, @registered, @digits)
        UNION SELECT r.EntryId FROM ImportRecord r WHERE r.SourceId = @text
        """);

    private static readonly Sql CountStale = new(
        "EntryFinder.CountStale",
        """
        SELECT COUNT(*) FROM Entry e
        WHERE e.Listing = 'published' AND e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'staleTranslation')
        """);

    /// <summary>One page of the entries looked for.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="order">In which order.</param>
    /// <param name="offset">How many to leave out at the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<EntryRow>> FindAsync(
        DbSession session, EntryFilter filter, EntryOrder order, int offset, int limit, CancellationToken cancellation)
    {
        if (order.Sort == EntrySort.Relevance && filter.Among is not null)
        {
            var best = await BestAsync(session, filter, limit < int.MaxValue - offset ? offset + limit : int.MaxValue, cancellation);
            var ids = JsonSerializer.Serialize(best.Skip(offset).Take(limit));
            return await session.QueryAsync<EntryRow>(SelectRows, new { ids }, cancellation);
        }

        return await session.QueryAsync<EntryRow>(order.Page, Parameters(filter, offset, limit), cancellation);
    }

    /// <inheritdoc cref="FindAsync(DbSession, EntryFilter, EntryOrder, int, int, CancellationToken)"/>
    public static Task<IReadOnlyList<EntryRow>> FindAsync(
        DbSession session, EntryFilter filter, EntrySort sort, int offset, int limit, CancellationToken cancellation) =>
        FindAsync(session, filter, new EntryOrder(sort, Descending: sort == EntrySort.Changed), offset, limit, cancellation);

    /// <summary>How many there are.</summary>
    public static async Task<int> CountAsync(DbSession session, EntryFilter filter, CancellationToken cancellation) =>
        IsAllThatIsAmong(filter) ? filter.Among!.Count : await session.ScalarAsync<int>(Count, Parameters(filter), cancellation);

    /// <summary>Ids of the entries looked for, by id: some at a time, also while what is done to them takes them out of what is looked for.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="after">The last id of the batch before; null for the first batch.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<IReadOnlyList<Guid>> BatchAsync(DbSession session, EntryFilter filter, Guid? after, int limit, CancellationToken cancellation) =>
        session.QueryAsync<Guid>(SelectBatch, Parameters(filter, 0, limit, after), cancellation);

    /// <summary>
    /// Entries that a text means as a whole: their id, their slug now or formerly, a telephone number, e-mail address, license, bar
    /// number, NPI, EIN or host, or what an import's source calls them.
    /// </summary>
    public static Task<IReadOnlyList<Guid>> FindByKeyAsync(DbSession session, string text, CancellationToken cancellation)
    {
        text = text.Trim();
        var parameters = new
        {
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

    /// <summary>How a page is found, in a certain order.</summary>
    internal static (string SqlServer, string Sqlite) Page(string order) => (
        $"""
        SELECT {Columns} FROM (SELECT e.EntryId FROM Entry e WHERE {SqlServerWhere} ORDER BY {order} OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY) p
        JOIN Entry e ON e.EntryId = p.EntryId ORDER BY {order} OPTION (RECOMPILE)
        """,
        $"""
        SELECT {Columns} FROM (SELECT e.EntryId FROM {SqliteEntry} WHERE {SqliteWhere} ORDER BY {order} LIMIT @limit OFFSET @offset) p
        JOIN Entry e ON e.EntryId = p.EntryId ORDER BY {order}
        """);

    private static bool IsAllThatIsAmong(EntryFilter filter) => filter.Among is not null && filter with { Among = null, Text = null } == new EntryFilter();

    /// <summary>The first of what the index found that the other filters let through.</summary>
    private static async Task<IReadOnlyList<Guid>> BestAsync(DbSession session, EntryFilter filter, int needed, CancellationToken cancellation)
    {
        var among = filter.Among!;
        if (IsAllThatIsAmong(filter))
        {
            return among;
        }

        var kept = new List<Guid>();
        var look = FirstLook;
        for (var start = 0; start < among.Count && kept.Count < needed; start += look, look *= 4)
        {
            Guid[] part = [.. among.Skip(start).Take(look)];
            var through = (await session.QueryAsync<Guid>(SelectAmong, Parameters(filter with { Among = part }), cancellation)).ToHashSet();
            kept.AddRange(part.Where(through.Contains));
        }

        return kept;
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
