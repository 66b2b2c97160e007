using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Verification;

/// <summary>Why an entry is to be checked before its time.</summary>
public sealed record CheckRequest
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset RequestedAt { get; init; }
}

/// <summary>Asks for checks before their time: the entry is due at once, and the queue says why until somebody has confirmed it.</summary>
public sealed class CheckRequests(TimeProvider clock, Publisher publisher, AuditLog audit)
{
    private static readonly Sql Insert = new(
        "CheckRequests.Ask",
        "INSERT INTO CheckRequest (EntryId, Reason, RequestedBy, RequestedAt) VALUES (@EntryId, @Reason, @RequestedBy, @RequestedAt)");

    private static readonly Sql Delete = new("CheckRequests.Withdraw", "DELETE FROM CheckRequest WHERE EntryId = @id");

    private static readonly Sql UpdateDue = new("CheckRequests.Ask", "UPDATE Entry SET CheckDueOn = @on WHERE EntryId = @id");

    private static readonly Sql SelectSome = new(
        "CheckRequests.Find", "SELECT EntryId, Reason, RequestedAt FROM CheckRequest WHERE EntryId IN @ids");

    /// <summary>Why these entries are to be checked before their time, where they are.</summary>
    public static Task<IReadOnlyList<CheckRequest>> FindAsync(DbSession session, IEnumerable<Guid> entries, CancellationToken cancellation) =>
        session.QueryAsync<CheckRequest>(SelectSome, new { ids = DbSession.Ids(entries) }, cancellation);

    /// <summary>Makes an entry due today, and says why.</summary>
    public async Task AskAsync(DbSession session, EntryRow entry, string reason, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = (await SettingStore.ReadAsync(session, cancellation)).DayOf(now);
        await session.ExecuteAsync(Delete, new { id = entry.EntryId }, cancellation);
        var row = new { entry.EntryId, Reason = reason.Length <= 1000 ? reason : reason[..1000], RequestedBy = actor.Code, RequestedAt = now };
        await session.ExecuteAsync(Insert, row, cancellation);
        if (entry.CheckDueOn is null || entry.CheckDueOn > today)
        {
            await MoveAsync(session, entry.EntryId, today, cancellation);
        }

        await audit.AppendAsync(session, actor, "askForCheck", $"entry:{entry.EntryId}", reason, cancellation);
    }

    /// <summary>Gives an entry another day by which it is to be checked.</summary>
    public async Task MoveAsync(DbSession session, Guid entry, DateOnly? day, CancellationToken cancellation)
    {
        await session.ExecuteAsync(UpdateDue, new { id = entry, on = day }, cancellation);
        await publisher.RefreshAsync(session, entry, cancellation);
    }

    /// <summary>Forgets why an entry was to be checked: it is checked, or the reason is gone.</summary>
    public static Task WithdrawAsync(DbSession session, Guid entry, CancellationToken cancellation) =>
        session.ExecuteAsync(Delete, new { id = entry }, cancellation);
}
