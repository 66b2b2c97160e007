using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Verification;

/// <summary>A request to verify an entry before its due date.</summary>
public sealed record CheckRequest
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The reason.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it was requested, UTC.</summary>
    public DateTimeOffset RequestedAt { get; init; }
}

/// <summary>Requests early verifications: the entry is due immediately, and the work queue shows the reason until the entry is confirmed.</summary>
public sealed class CheckRequests(TimeProvider clock, Publisher publisher, AuditLog audit)
{
    private const int MaxReasonLength = 1000;

    private static readonly Sql Insert = new(
        "CheckRequests.Request",
        "INSERT INTO CheckRequest (EntryId, Reason, RequestedBy, RequestedAt) VALUES (@EntryId, @Reason, @RequestedBy, @RequestedAt)");

    private static readonly Sql Delete = new("CheckRequests.Cancel", "DELETE FROM CheckRequest WHERE EntryId = @id");

    private static readonly Sql UpdateDue = new("CheckRequests.Request", "UPDATE Entry SET CheckDueOn = @on WHERE EntryId = @id");

    private static readonly Sql SelectSome = new(
        "CheckRequests.Find", "SELECT EntryId, Reason, RequestedAt FROM CheckRequest WHERE EntryId IN @ids");

    /// <summary>The requests for these entries.</summary>
    public static Task<IReadOnlyList<CheckRequest>> FindAsync(DbSession session, IEnumerable<Guid> entries, CancellationToken cancellation) =>
        session.QueryAsync<CheckRequest>(SelectSome, new { ids = DbSession.Ids(entries) }, cancellation);

    /// <summary>Makes an entry due today and records the reason.</summary>
    public async Task RequestAsync(DbSession session, EntryRow entry, string reason, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = (await SettingStore.ReadAsync(session, cancellation)).DayOf(now);
        await session.ExecuteAsync(Delete, new { id = entry.EntryId }, cancellation);
        var row = new { entry.EntryId, Reason = reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength], RequestedBy = actor.Code, RequestedAt = now };
        await session.ExecuteAsync(Insert, row, cancellation);
        if (entry.CheckDueOn is null || entry.CheckDueOn > today)
        {
            await SetDueDateAsync(session, entry.EntryId, today, cancellation);
        }

        await audit.AppendAsync(session, actor, "askForCheck", $"entry:{entry.EntryId}", reason, cancellation);
    }

    /// <summary>Sets the due date of an entry.</summary>
    public async Task SetDueDateAsync(DbSession session, Guid entry, DateOnly? date, CancellationToken cancellation)
    {
        await session.ExecuteAsync(UpdateDue, new { id = entry, on = date }, cancellation);
        await publisher.RefreshAsync(session, entry, cancellation);
    }

    /// <summary>Deletes the request: the entry was verified, or the reason no longer applies.</summary>
    public static Task CancelAsync(DbSession session, Guid entry, CancellationToken cancellation) =>
        session.ExecuteAsync(Delete, new { id = entry }, cancellation);
}
