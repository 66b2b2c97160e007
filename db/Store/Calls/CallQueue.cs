using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Verification;

namespace HealthEquity.Store.Calls;

/// <summary>Why an entry should be called.</summary>
public enum CallRisk
{
    /// <summary>A crisis line or hotline.</summary>
    Crisis,

    /// <summary>The public reported something about it.</summary>
    Reported,

    /// <summary>Its number did not work the last time.</summary>
    Bounced,

    /// <summary>No person has ever checked it.</summary>
    Never,

    /// <summary>Its check is overdue.</summary>
    Overdue,
}

/// <summary>Which calls to show.</summary>
public sealed record CallFilter
{
    /// <summary>The kind; null for all.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>The county, such as "FL:Miami-Dade County"; null for all.</summary>
    public string? County { get; init; }

    /// <summary>The USPS code of the state; null for all.</summary>
    public string? State { get; init; }

    /// <summary>The risk; null for all.</summary>
    public CallRisk? Risk { get; init; }

    /// <summary>The assigned curator; null for everyone.</summary>
    public Guid? AssignedTo { get; init; }

    /// <summary>Only entries that are assigned to nobody.</summary>
    public bool Unassigned { get; init; }

    /// <summary>Also calls that are planned for later.</summary>
    public bool WithPlanned { get; init; }
}

/// <summary>One call to make.</summary>
public sealed record QueuedCall
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its kind.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The date of the last confirmation.</summary>
    public DateOnly? AssuredOn { get; init; }

    /// <summary>The date the check is due.</summary>
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>The assigned curator.</summary>
    public Guid? AssignedTo { get; init; }

    /// <summary>When to call again; null for now.</summary>
    public DateTimeOffset? TryAfter { get; init; }

    /// <summary>The number of states and counties served.</summary>
    public int Areas { get; init; }

    /// <summary>Whether it serves the whole country.</summary>
    public bool IsNationwide { get; init; }

    /// <summary>Whether it is a crisis line or hotline.</summary>
    public bool IsCrisis { get; init; }

    /// <summary>Whether a check was requested.</summary>
    public bool IsRequested { get; init; }

    /// <summary>The number of open reports from the public.</summary>
    public int Reports { get; init; }

    /// <summary>The urgency of the most urgent report.</summary>
    public ReportUrgency Urgency { get; init; }

    /// <summary>The number of failed attempts in a row.</summary>
    public int Attempts { get; init; }

    /// <summary>The harm that a mistake in it could do; the highest is called first.</summary>
    public int Harm { get; init; }
}

/// <summary>The calls to make: public entries that were never checked, are due within a week, or were reported, by the harm of a mistake.</summary>
public sealed class CallQueue(TimeProvider clock, EntryStore entries)
{
    /// <summary>The number of entries that a curator takes at once.</summary>
    public const int Taken = 10;

    private const int DueWithinDays = 7;

    private readonly CallReach _reach = new();

    private const string Shown = "SELECT e.EntryId, e.Name, e.Kind, e.AssuredOn, e.CheckDueOn, e.AssignedTo";

    private const string Matches =
        """
        WHERE e.Listing = 'published' AND (@kind IS NULL OR e.Kind = @kind)
          AND (@assigned IS NULL OR e.AssignedTo = @assigned) AND (@unassigned = 0 OR e.AssignedTo IS NULL)
          AND (@county IS NULL OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'county' AND t.Code = @county))
          AND (@state IS NULL OR e.EntryId IN (SELECT t.EntryId FROM EntryTerm t WHERE t.Vocabulary = 'state' AND t.Code = @state))
        """;

    private const string IsDue = "(e.AssuredOn IS NULL OR e.CheckDueOn < @due)";

    private const string IsNotDue = "e.AssuredOn IS NOT NULL AND (e.CheckDueOn IS NULL OR e.CheckDueOn >= @due)";

    private const string Reported = "(SELECT DISTINCT s.EntryId FROM Suggestion s WHERE s.State = 'open') r";

    private static readonly Sql SelectAll = new(
        "CallQueue.List",
        sqlServer: $"{Shown} FROM Entry e {Matches} AND {IsDue}",
        sqlite: $"{Shown} FROM Entry e INDEXED BY IX_Entry_List {Matches} AND {IsDue}");

    // A curator's own calls are few.
    private static readonly Sql SelectOwn = new(
        "CallQueue.List",
        sqlServer: $"{Shown} FROM Entry e {Matches} AND {IsDue} AND e.AssignedTo = @assigned",
        sqlite: $"{Shown} FROM Entry e INDEXED BY IX_Entry_AssignedTo {Matches} AND {IsDue} AND e.AssignedTo = @assigned");

    // Those with a report from the public are read by themselves, so that not every entry is looked up among them.
    private static readonly Sql SelectReported = new(
        "CallQueue.List",
        sqlServer: $"{Shown} FROM {Reported} INNER JOIN Entry e ON e.EntryId = r.EntryId {Matches} AND {IsNotDue}",
        sqlite: $"{Shown} FROM {Reported} CROSS JOIN Entry e ON e.EntryId = r.EntryId {Matches} AND {IsNotDue}");

    private static readonly Sql SelectPending = new("CallQueue.List", "SELECT EntryId FROM PendingCheck");

    private static readonly Sql SelectPlans = new("CallQueue.List", "SELECT EntryId, TryAfter FROM CallPlan");

    private static readonly Sql SelectRequests = new("CallQueue.List", "SELECT EntryId FROM CheckRequest");

    private const string IsNeeded =
        "(e.AssuredOn IS NULL OR e.CheckDueOn < @due OR e.EntryId IN (SELECT s.EntryId FROM Suggestion s WHERE s.State = 'open'))";

    // Entries that wait for a review of their corrections or for the time to call again.
    private const string PutOff =
        "(SELECT w.EntryId FROM PendingCheck w UNION SELECT p.EntryId FROM CallPlan p WHERE p.TryAfter > @now)";

    // Each part reads a range of an index: due, never checked and not due, and reported but neither.
    private static readonly Sql CountAll = new(
        "CallQueue.Count",
        sqlServer:
        $"""
        SELECT (SELECT COUNT(*) FROM Entry e WHERE e.Listing = 'published' AND e.CheckDueOn < @due)
          + (SELECT COUNT(*) FROM Entry e WHERE e.Listing = 'published' AND e.AssuredOn IS NULL AND (e.CheckDueOn IS NULL OR e.CheckDueOn >= @due))
          + (SELECT COUNT(*) FROM (SELECT DISTINCT s.EntryId FROM Suggestion s WHERE s.State = 'open') r INNER JOIN Entry e ON e.EntryId = r.EntryId
            WHERE e.Listing = 'published' AND {IsNotDue})
          - (SELECT COUNT(*) FROM {PutOff} o INNER JOIN Entry e ON e.EntryId = o.EntryId WHERE e.Listing = 'published' AND {IsNeeded})
        """,
        sqlite:
        $"""
        SELECT (SELECT COUNT(*) FROM Entry e INDEXED BY IX_Entry_CheckDueOn WHERE e.Listing = 'published' AND e.CheckDueOn < @due)
          + (SELECT COUNT(*) FROM Entry e INDEXED BY IX_Entry_Assurance
            WHERE e.Listing = 'published' AND e.AssuredOn IS NULL AND (e.CheckDueOn IS NULL OR e.CheckDueOn >= @due))
          + (SELECT COUNT(*) FROM (SELECT DISTINCT s.EntryId FROM Suggestion s WHERE s.State = 'open') r CROSS JOIN Entry e ON e.EntryId = r.EntryId
            WHERE e.Listing = 'published' AND {IsNotDue})
          - (SELECT COUNT(*) FROM {PutOff} o CROSS JOIN Entry e ON e.EntryId = o.EntryId WHERE e.Listing = 'published' AND {IsNeeded})
        """);

    private static readonly Sql CountAssigned = new(
        "CallQueue.Count",
        $"SELECT COUNT(*) FROM Entry e WHERE e.AssignedTo = @assigned AND e.Listing = 'published' AND {IsNeeded} AND e.EntryId NOT IN {PutOff}");

    private static readonly Sql CountOwn = new(
        "CallQueue.Count",
        $"SELECT COUNT(*) FROM Entry e WHERE e.AssignedTo = @assigned AND e.Listing = 'published' AND {IsNeeded} AND e.EntryId NOT IN (SELECT w.EntryId FROM PendingCheck w)");

    private static readonly Sql SelectDone = new(
        "CallQueue.Done",
        """
        SELECT v.VerificationId, v.EntryId, v.Outcome, v.RecordedAt, e.Name AS Note
        FROM Verification v INNER JOIN Entry e ON e.EntryId = v.EntryId
        WHERE v.CheckedBy = @by AND v.RecordedAt >= @since
          AND NOT EXISTS (SELECT 1 FROM VerificationUndo u WHERE u.VerificationId = v.VerificationId AND u.UndoneAt IS NOT NULL)
        ORDER BY v.RecordedAt DESC, v.VerificationId DESC
        """);

    /// <summary>The calls, most urgent first.</summary>
    public async Task<IReadOnlyList<QueuedCall>> ListAsync(DbSession session, CallFilter filter, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var today = settings.DayOf(now);
        var parameters = new
        {
            kind = filter.Kind?.Code(),
            assigned = filter.AssignedTo,
            unassigned = filter.Unassigned ? 1 : 0,
            county = filter.County,
            state = filter.State,
            due = today.AddDays(DueWithinDays),
        };
        var due = await session.QueryAsync<QueuedCall>(filter.AssignedTo is null ? SelectAll : SelectOwn, parameters, cancellation);
        var reported = await session.QueryAsync<QueuedCall>(SelectReported, parameters, cancellation);
        // Corrections that wait for a review are no call.
        var pending = (await session.QueryAsync<Guid>(SelectPending, null, cancellation)).ToHashSet();
        var facts = new CallFacts(
            await _reach.ReadAsync(session, cancellation),
            (await session.QueryAsync<(Guid EntryId, DateTimeOffset TryAfter)>(SelectPlans, null, cancellation)).ToDictionary(p => p.EntryId, p => p.TryAfter),
            (await session.QueryAsync<Guid>(SelectRequests, null, cancellation)).ToHashSet());
        List<QueuedCall> calls = [.. due.Concat(reported).Where(c => !pending.Contains(c.EntryId))];
        var attempts = await WorkQueue.AttemptsAsync(session, [.. calls.Select(c => c.EntryId)], cancellation);
        var reports = await ReportsAsync(session, cancellation);
        return
        [
            .. calls.Select(facts.AddTo).Where(c => filter.WithPlanned || c.TryAfter is null || c.TryAfter <= now)
                .Select(c => Ranked(c, attempts, reports, settings, today))
                .Where(c => filter.Risk is not { } risk || Has(c, risk, today))
                .OrderByDescending(c => c.Harm).ThenBy(c => c.CheckDueOn).ThenBy(c => c.EntryId),
        ];
    }

    /// <summary>The number of calls to make now: all, or those assigned to a curator.</summary>
    public async Task<int> CountAsync(DbSession session, Guid? assigned, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var due = settings.DayOf(now).AddDays(DueWithinDays);
        return await session.ScalarAsync<int>(assigned is null ? CountAll : CountAssigned, new { due, now, assigned }, cancellation);
    }

    /// <summary>The number of a curator's calls that can be handed over: also those planned for later.</summary>
    public async Task<int> CountOwnAsync(DbSession session, Guid curator, CancellationToken cancellation)
    {
        var due = (await SettingStore.ReadAsync(session, cancellation)).DayOf(clock.GetUtcNow()).AddDays(DueWithinDays);
        return await session.ScalarAsync<int>(CountOwn, new { due, assigned = curator }, cancellation);
    }

    /// <summary>Whether a call has a risk.</summary>
    public static bool Has(QueuedCall call, CallRisk risk, DateOnly today) => risk switch
    {
        CallRisk.Crisis => call.IsCrisis,
        CallRisk.Reported => call.Reports > 0,
        CallRisk.Bounced => call.Attempts > 0,
        CallRisk.Never => call.AssuredOn is null,
        _ => call.CheckDueOn < today,
    };

    /// <summary>Assigns the most urgent calls that are assigned to nobody to a curator.</summary>
    /// <returns>The number of calls.</returns>
    public async Task<int> TakeAsync(DbSession session, CallFilter filter, Guid curator, CancellationToken cancellation)
    {
        var next = (await ListAsync(session, filter with { AssignedTo = null, Unassigned = true }, cancellation)).Take(Taken).ToList();
        foreach (var call in next)
        {
            await entries.AssignAsync(session, call.EntryId, curator, Actor.Curator(curator), cancellation);
        }

        return next.Count;
    }

    /// <summary>Hands a curator's calls over to another curator, or to nobody.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="calls">The entries. Only those that are still assigned to the curator change hands.</param>
    /// <param name="from">The curator.</param>
    /// <param name="to">The other curator; null for nobody.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The number of calls.</returns>
    public async Task<int> HandOverAsync(DbSession session, IEnumerable<Guid> calls, Guid from, Guid? to, CancellationToken cancellation)
    {
        var handed = 0;
        foreach (var id in calls.Distinct())
        {
            if (await EntryStore.FindAsync(session, id, cancellation) is { } entry && entry.AssignedTo == from)
            {
                await entries.AssignAsync(session, id, to, Actor.Curator(from), cancellation);
                handed++;
            }
        }

        return handed;
    }

    /// <summary>What a curator did today, latest first. The note is the entry's name.</summary>
    public async Task<IReadOnlyList<VerificationRecord>> DoneTodayAsync(DbSession session, Guid curator, CancellationToken cancellation)
    {
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), settings.Zone());
        var since = local - local.TimeOfDay;
        return await session.QueryAsync<VerificationRecord>(SelectDone, new { by = Actor.Curator(curator).Code, since }, cancellation);
    }

    private static async Task<Dictionary<Guid, (int Number, ReportUrgency Urgency)>> ReportsAsync(DbSession session, CancellationToken cancellation) =>
        (await SuggestionStore.ListOpenAsync(session, cancellation)).Where(s => s.EntryId is not null).GroupBy(s => s.EntryId!.Value)
            .ToDictionary(g => g.Key, g => (g.Count(), g.Max(s => ReportTriage.Of(s.Message))));

    /// <summary>
    /// A crisis line outweighs everything; then come reports of danger and of papers, numbers that failed, how many places an entry is
    /// listed for, and how long ago it was checked.
    /// </summary>
    private static QueuedCall Ranked(
        QueuedCall call,
        IReadOnlyDictionary<Guid, int> attempts,
        Dictionary<Guid, (int Number, ReportUrgency Urgency)> reports,
        DirectorySettings settings,
        DateOnly today)
    {
        var (number, urgency) = reports.GetValueOrDefault(call.EntryId);
        var tries = attempts.GetValueOrDefault(call.EntryId);
        var interval = Math.Max(1, settings.DueOn(call.Kind, today).DayNumber - today.DayNumber);
        var age = call.AssuredOn is { } assured ? Math.Clamp((today.DayNumber - assured.DayNumber) * 50 / interval, 0, 150) : 100;
        var harm = (call.IsCrisis ? 1000 : 0)
            + (number == 0 ? 0 : urgency switch { ReportUrgency.Danger => 600, ReportUrgency.Papers => 400, _ => 100 } + (20 * Math.Min(number, 5)))
            + (call.IsRequested ? 120 : 0)
            + (60 * Math.Min(tries, 3))
            + (call.IsNationwide ? 200 : Math.Min(call.Areas, 40) * 4)
            + age;
        return call with { Reports = number, Urgency = urgency, Attempts = tries, Harm = harm };
    }

    /// <summary>What is known about entries besides their rows.</summary>
    private sealed record CallFacts(IReadOnlyDictionary<Guid, Reach> Reach, Dictionary<Guid, DateTimeOffset> Plans, HashSet<Guid> Requests)
    {
        public QueuedCall AddTo(QueuedCall call)
        {
            var reach = Reach.GetValueOrDefault(call.EntryId);
            return call with
            {
                Areas = reach.Areas,
                IsNationwide = reach.IsNationwide,
                IsCrisis = reach.IsCrisis,
                IsRequested = Requests.Contains(call.EntryId),
                TryAfter = Plans.TryGetValue(call.EntryId, out var at) ? at : null,
            };
        }
    }
}
