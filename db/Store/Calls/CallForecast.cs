using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;

namespace HealthEquity.Store.Calls;

/// <summary>The calls of one week.</summary>
/// <param name="Begins">The first day of the week. The first week also contains what is overdue.</param>
/// <param name="Due">The number of checks that are due.</param>
public sealed record ForecastWeek(DateOnly Begins, int Due);

/// <summary>The calls of the next half year against what the team can do.</summary>
/// <param name="Weeks">The next 26 weeks, beginning today.</param>
/// <param name="DonePerWeek">What the team did per week in the last four weeks, rounded up.</param>
public sealed record Forecast(IReadOnlyList<ForecastWeek> Weeks, int DonePerWeek);

/// <summary>Forecasts the calls of the next half year, and spreads those of weeks with too many.</summary>
public sealed class CallForecast(TimeProvider clock, BulkChangeStore changes)
{
    /// <summary>The number of weeks of a forecast.</summary>
    public const int Weeks = 26;

    private const int WeeksLookedBack = 4;

    private static readonly Sql SelectDue = new(
        "CallForecast.Read",
        "SELECT CheckDueOn, COUNT(*) AS Number FROM Entry WHERE Listing = 'published' AND CheckDueOn < @end GROUP BY CheckDueOn");

    private static readonly Sql CountDone = new(
        "CallForecast.Read",
        """
        SELECT COUNT(DISTINCT EntryId) FROM Verification
        WHERE RecordedAt >= @since AND CheckedBy LIKE 'curator:%' AND Outcome NOT IN ('unreachable', 'voicemail')
        """);

    private static readonly Sql SelectEntries = new(
        "CallForecast.Spread",
        "SELECT EntryId, Kind, AssuredOn, CheckDueOn FROM Entry WHERE Listing = 'published' AND CheckDueOn < @end ORDER BY CheckDueOn, EntryId");

    /// <summary>The forecast as of today.</summary>
    public async Task<Forecast> ReadAsync(DbSession session, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = (await SettingStore.ReadAsync(session, cancellation)).DayOf(now);
        var days = await session.QueryAsync<DueDay>(SelectDue, new { end = today.AddDays(7 * Weeks) }, cancellation);
        var due = days.ToLookup(d => WeekOf(d.CheckDueOn, today), d => d.Number);
        var done = await session.ScalarAsync<int>(CountDone, new { since = now.AddDays(-7 * WeeksLookedBack) }, cancellation);
        return new Forecast(
            [.. Enumerable.Range(0, Weeks).Select(w => new ForecastWeek(today.AddDays(7 * w), due[w].Sum()))],
            (done + WeeksLookedBack - 1) / WeeksLookedBack);
    }

    /// <summary>
    /// Spreads the due dates evenly: entries that nobody has checked move to any week of their verification interval, those that were
    /// checked only to an earlier one, because the public was told when they would be checked again. It is one bulk change.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The bulk change, ready to run; null if nothing would move.</returns>
    public async Task<BulkChange?> SpreadAsync(DbSession session, Actor actor, CancellationToken cancellation)
    {
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var today = settings.DayOf(clock.GetUtcNow());
        var found = await session.QueryAsync<EntryRow>(SelectEntries, new { end = today.AddDays(7 * Weeks) }, cancellation);
        var moved = Spread(found, settings, today);
        return moved.Count == 0
            ? null
            : await changes.BeginAsync(
                session,
                new BulkRequest(SpreadDueDates.Name, [.. moved.Keys])
                {
                    Reason = "Spread the calls over the coming weeks.",
                    Values = moved.ToDictionary(m => m.Key, m => m.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                },
                actor,
                cancellation);
    }

    /// <summary>The new due dates of the entries that move.</summary>
    internal static IReadOnlyDictionary<Guid, DateOnly> Spread(IReadOnlyList<EntryRow> entries, DirectorySettings settings, DateOnly today)
    {
        var load = new int[Weeks];
        foreach (var entry in entries)
        {
            load[WeekOf(entry.CheckDueOn!.Value, today)]++;
        }

        var moved = new Dictionary<Guid, DateOnly>();
        foreach (var entry in entries)
        {
            var from = WeekOf(entry.CheckDueOn!.Value, today);
            // Overdue entries that were checked stay due: their date has been promised.
            var last = entry.AssuredOn is not null ? from : Math.Min(Weeks - 1, Math.Max(0, (settings.DueOn(entry.Kind, today).DayNumber - today.DayNumber) / 7 - 1));
            var to = Enumerable.Range(0, last + 1).MinBy(w => load[w]);
            if (load[from] - load[to] > 1)
            {
                load[from]--;
                moved[entry.EntryId] = today.AddDays((7 * to) + 1 + (load[to] % 5));
                load[to]++;
            }
        }

        return moved;
    }

    private static int WeekOf(DateOnly due, DateOnly today) => Math.Clamp((due.DayNumber - today.DayNumber) / 7, 0, Weeks - 1);

    private sealed record DueDay
    {
        public DateOnly CheckDueOn { get; init; }

        public int Number { get; init; }
    }
}

/// <summary>Moves due dates. Each item's value is the new date.</summary>
public sealed class SpreadDueDates(CheckRequests checks) : IBulkAction
{
    /// <summary>The code of the action.</summary>
    public const string Name = "spreadDueDates";

    /// <inheritdoc/>
    public string Code => Name;

    /// <inheritdoc/>
    public bool Withdraws => false;

    /// <inheritdoc/>
    public bool WithdrawsWhenUndone => false;

    /// <inheritdoc/>
    public Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        entry.Listing == Listing.Published
            ? checks.SetDueDateAsync(session, entry.EntryId, DateOnly.ParseExact(item.Value!, "yyyy-MM-dd", CultureInfo.InvariantCulture), cancellation)
            : throw new RefusedException("It was taken down in the meantime.");

    /// <inheritdoc/>
    public Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        entry.CheckDueOn == item.After.CheckDueOn
            ? checks.SetDueDateAsync(session, entry.EntryId, item.Before.CheckDueOn, cancellation)
            : throw new RefusedException("It was checked since.");
}
