using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Reviews;

/// <summary>A draft that waits for review.</summary>
public sealed record QueuedDraft
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Its kind.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether the public sees it.</summary>
    public Listing Listing { get; init; }

    /// <summary>The public revision; null if it was never public.</summary>
    public int? PublishedRevision { get; init; }

    /// <summary>Who submitted it: an actor's code.</summary>
    public string SubmittedBy { get; init; } = "";

    /// <summary>When it was submitted, UTC.</summary>
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>True if the current curator wrote a part of it and so may not approve it.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>A filter of the queue. Null means no restriction.</summary>
/// <param name="Kind">The kind of entry.</param>
/// <param name="By">Who submitted it: an actor's code.</param>
public sealed record QueueFilter(EntryKind? Kind = null, string? By = null)
{
    /// <summary>Whether a draft is shown.</summary>
    public bool Allows(QueuedDraft draft) => (Kind is null || draft.Kind == Kind) && (By is null || draft.SubmittedBy == By);
}

/// <summary>The drafts that wait for review, oldest first. Drafts of one bulk change are reviewed as one and are not here.</summary>
public static class ReviewQueue
{
    private const string Waiting =
        """
        e.EntryId, e.Kind, e.Name, e.Listing, e.PublishedRevision, COALESCE(v.DecidedBy, '') AS SubmittedBy, COALESCE(v.DecidedAt, e.UpdatedAt) AS SubmittedAt,
          CASE WHEN @fourEyes = 1 AND EXISTS (
            SELECT 1 FROM Revision r WHERE r.EntryId = e.EntryId AND r.Number > COALESCE(e.PublishedRevision, 0) AND r.Author = @reviewer) THEN 1 ELSE 0 END AS IsOwn
        """;

    private static readonly Sql Select = new(
        "ReviewQueue.List",
        sqlServer:
        $"""
        SELECT {Waiting}
        FROM Entry e LEFT JOIN Review v ON v.ReviewId = (
          SELECT TOP (1) l.ReviewId FROM Review l WHERE l.EntryId = e.EntryId AND l.Decision = 'submit' ORDER BY l.DecidedAt DESC, l.ReviewId DESC)
        WHERE e.DraftState = 'inReview' ORDER BY COALESCE(v.DecidedAt, e.UpdatedAt), e.EntryId
        """,
        sqlite:
        $"""
        SELECT {Waiting}
        FROM Entry e LEFT JOIN Review v ON v.ReviewId = (
          SELECT l.ReviewId FROM Review l WHERE l.EntryId = e.EntryId AND l.Decision = 'submit' ORDER BY l.DecidedAt DESC, l.ReviewId DESC LIMIT 1)
        WHERE e.DraftState = 'inReview' ORDER BY COALESCE(v.DecidedAt, e.UpdatedAt), e.EntryId
        """);

    private static readonly Sql SelectBodies = new(
        "ReviewQueue.Bodies",
        sqlServer:
        """
        SELECT e.EntryId AS Id, p.Body AS Before, l.Body AS After
        FROM OPENJSON(@ids) i JOIN Entry e ON e.EntryId = CAST(i.[value] AS uniqueidentifier)
        JOIN Revision l ON l.EntryId = e.EntryId AND l.Number = e.LatestRevision
        LEFT JOIN Revision p ON p.EntryId = e.EntryId AND p.Number = e.PublishedRevision
        """,
        sqlite:
        """
        SELECT e.EntryId AS Id, p.Body AS Before, l.Body AS After
        FROM json_each(@ids) i CROSS JOIN Entry e ON e.EntryId = i.value
        JOIN Revision l ON l.EntryId = e.EntryId AND l.Number = e.LatestRevision
        LEFT JOIN Revision p ON p.EntryId = e.EntryId AND p.Number = e.PublishedRevision
        """);

    /// <summary>The queue, oldest first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="reviewer">The current curator.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<IReadOnlyList<QueuedDraft>> ListAsync(DbSession session, Guid reviewer, CancellationToken cancellation)
    {
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var drafts = await session.QueryAsync<QueuedDraft>(Select, new { reviewer = Auditing.Actor.Curator(reviewer).Code, fourEyes = settings.FourEyes }, cancellation);
        var grouped = (await BulkReview.WaitingAsync(session, change: null, cancellation)).GroupBy(w => w.BulkChangeId).Where(g => g.Count() > 1)
            .SelectMany(g => g).Select(w => w.EntryId).ToHashSet();
        return [.. drafts.Where(d => !grouped.Contains(d.EntryId))];
    }

    /// <summary>The public and the latest text of drafts, by entry. The public text is null for an entry that was never public.</summary>
    public static async Task<IReadOnlyDictionary<Guid, (string? Before, string After)>> BodiesAsync(DbSession session, IEnumerable<Guid> ids, CancellationToken cancellation) =>
        (await session.QueryAsync<(Guid Id, string? Before, string After)>(SelectBodies, new { ids = JsonSerializer.Serialize(ids) }, cancellation))
            .ToDictionary(b => b.Id, b => (b.Before, b.After));

    /// <summary>The draft after an entry that the current curator may review: the next in the queue, or the first after the last one; null for none.</summary>
    public static QueuedDraft? After(IReadOnlyList<QueuedDraft> queue, Guid id, QueueFilter filter)
    {
        var open = queue.Where(d => d.EntryId == id || (!d.IsOwn && filter.Allows(d))).ToList();
        var at = open.FindIndex(d => d.EntryId == id);
        return open.Skip(at + 1).Concat(open.Take(Math.Max(at, 0))).FirstOrDefault();
    }

    /// <summary>The draft before an entry that the current curator may review; null for none.</summary>
    public static QueuedDraft? Before(IReadOnlyList<QueuedDraft> queue, Guid id, QueueFilter filter) => After([.. queue.Reverse()], id, filter);
}
