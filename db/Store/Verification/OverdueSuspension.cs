using System.Globalization;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Verification;

/// <summary>The result of a run of the automatic suspension.</summary>
/// <param name="Suspended">The number of suspended entries.</param>
/// <param name="Refusal">Why the run refused to act; null if it did act.</param>
/// <param name="ChangeId">The bulk change that undoes the run; null if no entry was suspended.</param>
public sealed record SuspensionReport(int Suspended, string? Refusal, Guid? ChangeId);

/// <summary>Entries that will be suspended within a week unless someone checks them.</summary>
/// <param name="Number">The number of entries.</param>
/// <param name="First">The first of them, soonest first.</param>
public sealed record SuspensionNotices(int Number, IReadOnlyList<SuspensionNotice> First);

/// <summary>One entry that will be suspended.</summary>
public sealed record SuspensionNotice
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its kind.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The date its check was due.</summary>
    public DateOnly CheckDueOn { get; init; }

    /// <summary>The day on which the console began to announce it.</summary>
    public DateOnly AnnouncedOn { get; init; }
}

/// <summary>
/// Suspends public entries that are overdue beyond the grace period: only entries that a person has checked before, only after they were
/// announced for a week, and only a few a day. It refuses to act if a clock seems to be wrong. Each run is one bulk change and can be undone.
/// </summary>
public sealed class OverdueSuspension(TimeProvider clock, DatabaseClock databaseClock, BulkChangeStore changes, AuditLog audit)
{
    /// <summary>The number of days that an entry is announced before it is suspended.</summary>
    public const int NoticeDays = 7;

    private const string StateName = "suspension";

    private static readonly Sql SelectState = new("OverdueSuspension.Run", "SELECT Value FROM Setting WHERE Name = @name");

    private static readonly Sql UpdateState = new(
        "OverdueSuspension.Run", "UPDATE Setting SET Value = @value, ChangedAt = @now, ChangedBy = @by WHERE Name = @name");

    private static readonly Sql InsertState = new(
        "OverdueSuspension.Run", "INSERT INTO Setting (Name, Value, ChangedAt, ChangedBy) VALUES (@name, @value, @now, @by)");

    private static readonly Sql CountPublished = new("OverdueSuspension.Run", "SELECT COUNT(*) FROM Entry WHERE Listing = 'published'");

    private static readonly Sql DeleteNotices = new("OverdueSuspension.Run", "DELETE FROM SuspensionNotice");

    private static readonly Sql DeleteSettled = new(
        "OverdueSuspension.Announce",
        """
        DELETE FROM SuspensionNotice WHERE EntryId IN (
          SELECT e.EntryId FROM Entry e
          WHERE e.Kind = @kind AND (e.Listing <> 'published' OR e.CheckDueOn IS NULL OR e.CheckDueOn >= @before))
        """);

    // An attempt that reached nobody is no check.
    private static readonly Sql InsertNotices = new(
        "OverdueSuspension.Announce",
        """
        INSERT INTO SuspensionNotice (EntryId, AnnouncedOn)
        SELECT e.EntryId, @today FROM Entry e
        WHERE e.Listing = 'published' AND e.Kind = @kind AND e.CheckDueOn < @before
          AND EXISTS (SELECT 1 FROM Verification v WHERE v.EntryId = e.EntryId AND v.CheckedBy LIKE 'curator:%' AND v.Outcome NOT IN ('unreachable', 'voicemail')
            AND NOT EXISTS (SELECT 1 FROM VerificationUndo u WHERE u.VerificationId = v.VerificationId AND u.UndoneAt IS NOT NULL))
          AND NOT EXISTS (SELECT 1 FROM SuspensionNotice n WHERE n.EntryId = e.EntryId)
        """);

    private static readonly Sql SelectDue = new(
        "OverdueSuspension.Run",
        """
        SELECT e.EntryId, e.Name, e.Kind, e.CheckDueOn, n.AnnouncedOn
        FROM SuspensionNotice n INNER JOIN Entry e ON e.EntryId = n.EntryId
        WHERE e.Listing = 'published' AND e.Kind = @kind AND e.CheckDueOn < @before AND n.AnnouncedOn <= @announced
        """);

    private static readonly Sql SelectNotices = new(
        "OverdueSuspension.Notices",
        """
        SELECT e.EntryId, e.Name, e.Kind, e.CheckDueOn, n.AnnouncedOn
        FROM SuspensionNotice n INNER JOIN Entry e ON e.EntryId = n.EntryId
        WHERE e.Listing = 'published' ORDER BY e.CheckDueOn, e.Name, e.EntryId
        """);

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web);

    /// <summary>The entries that are announced: those that are public, and whose check was not confirmed in the meantime.</summary>
    /// <param name="session">A session.</param>
    /// <param name="today">The current date in the department's time zone.</param>
    /// <param name="limit">The number of entries to name.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<SuspensionNotices> NoticesAsync(DbSession session, DateOnly today, int limit, CancellationToken cancellation)
    {
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var announced = await session.QueryAsync<SuspensionNotice>(SelectNotices, null, cancellation);
        IReadOnlyList<SuspensionNotice> open = [.. announced.Where(n => Before(settings, n.Kind, today.AddDays(NoticeDays)) is { } before && n.CheckDueOn < before)];
        return new SuspensionNotices(open.Count, [.. open.Take(limit)]);
    }

    /// <summary>Why the last run refused to act; null if it did act.</summary>
    public static async Task<string?> LastRefusalAsync(DbSession session, CancellationToken cancellation) =>
        (await ReadStateAsync(session, cancellation)).Refusal;

    /// <summary>Announces entries that are soon to be suspended, and suspends those that were announced for a week.</summary>
    public async Task<SuspensionReport> RunAsync(Database database, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (settings, refusal) = await database.TransactAsync(
            async session =>
            {
                var read = await SettingStore.ReadAsync(session, cancellation);
                return (read, await PrepareAsync(session, read, now, cancellation));
            },
            cancellation);
        if (refusal is not null)
        {
            return new SuspensionReport(0, refusal, null);
        }

        var change = await database.TransactAsync(session => BeginAsync(session, settings, now, cancellation), cancellation);
        if (change is null)
        {
            return new SuspensionReport(0, null, null);
        }

        var done = await changes.FinishAsync(database, change.BulkChangeId, cancellation);
        return new SuspensionReport(done.Changed, null, done.BulkChangeId);
    }

    /// <summary>Checks the clocks, then updates the announcements.</summary>
    /// <returns>Why the run must not act; null if it may.</returns>
    private async Task<string?> PrepareAsync(DbSession session, DirectorySettings settings, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = settings.DayOf(now);
        var state = await ReadStateAsync(session, cancellation);
        if (await databaseClock.DisagreementAsync(session, now, cancellation) is { } difference)
        {
            return await RefuseAsync(
                session, state, $"No entry was suspended automatically: the clocks of this computer and of the database differ by {difference.TotalMinutes:F0} minutes. Correct them.", now, cancellation);
        }

        if (state.LastRunOn is { } last && Math.Abs(today.DayNumber - last.DayNumber) > JobClock.MaxDaysBetweenRuns)
        {
            // What was announced before may have been announced to nobody.
            await session.ExecuteAsync(DeleteNotices, null, cancellation);
            return await RefuseAsync(
                session,
                state with { LastRunOn = today },
                $"No entry was suspended automatically: the last run was on {Date(last)}, and today seems to be {Date(today)}. If that is right, nothing needs to be done.",
                now,
                cancellation);
        }

        foreach (var kind in EntryKinds.All)
        {
            var before = Before(settings, kind, today.AddDays(NoticeDays)) ?? DateOnly.MinValue;
            var row = new { kind = kind.Code(), before, today };
            await session.ExecuteAsync(DeleteSettled, row, cancellation);
            await session.ExecuteAsync(InsertNotices, row, cancellation);
        }

        await WriteStateAsync(session, new RunState { LastRunOn = today }, now, cancellation);
        return null;
    }

    private async Task<BulkChange?> BeginAsync(DbSession session, DirectorySettings settings, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = settings.DayOf(now);
        var due = new List<(SuspensionNotice Entry, DateOnly Before)>();
        foreach (var kind in EntryKinds.All)
        {
            if (Before(settings, kind, today) is { } before)
            {
                var row = new { kind = kind.Code(), before, announced = today.AddDays(-NoticeDays) };
                due.AddRange((await session.QueryAsync<SuspensionNotice>(SelectDue, row, cancellation)).Select(e => (e, before)));
            }
        }

        var earlier = (await BulkChangeStore.ListSinceAsync(session, SuspendOverdueEntries.Overdue, now.AddDays(-2), cancellation))
            .Where(c => settings.DayOf(c.RequestedAt) == today).Sum(c => c.Total - c.Refused);
        var limit = settings.SuspensionsPerDay(await session.ScalarAsync<int>(CountPublished, null, cancellation)) - earlier;
        // The longest overdue first, beyond the grace period of each kind.
        var chosen = due.OrderBy(d => d.Entry.CheckDueOn.DayNumber - d.Before.DayNumber).ThenBy(d => d.Entry.EntryId).Take(Math.Max(0, limit)).ToList();
        return chosen.Count == 0
            ? null
            : await changes.BeginAsync(
                session,
                new BulkRequest(SuspendOverdueEntries.Overdue, [.. chosen.Select(c => c.Entry.EntryId)])
                {
                    Reason = "Not verified within the grace period after its due date.",
                    Values = chosen.ToDictionary(c => c.Entry.EntryId, c => c.Before.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                },
                Actor.System("overdue"),
                cancellation);
    }

    /// <summary>The date before which an entry's check must have been due for it to be suspended on a day; null if its kind never is.</summary>
    private static DateOnly? Before(DirectorySettings settings, EntryKind kind, DateOnly day) =>
        settings.GraceDays.TryGetValue(kind.Code(), out var grace) ? day.AddDays(-grace) : null;

    private async Task<string> RefuseAsync(DbSession session, RunState state, string refusal, DateTimeOffset now, CancellationToken cancellation)
    {
        await WriteStateAsync(session, state with { Refusal = refusal }, now, cancellation);
        await audit.AppendAsync(session, Actor.System("overdue"), "refuseSuspension", "directory", refusal, cancellation);
        return refusal;
    }

    private static async Task<RunState> ReadStateAsync(DbSession session, CancellationToken cancellation) =>
        await session.ScalarAsync<string>(SelectState, new { name = StateName }, cancellation) is { } value
            ? JsonSerializer.Deserialize<RunState>(value, Written)!
            : new RunState();

    private static async Task WriteStateAsync(DbSession session, RunState state, DateTimeOffset now, CancellationToken cancellation)
    {
        var row = new { name = StateName, value = JsonSerializer.Serialize(state, Written), now, by = Actor.System("overdue").Code };
        if (await session.ExecuteAsync(UpdateState, row, cancellation) == 0)
        {
            await session.ExecuteAsync(InsertState, row, cancellation);
        }
    }

    private static string Date(DateOnly date) => date.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    private sealed record RunState
    {
        public DateOnly? LastRunOn { get; init; }

        public string? Refusal { get; init; }
    }
}
