using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Calls;

/// <summary>Which calls to make first, and how many the coming weeks bring.</summary>
public sealed class CallQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task The_call_whose_mistakes_harm_most_comes_first(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        await office.PublishNewAsync(Provider("Plain"));
        var failed = await office.PublishNewAsync(Provider("Number failed"));
        await office.PublishNewAsync(Provider("Many counties") with { ServiceArea = new ServiceArea { Counties = ["FL:Miami-Dade County", "FL:Broward County", "FL:Orange County"] } });
        var papers = await office.PublishNewAsync(Provider("Asked for papers"));
        var danger = await office.PublishNewAsync(Provider("Danger"));
        await office.PublishNewAsync(Provider("Crisis line") with { Phones = [new Phone { Number = "+13055550141", Type = "hotline" }] });
        await office.PublishNewAsync(new Organization { Name = "Whole country", ServiceArea = new ServiceArea { Nationwide = true } });
        var fresh = await office.PublishNewAsync(Provider("Fresh"));
        await office.DoAsync(s => office.Verifications.RecordAsync(s, Check(fresh, "confirmed") with { FieldOutcomes = AllAnswers }, Reviewer, Cancellation));
        await office.DoAsync(s => office.Verifications.RecordAsync(s, Check(failed, "unreachable"), Reviewer, Cancellation));
        await SuggestAsync(office, papers, "Me pidieron papeles.");
        await SuggestAsync(office, danger, "La migra estaba afuera.");

        var calls = await ListAsync(office, new CallFilter());

        Assert.Equal(["Crisis line", "Danger", "Asked for papers", "Whole country", "Number failed", "Many counties", "Plain"], calls.Select(c => c.Name));
        Assert.Equal((1, ReportUrgency.Danger), (calls[1].Reports, calls[1].Urgency));
        Assert.Equal(["Crisis line"], await NamesAsync(office, new CallFilter { Risk = CallRisk.Crisis }));
        Assert.Equal(["Danger", "Asked for papers"], await NamesAsync(office, new CallFilter { Risk = CallRisk.Reported }));
        Assert.Equal(["Number failed"], await NamesAsync(office, new CallFilter { Risk = CallRisk.Bounced }));
        Assert.Equal([], await NamesAsync(office, new CallFilter { Risk = CallRisk.Overdue }));
        Assert.Equal(["Many counties"], await NamesAsync(office, new CallFilter { County = "FL:Broward County" }));
        Assert.Equal(["Whole country"], await NamesAsync(office, new CallFilter { Kind = EntryKind.Organization }));
        // A fresh entry comes back when somebody reports it, or a week before it is due.
        await SuggestAsync(office, fresh, "They moved.");
        Assert.Contains("Fresh", await NamesAsync(office, new CallFilter()));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_curator_takes_ten_hands_over_and_sees_what_was_done_today(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (ana, ben) = (await AddCuratorAsync(office, "ana"), await AddCuratorAsync(office, "ben"));
        for (var n = 0; n < 15; n++)
        {
            await office.PublishNewAsync(Provider($"Provider {n:00}"));
        }

        Assert.Equal(10, await office.DoAsync(s => office.Stores.Queue.TakeAsync(s, new CallFilter(), ana, Cancellation)));
        Assert.Equal(5, await office.DoAsync(s => office.Stores.Queue.TakeAsync(s, new CallFilter(), ben, Cancellation)));
        Assert.Equal(0, await office.DoAsync(s => office.Stores.Queue.TakeAsync(s, new CallFilter(), ben, Cancellation)));
        var mine = await ListAsync(office, new CallFilter { AssignedTo = ana });
        Assert.Equal(10, mine.Count);

        Assert.Equal(2, await office.DoAsync(s => office.Stores.Queue.HandOverAsync(s, mine.Take(2).Select(c => c.EntryId), ana, ben, Cancellation)));
        // Only what is still one's own changes hands.
        Assert.Equal(0, await office.DoAsync(s => office.Stores.Queue.HandOverAsync(s, mine.Take(2).Select(c => c.EntryId), ana, null, Cancellation)));
        Assert.Equal((8, 7), ((await ListAsync(office, new CallFilter { AssignedTo = ana })).Count, (await ListAsync(office, new CallFilter { AssignedTo = ben })).Count));

        foreach (var call in mine.Skip(2).Take(2))
        {
            await office.DoAsync(s => office.Verifications.RecordAsync(s, Check(call.EntryId, "unreachable"), Actor.Curator(ana), Cancellation));
            office.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        var done = await office.DoAsync(s => office.Stores.Queue.DoneTodayAsync(s, ana, Cancellation));
        Assert.Equal([mine[3].Name, mine[2].Name], done.Select(d => d.Note));
        Assert.Empty(await office.DoAsync(s => office.Stores.Queue.DoneTodayAsync(s, ben, Cancellation)));
        office.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await office.DoAsync(s => office.Stores.Queue.DoneTodayAsync(s, ana, Cancellation)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_week_with_too_many_calls_is_spread_without_breaking_what_the_public_was_told(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        // Published one by one, all are due on one day.
        var ids = new List<Guid>();
        for (var n = 0; n < 24; n++)
        {
            ids.Add(await office.PublishNewAsync(Provider($"Provider {n:00}")));
        }

        foreach (var id in ids.Take(4))
        {
            await office.DoAsync(s => office.Verifications.RecordAsync(s, Check(id, "confirmed") with { FieldOutcomes = AllAnswers }, Reviewer, Cancellation));
        }

        var before = await office.DoAsync(s => office.Stores.Forecast.ReadAsync(s, Cancellation));
        Assert.Equal((26, 24, 24, 1), (before.Weeks.Count, before.Weeks.Sum(w => w.Due), before.Weeks[12].Due, before.DonePerWeek));
        var change = await office.DoAsync(s => office.Stores.Forecast.SpreadAsync(s, Reviewer, Cancellation));
        await office.Stores.BulkChanges.FinishAsync(office.Database, change!.BulkChangeId, Cancellation);

        var after = await office.DoAsync(s => office.Stores.Forecast.ReadAsync(s, Cancellation));
        Assert.Equal(24, after.Weeks.Sum(w => w.Due));
        Assert.All(after.Weeks.Take(12), w => Assert.InRange(w.Due, 1, 3));
        var due = new DateOnly(2026, 3, 1).AddDays(90);
        foreach (var id in ids)
        {
            Assert.InRange((await office.ReadAsync(id)).CheckDueOn!.Value, new DateOnly(2026, 3, 2), due);
        }

        // The public sees the new dates, and the spread is undone as one.
        Assert.Contains((await office.ReadAsync(ids[10])).CheckDueOn!.Value.ToString("yyyy-MM-dd", null), (await office.FeedAsync()).Single(f => f.EntryId == ids[10]).Body, StringComparison.Ordinal);
        await office.DoAsync(s => office.Stores.BulkChanges.RequestUndoAsync(s, change.BulkChangeId, Reviewer, null, Cancellation));
        Assert.Equal(BulkState.Undone, (await office.Stores.BulkChanges.FinishAsync(office.Database, change.BulkChangeId, Cancellation)).State);
        Assert.Equal(due, (await office.ReadAsync(ids[10])).CheckDueOn);
    }

    internal static async Task<Guid> AddCuratorAsync(EditorialOffice office, string name)
    {
        var id = Guid.CreateVersion7();
        await office.DoAsync(s => new CuratorStore(office.Clock, office.Stores.Audit).AddAsync(
            s,
            new Curator { CuratorId = id, UserName = name, NormalizedUserName = CuratorStore.Normalize(name), DisplayName = name, Role = CuratorRole.Curator, SecurityStamp = CuratorStore.NewStamp() },
            Actor.System("test"),
            Cancellation));
        return id;
    }

    private static VerificationRecord Check(Guid id, string outcome) =>
        new() { EntryId = id, Revision = 1, Method = "phoneCall", Outcome = outcome, CheckedOn = new DateOnly(2026, 3, 1) };

    private static Task SuggestAsync(EditorialOffice office, Guid id, string message) =>
        office.DoAsync(s => office.Stores.Suggestions.AddAsync(s, id, null, null, message, Cancellation));

    /// <summary>The calls. Today counts them without reading them, and must come to the same number.</summary>
    private static async Task<IReadOnlyList<QueuedCall>> ListAsync(EditorialOffice office, CallFilter filter)
    {
        var calls = await office.DoAsync(s => office.Stores.Queue.ListAsync(s, filter, Cancellation));
        if (filter == new CallFilter { AssignedTo = filter.AssignedTo })
        {
            Assert.Equal(calls.Count, await office.DoAsync(s => office.Stores.Queue.CountAsync(s, filter.AssignedTo, Cancellation)));
        }

        return calls;
    }

    private static async Task<IEnumerable<string>> NamesAsync(EditorialOffice office, CallFilter filter) => (await ListAsync(office, filter)).Select(c => c.Name);
}
