using HealthEquity.Store.Databases;

namespace HealthEquity.Store.BulkChanges;

/// <summary>A draft of a bulk change that waits for review, as the change left it.</summary>
public sealed record WaitingDraft
{
    /// <summary>The bulk change.</summary>
    public Guid BulkChangeId { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The entry's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The revision that waits.</summary>
    public int Revision { get; init; }
}

/// <summary>Finds the drafts of bulk changes that are reviewed as one: those that nobody has worked on since.</summary>
public static class BulkReview
{
    private static readonly Sql Select = new(
        "BulkReview.Waiting",
        sqlServer:
        """
        SELECT i.BulkChangeId, i.EntryId, e.Name, e.LatestRevision AS Revision
        FROM BulkChange c INNER JOIN BulkChangeItem i ON i.BulkChangeId = c.BulkChangeId INNER JOIN Entry e ON e.EntryId = i.EntryId
        WHERE c.Action IN ('edit', 'translate') AND (@id IS NULL OR c.BulkChangeId = @id) AND i.State = 'done' AND e.DraftState = 'inReview'
          AND e.LatestRevision = CAST(JSON_VALUE(i.Later, '$.latestRevision') AS int)
        ORDER BY c.RequestedAt, e.Name, e.EntryId
        """,
        sqlite:
        """
        SELECT i.BulkChangeId, i.EntryId, e.Name, e.LatestRevision AS Revision
        FROM Entry e CROSS JOIN BulkChangeItem i ON i.EntryId = e.EntryId CROSS JOIN BulkChange c ON c.BulkChangeId = i.BulkChangeId
        WHERE c.Action IN ('edit', 'translate') AND (@id IS NULL OR c.BulkChangeId = @id) AND i.State = 'done' AND e.DraftState = 'inReview'
          AND e.LatestRevision = i.Later ->> '$.latestRevision'
        ORDER BY c.RequestedAt, e.Name, e.EntryId
        """);

    /// <summary>The drafts that wait.</summary>
    /// <param name="session">A session.</param>
    /// <param name="change">Only those of this change; null for all.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<WaitingDraft>> WaitingAsync(DbSession session, Guid? change, CancellationToken cancellation) =>
        session.QueryAsync<WaitingDraft>(Select, new { id = change }, cancellation);
}
