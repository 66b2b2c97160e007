using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Presence;

/// <summary>A curator who has an entry open.</summary>
public sealed record PresentCurator
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The curator.</summary>
    public Guid CuratorId { get; init; }

    /// <summary>The curator's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the entry is open for: <see cref="PresenceStore.Editing"/> or <see cref="PresenceStore.Calling"/>.</summary>
    public string Activity { get; init; } = "";

    /// <summary>When it was opened, UTC.</summary>
    public DateTimeOffset Since { get; init; }
}

/// <summary>Knows which curator has which entry open. It only tells; it never holds a lock on the entry.</summary>
public sealed class PresenceStore(TimeProvider clock)
{
    /// <summary>The entry form is open.</summary>
    public const string Editing = "editing";

    /// <summary>The call sheet is open.</summary>
    public const string Calling = "calling";

    /// <summary>How long a page counts that can't report.</summary>
    public static readonly TimeSpan PageLifetime = TimeSpan.FromMinutes(3);

    /// <summary>How long a report counts. Browsers let a page in the background report once a minute.</summary>
    public static readonly TimeSpan ReportLifetime = TimeSpan.FromSeconds(90);

    /// <summary>How much the clocks of nodes may differ.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private const string Columns = "p.EntryId, p.CuratorId, c.DisplayName AS Name, p.Activity, p.Since FROM Presence p INNER JOIN Curator c ON c.CuratorId = p.CuratorId";

    private static readonly Sql SelectOthers = new(
        "PresenceStore.Others",
        $"SELECT {Columns} WHERE p.EntryId = @entry AND p.CuratorId <> @curator AND p.ExpiresAt > @now AND p.ExpiresAt <= @latest ORDER BY p.Since, p.CuratorId, p.Activity");

    private static readonly Sql SelectAll = new(
        "PresenceStore.All", $"SELECT {Columns} WHERE p.CuratorId <> @curator AND p.ExpiresAt > @now AND p.ExpiresAt <= @latest ORDER BY p.Since, p.CuratorId, p.Activity");

    private static readonly Sql DeleteExpired = new("PresenceStore.Report", "DELETE FROM Presence WHERE ExpiresAt <= @now OR ExpiresAt > @latest");

    private static readonly Sql Update = new(
        "PresenceStore.Report",
        "UPDATE Presence SET PageId = @page, ExpiresAt = @until WHERE EntryId = @entry AND CuratorId = @curator AND Activity = @activity");

    private static readonly Sql Insert = new(
        "PresenceStore.Report",
        """
        INSERT INTO Presence (EntryId, CuratorId, Activity, PageId, Since, ExpiresAt)
        SELECT e.EntryId, @curator, @activity, @page, @now, @until FROM Entry e WHERE e.EntryId = @entry
        """);

    private static readonly Sql Delete = new(
        "PresenceStore.Leave",
        "DELETE FROM Presence WHERE EntryId = @entry AND CuratorId = @curator AND Activity = @activity AND PageId = @page");

    /// <summary>The other curators who have the entry open, the first to open it first.</summary>
    public Task<IReadOnlyList<PresentCurator>> OthersAsync(DbSession session, Guid entry, Guid curator, CancellationToken cancellation) =>
        session.QueryAsync<PresentCurator>(SelectOthers, new { entry, curator, now = clock.GetUtcNow(), latest = Latest(clock.GetUtcNow()) }, cancellation);

    /// <summary>The other curators and the entries that they have open.</summary>
    public async Task<ILookup<Guid, PresentCurator>> AllAsync(DbSession session, Guid curator, CancellationToken cancellation) =>
        (await session.QueryAsync<PresentCurator>(SelectAll, new { curator, now = clock.GetUtcNow(), latest = Latest(clock.GetUtcNow()) }, cancellation)).ToLookup(p => p.EntryId);

    /// <summary>Records that a page with the entry is open. An entry that does not exist is ignored.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="curator">Who has it open.</param>
    /// <param name="activity">What for.</param>
    /// <param name="page">The page, a number of its own for each time that it is opened.</param>
    /// <param name="lifetime">How long this counts: <see cref="PageLifetime"/> or <see cref="ReportLifetime"/>.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task ReportAsync(DbSession session, Guid entry, Guid curator, string activity, Guid page, TimeSpan lifetime, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var row = new { entry, curator, activity, page, now, until = now + lifetime, latest = Latest(now) };
        await session.ExecuteAsync(DeleteExpired, row, cancellation);
        if (await session.ExecuteAsync(Update, row, cancellation) == 0)
        {
            await session.ExecuteAsync(Insert, row, cancellation);
        }
    }

    /// <summary>Records that a page was closed, unless the curator opened the entry again on another page.</summary>
    public static Task LeaveAsync(DbSession session, Guid entry, Guid curator, string activity, Guid page, CancellationToken cancellation) =>
        session.ExecuteAsync(Delete, new { entry, curator, activity, page }, cancellation);

    /// <summary>A later end was recorded while a clock was wrong, and must not count until then.</summary>
    private static DateTimeOffset Latest(DateTimeOffset now) => now + PageLifetime + ClockTolerance;
}
