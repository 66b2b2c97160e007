using HealthEquity.Db.Storage;

namespace HealthEquity.Db.Entries;

/// <summary>In which order entries are listed.</summary>
public enum EntrySort
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>The one to be checked first stands first; those that are not to be checked are left out.</summary>
    Due,

    /// <summary>The one changed last stands first.</summary>
    Changed,
}

/// <summary>Which entries are looked for. What is null does not matter.</summary>
public sealed record EntryFilter
{
    /// <summary>Part of the name or slug; or a whole key, such as a telephone number, NPI or bar number.</summary>
    public string? Text { get; init; }

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

    /// <summary>A county, as "FL:Miami-Dade County".</summary>
    public string? County { get; init; }

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
    /// <summary>Counting stops here: nobody reads further, and everybody waits for it.</summary>
    public const int CountLimit = 1_000;

    private const string Columns =
        """
        e.EntryId, e.Kind, e.Slug, e.Name, e.Listing, e.ListingReason, e.DraftState, e.LatestRevision, e.PublishedRevision,
        e.FirstPublishedAt, e.AssuredOn, e.CheckDueOn, e.CapacityAsOf, e.CredentialExpiresOn, e.AssignedTo, e.CreatedAt, e.UpdatedAt
        """;

    private const string Where =
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
        AND (@county IS NULL OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'county' AND t.Code = @county))
        AND (@language IS NULL OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'language' AND t.Code = @language))
        AND (@stale = 0 OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'staleTranslation'))
        AND (@reviewer IS NULL OR (e.DraftState = 'inReview' AND NOT EXISTS (
          SELECT 1 FROM Revision r WHERE r.EntryId = e.EntryId AND r.Number > COALESCE(e.PublishedRevision, 0) AND r.Author = @reviewer)))
        AND (@author IS NULL OR (e.DraftState = 'draft'
          AND EXISTS (SELECT 1 FROM Revision r WHERE r.EntryId = e.EntryId AND r.Number > COALESCE(e.PublishedRevision, 0) AND r.Author = @author)
          AND EXISTS (SELECT 1 FROM Review v WHERE v.EntryId = e.EntryId AND v.Decision = 'return' AND NOT EXISTS (
            SELECT 1 FROM Review l WHERE l.EntryId = v.EntryId AND l.Decision IN ('submit', 'approve', 'discard') AND l.DecidedAt > v.DecidedAt))))
        """;

    private const string ByName = "ORDER BY e.Name, e.EntryId";

    private const string ByDue = "AND e.CheckDueOn IS NOT NULL ORDER BY e.CheckDueOn, e.EntryId";

    private const string ByChange = "ORDER BY e.UpdatedAt DESC, e.EntryId";

    private const string ServerPage = "OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY OPTION (RECOMPILE)";

    private static readonly Sql SelectByName = new(
        "EntryFinder.Find",
        sqlServer: $"SELECT {Columns} FROM Entry e WHERE {Where} {ByName} {ServerPage}",
        sqlite: $"SELECT {Columns} FROM Entry e WHERE {Where} {ByName} LIMIT @limit OFFSET @offset");

    private static readonly Sql SelectByDue = new(
        "EntryFinder.Find",
        sqlServer: $"SELECT {Columns} FROM Entry e WHERE {Where} {ByDue} {ServerPage}",
        sqlite: $"SELECT {Columns} FROM Entry e WHERE {Where} {ByDue} LIMIT @limit OFFSET @offset");

    private static readonly Sql SelectByChange = new(
        "EntryFinder.Find",
        sqlServer: $"SELECT {Columns} FROM Entry e WHERE {Where} {ByChange} {ServerPage}",
        sqlite: $"SELECT {Columns} FROM Entry e WHERE {Where} {ByChange} LIMIT @limit OFFSET @offset");

    private static readonly Sql Count = new(
        "EntryFinder.Count",
        sqlServer: $"SELECT COUNT(*) FROM (SELECT TOP (@limit) e.EntryId FROM Entry e WHERE {Where}) AS found OPTION (RECOMPILE)",
        sqlite: $"SELECT COUNT(*) FROM (SELECT 1 FROM Entry e WHERE {Where} LIMIT @limit)");

    private static readonly Sql CountStale = new(
        "EntryFinder.CountStale",
        """
        SELECT COUNT(*) FROM Entry e
        WHERE e.Listing = 'published' AND e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'staleTranslation')
        """);

    /// <summary>One page of the entries looked for.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="offset">How many to leave out at the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<IReadOnlyList<EntryRow>> FindAsync(
        DbSession session, EntryFilter filter, EntrySort sort, int offset, int limit, CancellationToken cancellation)
    {
        var sql = sort switch
        {
            EntrySort.Due => SelectByDue,
            EntrySort.Changed => SelectByChange,
            _ => SelectByName,
        };
        return session.QueryAsync<EntryRow>(sql, Parameters(filter, offset, limit), cancellation);
    }

    /// <summary>How many there are; <see cref="CountLimit"/> means that many or more.</summary>
    public static Task<int> CountAsync(DbSession session, EntryFilter filter, CancellationToken cancellation) =>
        session.ScalarAsync<int>(Count, Parameters(filter, 0, CountLimit), cancellation);

    /// <summary>How many public entries have a translation that is older than their text.</summary>
    public static Task<int> CountStaleAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountStale, null, cancellation);

    private static object Parameters(EntryFilter filter, int offset, int limit)
    {
        var text = string.IsNullOrWhiteSpace(filter.Text) ? null : filter.Text.Trim();
        return new
        {
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
            county = filter.County,
            language = filter.Language,
            stale = filter.StaleTranslation ? 1 : 0,
            reviewer = filter.ReviewableBy is { } id ? Auditing.Actor.Curator(id).Code : null,
            author = filter.ReturnedTo is { } author ? Auditing.Actor.Curator(author).Code : null,
            offset,
            limit,
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
