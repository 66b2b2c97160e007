using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Suggestions;

namespace HealthEquity.Store.Verification;

/// <summary>The number of entries waiting for each type of work.</summary>
public sealed record WorkCounts
{
    /// <summary>Public entries that are overdue.</summary>
    public int Overdue { get; init; }

    /// <summary>Due within a week.</summary>
    public int Due { get; init; }

    /// <summary>Due within a month.</summary>
    public int Soon { get; init; }

    /// <summary>Assigned to the current curator, and overdue or due within a week.</summary>
    public int Mine { get; init; }

    /// <summary>Drafts being edited.</summary>
    public int Drafts { get; init; }

    /// <summary>In review, and the current curator may review it.</summary>
    public int Reviewable { get; init; }

    /// <summary>Drafts of the current curator that a reviewer returned.</summary>
    public int Returned { get; init; }

    /// <summary>In review.</summary>
    public int InReview { get; init; }

    /// <summary>A license or accreditation has expired or expires soon.</summary>
    public int Credentials { get; init; }

    /// <summary>Capacity information is out of date.</summary>
    public int Capacity { get; init; }

    /// <summary>Suspended entries.</summary>
    public int Suspended { get; init; }

    /// <summary>Open suggestions.</summary>
    public int Suggestions { get; init; }

    /// <summary>Translations that are out of date.</summary>
    public int StaleTranslations { get; init; }
}

/// <summary>A count of entries of a kind under a heading: a month, a language, a county.</summary>
public sealed record HealthCount
{
    /// <summary>The kind's code; empty if all kinds are counted together.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The month (yyyy-MM) or the term; null for never.</summary>
    public string? Heading { get; init; }

    /// <summary>The number of entries.</summary>
    public int Number { get; init; }

    /// <summary>How many of them are not overdue.</summary>
    public int InTime { get; init; }
}

/// <summary>A public entry that could not be reached several times in a row.</summary>
public sealed record UnreachedEntry
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The number of failed attempts in a row.</summary>
    public int Tries { get; init; }
}

/// <summary>Counts the curators' open work and the health of the directory.</summary>
public static class WorkQueue
{
    private static readonly TimeSpan OneAttempt = TimeSpan.FromHours(1);

    private const int Few = 1_000;

    // Each count reads a range of an index and no table rows.
    private static readonly Sql SelectCounts = new(
        "WorkQueue.Count",
        """
        SELECT
          (SELECT COUNT(*) FROM Entry e WHERE e.Listing = 'published' AND e.CheckDueOn < @today) AS Overdue,
          (SELECT COUNT(*) FROM Entry e WHERE e.Listing = 'published' AND e.CheckDueOn >= @today AND e.CheckDueOn < @week) AS Due,
          (SELECT COUNT(*) FROM Entry e WHERE e.Listing = 'published' AND e.CheckDueOn >= @week AND e.CheckDueOn < @month) AS Soon,
          (SELECT COUNT(*) FROM Entry e WHERE e.AssignedTo = @curator AND e.Listing = 'published' AND e.CheckDueOn < @week) AS Mine,
          (SELECT COUNT(*) FROM Entry e WHERE e.DraftState = 'draft') AS Drafts,
          (SELECT COUNT(*) FROM Entry e WHERE e.DraftState = 'inReview') AS InReview,
          (SELECT COUNT(*) FROM Entry e WHERE e.Listing = 'published' AND e.CredentialExpiresOn < @credential) AS Credentials,
          (SELECT COUNT(*) FROM Entry e WHERE e.Listing = 'published' AND e.CapacityAsOf < @capacity) AS Capacity,
          (SELECT COUNT(*) FROM Entry e WHERE e.Listing = 'suspended') AS Suspended
        """);

    // SQLite takes the tables of a cross join in their order: the few failed attempts first.
    private const string IsFailed = "IN ('unreachable', 'voicemail')";

    // Since the last check that reached somebody; what was undone counts as neither.
    private const string IsAttempt =
        $"""
        v.Outcome {IsFailed}
          AND NOT EXISTS (SELECT 1 FROM VerificationUndo u WHERE u.VerificationId = v.VerificationId AND u.UndoneAt IS NOT NULL)
          AND NOT EXISTS (
            SELECT 1 FROM Verification l
            WHERE l.EntryId = v.EntryId AND l.Outcome NOT {IsFailed}
              AND (l.CheckedOn > v.CheckedOn OR (l.CheckedOn = v.CheckedOn AND l.RecordedAt > v.RecordedAt))
              AND NOT EXISTS (SELECT 1 FROM VerificationUndo u WHERE u.VerificationId = l.VerificationId AND u.UndoneAt IS NOT NULL))
        """;

    // Few entries have so many failed checks at all, so those are found first.
    private static readonly Sql SelectUnreached = new(
        "WorkQueue.Unreached",
        $"""
        SELECT v.EntryId, v.RecordedAt
        FROM Verification v CROSS JOIN Entry e
        WHERE v.EntryId IN (SELECT f.EntryId FROM Verification f WHERE f.Outcome {IsFailed} GROUP BY f.EntryId HAVING COUNT(*) >= @least)
          AND e.EntryId = v.EntryId AND e.Listing = 'published' AND {IsAttempt}
        """);

    private static readonly Sql SelectAttempts = new("WorkQueue.Attempts", $"SELECT v.EntryId, v.RecordedAt FROM Verification v WHERE {IsAttempt}");

    private static readonly Sql SelectAttemptsOf = new(
        "WorkQueue.Attempts",
        sqlServer: $"SELECT v.EntryId, v.RecordedAt FROM OPENJSON(@ids) i JOIN Verification v ON v.EntryId = CAST(i.[value] AS uniqueidentifier) WHERE {IsAttempt}",
        sqlite: $"SELECT v.EntryId, v.RecordedAt FROM json_each(@ids) i CROSS JOIN Verification v ON v.EntryId = i.value WHERE {IsAttempt}");

    // Corrections that wait for a review are no call, nor are those to be tried again later.
    private const string IsNext =
        """
        e.Listing = 'published' AND e.CheckDueOn < @before AND e.EntryId NOT IN (SELECT w.EntryId FROM PendingCheck w)
        AND e.EntryId NOT IN (SELECT p.EntryId FROM CallPlan p WHERE p.TryAfter > @now)
        """;

    private static readonly Sql SelectNext = new(
        "WorkQueue.Next",
        sqlServer: $"SELECT TOP (@limit) {EntryFinder.Columns} FROM Entry e WHERE {IsNext} ORDER BY e.CheckDueOn, e.EntryId",
        sqlite: $"SELECT {EntryFinder.Columns} FROM Entry e INDEXED BY IX_Entry_CheckDueOn WHERE {IsNext} ORDER BY e.CheckDueOn, e.EntryId LIMIT @limit");

    private static readonly Sql SelectFreshness = new(
        "WorkQueue.Freshness",
        sqlServer:
        """
        SELECT Kind, CONVERT(char(7), AssuredOn, 126) AS Heading, COUNT(*) AS Number,
          SUM(CASE WHEN CheckDueOn >= @today AND AssuredOn IS NOT NULL THEN 1 ELSE 0 END) AS InTime
        FROM Entry WHERE Listing = 'published' GROUP BY Kind, CONVERT(char(7), AssuredOn, 126)
        """,
        sqlite:
        """
        SELECT Kind, substr(AssuredOn, 1, 7) AS Heading, COUNT(*) AS Number,
          SUM(CASE WHEN CheckDueOn >= @today AND AssuredOn IS NOT NULL THEN 1 ELSE 0 END) AS InTime
        FROM Entry INDEXED BY IX_Entry_List WHERE Listing = 'published' GROUP BY Kind, substr(AssuredOn, 1, 7)
        """);

    private static readonly Sql SelectCoverage = new(
        "WorkQueue.Coverage",
        """
        SELECT t.Code AS Heading, COUNT(*) AS Number FROM EntryTerm t JOIN Entry e ON e.EntryId = t.EntryId
        WHERE t.Vocabulary = @vocabulary AND e.Listing = 'published' AND e.Kind IN ('provider', 'attorney', 'organization')
        GROUP BY t.Code ORDER BY COUNT(*) DESC, t.Code
        """);

    /// <summary>What a curator may review: everything in review if two-person review is turned off.</summary>
    public static EntryFilter ReviewableBy(Guid curator, DirectorySettings settings) =>
        settings.FourEyes ? new EntryFilter { ReviewableBy = curator } : new EntryFilter { Draft = DraftState.InReview };

    /// <summary>The number of entries waiting for each type of work.</summary>
    public static async Task<WorkCounts> CountAsync(DbSession session, Guid curator, DateOnly today, CancellationToken cancellation)
    {
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var parameters = new
        {
            today,
            week = today.AddDays(7),
            month = today.AddDays(30),
            credential = today.AddDays(settings.CredentialDays),
            capacity = today.AddDays(-settings.CapacityDays),
            curator,
        };
        var counts = (await session.FindAsync<WorkCounts>(SelectCounts, parameters, cancellation))!;
        return counts with
        {
            Reviewable = counts.InReview == 0 ? 0 : await EntryFinder.CountAsync(session, ReviewableBy(curator, settings), cancellation),
            Returned = counts.Drafts == 0 ? 0 : await EntryFinder.CountAsync(session, new EntryFilter { ReturnedTo = curator }, cancellation),
            Suggestions = await SuggestionStore.CountOpenAsync(session, cancellation),
            StaleTranslations = await EntryFinder.CountStaleAsync(session, cancellation),
        };
    }

    /// <summary>The public entries that are due next, without those that wait for a review or for the time to call again.</summary>
    /// <param name="session">A session.</param>
    /// <param name="before">Entries due on this date or later are left out.</param>
    /// <param name="now">The current time.</param>
    /// <param name="limit">The maximum number of entries.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<EntryRow>> NextAsync(DbSession session, DateOnly before, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        session.QueryAsync<EntryRow>(SelectNext, new { before, now, limit }, cancellation);

    /// <summary>Public entries with so many failed contact attempts in a row that they should be suspended, most attempts first.</summary>
    public static async Task<IReadOnlyList<UnreachedEntry>> UnreachedAsync(DbSession session, DirectorySettings settings, CancellationToken cancellation) =>
        [.. Counted(await session.QueryAsync<VerificationRecord>(SelectUnreached, new { least = settings.UnreachedTries }, cancellation))
            .Where(a => a.Value >= settings.UnreachedTries).OrderByDescending(a => a.Value).ThenBy(a => a.Key)
            .Select(a => new UnreachedEntry { EntryId = a.Key, Tries = a.Value })];

    /// <summary>The number of failed contact attempts in a row, by entry. Attempts within an hour count as one.</summary>
    /// <param name="session">A session.</param>
    /// <param name="among">The entries that matter. If they are many, those of all entries are read, which takes less.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<IReadOnlyDictionary<Guid, int>> AttemptsAsync(DbSession session, IReadOnlyCollection<Guid> among, CancellationToken cancellation) =>
        Counted(among.Count <= Few
            ? await session.QueryAsync<VerificationRecord>(SelectAttemptsOf, new { ids = JsonSerializer.Serialize(among) }, cancellation)
            : await session.QueryAsync<VerificationRecord>(SelectAttempts, null, cancellation));

    private static Dictionary<Guid, int> Counted(IEnumerable<VerificationRecord> attempts) =>
        attempts.GroupBy(a => a.EntryId).ToDictionary(g => g.Key, g => CountAttempts(g.Select(a => a.RecordedAt)));

    /// <summary>The number of attempts. Those within an hour of one that counts are the same attempt.</summary>
    public static int CountAttempts(IEnumerable<DateTimeOffset> recordedAt)
    {
        var (count, last) = (0, DateTimeOffset.MinValue);
        foreach (var moment in recordedAt.Order())
        {
            if (count == 0 || moment - last >= OneAttempt)
            {
                (count, last) = (count + 1, moment);
            }
        }

        return count;
    }

    /// <summary>Public entries by kind and by month of their last confirmation.</summary>
    public static Task<IReadOnlyList<HealthCount>> FreshnessAsync(DbSession session, DateOnly today, CancellationToken cancellation) =>
        session.QueryAsync<HealthCount>(SelectFreshness, new { today }, cancellation);

    /// <summary>Public providers, attorneys and organizations by term, most frequent first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="vocabulary">The vocabulary, or "language" or "county".</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<HealthCount>> CoverageAsync(DbSession session, string vocabulary, CancellationToken cancellation) =>
        session.QueryAsync<HealthCount>(SelectCoverage, new { vocabulary }, cancellation);
}
