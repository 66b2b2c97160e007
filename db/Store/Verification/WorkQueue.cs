using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Suggestions;

namespace HealthEquity.Store.Verification;

/// <summary>How much of each work waits.</summary>
public sealed record WorkCounts
{
    /// <summary>Public entries whose check is overdue.</summary>
    public int Overdue { get; init; }

    /// <summary>Due within a week.</summary>
    public int Due { get; init; }

    /// <summary>Due within a month.</summary>
    public int Soon { get; init; }

    /// <summary>Given to the curator who asks, and overdue or due within a week.</summary>
    public int Mine { get; init; }

    /// <summary>Drafts under way.</summary>
    public int Drafts { get; init; }

    /// <summary>In review, and the curator who asks may review it.</summary>
    public int Reviewable { get; init; }

    /// <summary>Drafts of the curator who asks that a reviewer sent back.</summary>
    public int Returned { get; init; }

    /// <summary>In review.</summary>
    public int InReview { get; init; }

    /// <summary>A license or accreditation ran out, or does so soon.</summary>
    public int Credentials { get; init; }

    /// <summary>What is said of capacity is older than the department wants.</summary>
    public int Capacity { get; init; }

    /// <summary>Suspended entries.</summary>
    public int Suspended { get; init; }

    /// <summary>Suggestions that wait.</summary>
    public int Suggestions { get; init; }

    /// <summary>Translations older than their text.</summary>
    public int StaleTranslations { get; init; }
}

/// <summary>A number of entries of a kind under a heading: a month, a language, a county.</summary>
public sealed record HealthCount
{
    /// <summary>The kind's code; empty where kinds are counted together.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The month (yyyy-MM) or the term; null for never.</summary>
    public string? Heading { get; init; }

    /// <summary>How many.</summary>
    public int Number { get; init; }

    /// <summary>How many of them were verified in time.</summary>
    public int InTime { get; init; }
}

/// <summary>A public entry at which nobody was reached for some time.</summary>
public sealed record UnreachedEntry
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>How often in a row nobody was reached.</summary>
    public int Tries { get; init; }
}

/// <summary>Counts what waits for curators and how well the directory is kept.</summary>
public static class WorkQueue
{
    // Each count reads its own stretch of an index, and no row of the table.
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

    private static readonly Sql SelectUnreached = new(
        "WorkQueue.Unreached",
        """
        SELECT v.EntryId, COUNT(*) AS Tries
        FROM Verification v INNER JOIN Entry e ON e.EntryId = v.EntryId
        WHERE e.Listing = 'published' AND v.Outcome = 'unreachable' AND NOT EXISTS (
          SELECT 1 FROM Verification l
          WHERE l.EntryId = v.EntryId AND l.Outcome <> 'unreachable'
            AND (l.CheckedOn > v.CheckedOn OR (l.CheckedOn = v.CheckedOn AND l.RecordedAt > v.RecordedAt)))
        GROUP BY v.EntryId
        HAVING COUNT(*) >= @tries
        ORDER BY COUNT(*) DESC, v.EntryId
        """);

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

    /// <summary>What a curator may review: where four eyes are switched off, everything that is in review.</summary>
    public static EntryFilter ReviewableBy(Guid curator, DirectorySettings settings) =>
        settings.FourEyes ? new EntryFilter { ReviewableBy = curator } : new EntryFilter { Draft = DraftState.InReview };

    /// <summary>How much of each work waits.</summary>
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

    /// <summary>Public entries where nobody was reached so often in a row that it is time to suspend them; the most tries first.</summary>
    public static Task<IReadOnlyList<UnreachedEntry>> UnreachedAsync(DbSession session, DirectorySettings settings, CancellationToken cancellation) =>
        session.QueryAsync<UnreachedEntry>(SelectUnreached, new { tries = settings.UnreachedTries }, cancellation);

    /// <summary>Public entries by kind and by the month in which they were last confirmed.</summary>
    public static Task<IReadOnlyList<HealthCount>> FreshnessAsync(DbSession session, DateOnly today, CancellationToken cancellation) =>
        session.QueryAsync<HealthCount>(SelectFreshness, new { today }, cancellation);

    /// <summary>Public entries that help people, by term: the most frequent first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="vocabulary">The vocabulary, or "language" or "county".</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<HealthCount>> CoverageAsync(DbSession session, string vocabulary, CancellationToken cancellation) =>
        session.QueryAsync<HealthCount>(SelectCoverage, new { vocabulary }, cancellation);
}
