using HealthEquity.Admin.Directory;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store;
using HealthEquity.Tests.Store.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthEquity.Tests.Admin.Directory;

/// <summary>The daily jobs with two nodes on one database.</summary>
public sealed class DailyJobsTests
{
    private static readonly Guid Ana = Guid.Parse("01890000-0000-7000-8000-00000000000a");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task An_entry_overdue_beyond_the_grace_period_is_suspended_once_a_week_after_it_was_announced(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        var (late, early) = (await office.PublishNewAsync(EditorialOffice.Provider("Late")), await office.PublishNewAsync(EditorialOffice.Provider("Early")));
        await CheckAsync(office, late);
        await CheckAsync(office, early);
        // Due after 90 days, with a grace period of 90 days.
        office.Clock.Advance(TimeSpan.FromDays(173));
        await RunBothAsync(office);
        await CheckAsync(office, early);
        for (var day = 0; day < 7; day++)
        {
            office.Clock.Advance(TimeSpan.FromDays(1));
            await RunBothAsync(office);
            Assert.Equal(Listing.Published, (await office.ReadAsync(late)).Listing);
        }

        office.Clock.Advance(TimeSpan.FromDays(1));
        await RunBothAsync(office);

        Assert.Equal((Listing.Suspended, Listing.Published), ((await office.ReadAsync(late)).Listing, (await office.ReadAsync(early)).Listing));
        Assert.Single(await AuditedAsync(office, "suspend"));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_node_whose_clock_was_far_ahead_does_not_stop_the_jobs_until_that_day(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        await AddCuratorAsync(office);
        var now = office.Clock.GetUtcNow();
        foreach (var job in new[] { "suspendOverdue", "deleteUnsaved" })
        {
            Assert.True(await JobLease.TryAcquireAsync(office.Database, job, now.AddDays(500), Cancellation));
        }

        Assert.True(await JobLease.TryAcquireAsync(office.Database, "deleteUnsaved", now, Cancellation));
        Assert.False(await JobLease.TryAcquireAsync(office.Database, "deleteUnsaved", now, Cancellation));
        // A clock that is a little ahead, past midnight, is no fault.
        Assert.True(await JobLease.TryAcquireAsync(office.Database, "deleteUnsaved", now.AddDays(1), Cancellation));
        Assert.False(await JobLease.TryAcquireAsync(office.Database, "deleteUnsaved", now, Cancellation));
        Assert.True(await JobLease.TryAcquireAsync(office.Database, "suspendOverdue", now, Cancellation));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_clock_far_ahead_deletes_nothing_and_later_days_go_on_as_usual(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        await AddCuratorAsync(office);
        await KeepAsync(office, "mine");
        var box = new SuggestionStore(office.Clock, office.Stores.Audit);
        var settled = await office.DoAsync(s => box.AddAsync(s, null, EntryKind.Provider, null, "Settled", Cancellation));
        await office.DoAsync(s => box.SettleAsync(s, settled, EditorialOffice.Writer, "Done.", Cancellation));
        await Jobs(office).RunAsync(Cancellation);

        // Every quarter of an hour, for as long as nobody notices within the day.
        office.Clock.Advance(TimeSpan.FromDays(500));
        await Jobs(office).RunAsync(Cancellation);
        await Jobs(office).RunAsync(Cancellation);
        Assert.Single(await office.DoAsync(s => AutosavedDrafts.ListAsync(s, Ana, Cancellation)));
        Assert.Equal("Settled", (await office.DoAsync(s => SuggestionStore.ReadAsync(s, settled, Cancellation))).Message);

        // If it was the right date after all, the next day deletes what is old.
        office.Clock.Advance(TimeSpan.FromDays(1));
        await Jobs(office).RunAsync(Cancellation);
        Assert.Empty(await office.DoAsync(s => AutosavedDrafts.ListAsync(s, Ana, Cancellation)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_console_that_runs_once_a_month_deletes_what_is_old_soon_after_its_start(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        await AddCuratorAsync(office);
        await KeepAsync(office, "mine");
        await Jobs(office).RunAsync(Cancellation);
        office.Clock.Advance(TimeSpan.FromDays(35));
        await Jobs(office).RunAsync(Cancellation);
        Assert.Single(await office.DoAsync(s => AutosavedDrafts.ListAsync(s, Ana, Cancellation)));

        office.Stores.ServerClock.Ahead = TimeSpan.FromMinutes(6);
        await Jobs(office).RunAsync(Cancellation);
        Assert.Single(await office.DoAsync(s => AutosavedDrafts.ListAsync(s, Ana, Cancellation)));

        office.Stores.ServerClock.Ahead = TimeSpan.Zero;
        await Jobs(office).RunAsync(Cancellation);
        Assert.Empty(await office.DoAsync(s => AutosavedDrafts.ListAsync(s, Ana, Cancellation)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Old_settled_suggestions_are_deleted_and_open_ones_stay(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        var box = new SuggestionStore(office.Clock, office.Stores.Audit);
        var (settled, open) = await office.DoAsync(async s => (
            await box.AddAsync(s, null, EntryKind.Provider, null, "Settled", Cancellation), await box.AddAsync(s, null, EntryKind.Provider, null, "Open", Cancellation)));
        await office.DoAsync(s => box.SettleAsync(s, settled, EditorialOffice.Writer, "Done.", Cancellation));

        office.Clock.Advance(TimeSpan.FromDays(29));
        await RunBothAsync(office);
        Assert.Equal("Settled", (await office.DoAsync(s => SuggestionStore.ReadAsync(s, settled, Cancellation))).Message);

        office.Clock.Advance(TimeSpan.FromDays(2));
        await RunBothAsync(office);
        await Assert.ThrowsAsync<NotFoundException>(() => office.DoAsync(s => SuggestionStore.ReadAsync(s, settled, Cancellation)));
        Assert.Equal("Open", (await office.DoAsync(s => SuggestionStore.ReadAsync(s, open, Cancellation))).Message);
        Assert.Equal("1 deleted", Assert.Single(await AuditedAsync(office, "deleteSuggestions")).Detail);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Recently_saved_entries_are_checked_for_duplicates(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        await office.CreateAsync(EditorialOffice.Provider() with { Phones = [new Phone { Number = "+13055550142" }] });
        await RunBothAsync(office);
        await office.CreateAsync(EditorialOffice.Provider() with { Phones = [new Phone { Number = "+13055550142" }] });
        await RunBothAsync(office);
        Assert.Equal(0, await office.DoAsync(s => DuplicateStore.CountAsync(s, PairFilter.All, Cancellation)));

        office.Clock.Advance(TimeSpan.FromDays(1));
        await RunBothAsync(office);
        Assert.Equal(1, await office.DoAsync(s => DuplicateStore.CountAsync(s, PairFilter.All, Cancellation)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Old_unsaved_drafts_and_sessions_are_deleted(Dialect dialect)
    {
        await using var office = await EditorialOffice.OpenAsync(dialect);
        await AddCuratorAsync(office);
        await KeepAsync(office, "old");
        office.Clock.Advance(TimeSpan.FromDays(20));
        await KeepAsync(office, "new");
        office.Clock.Advance(TimeSpan.FromDays(11));
        await RunBothAsync(office);

        var (drafts, sessions) = await office.DoAsync(async s => (
            await AutosavedDrafts.ListAsync(s, Ana, Cancellation), await CuratorSessions.ListAsync(s, Ana, DateTimeOffset.MinValue, Cancellation)));
        Assert.Equal("new:new", Assert.Single(drafts).DraftKey);
        Assert.Equal("new", Assert.Single(sessions).Device);
    }

    [Fact]
    public async Task A_failed_job_is_retried()
    {
        await using var office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        await AddCuratorAsync(office);
        await KeepAsync(office, "old");
        office.Clock.Advance(TimeSpan.FromDays(31));
        await SendAsync(office, "CREATE TRIGGER Stop BEFORE DELETE ON AutosavedDraft BEGIN SELECT RAISE(ABORT, 'no'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => Jobs(office).RunAsync(Cancellation));
        Assert.Single(await office.DoAsync(s => AutosavedDrafts.ListAsync(s, Ana, Cancellation)));

        await SendAsync(office, "DROP TRIGGER Stop");
        await Jobs(office).RunAsync(Cancellation);
        Assert.Empty(await office.DoAsync(s => AutosavedDrafts.ListAsync(s, Ana, Cancellation)));
    }

    [Fact]
    public async Task The_console_runs_the_jobs_every_day()
    {
        await using var host = await ConsoleHost.StartAsync(services: services => services.AddSingleton<DatabaseClock>(p => new ServerClock(p.GetRequiredService<TimeProvider>())));
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        await host.Database.TransactAsync(
            s => AutosavedDrafts.SaveAsync(s, curator.CuratorId, new AutosavedDraft { DraftKey = "new:x", Kind = "event", Body = "{}", SavedAt = host.Clock.GetUtcNow().AddDays(-31) }, Cancellation),
            Cancellation);
        await Api.Node.UntilAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromHours(6));
            return await host.Database.TransactAsync(s => AutosavedDrafts.ListAsync(s, curator.CuratorId, Cancellation), Cancellation) is [];
        });
    }

    private static DateOnly Today(EditorialOffice office) => DateOnly.FromDateTime(office.Clock.GetUtcNow().UtcDateTime);

    private static Task CheckAsync(EditorialOffice office, Guid id) => office.DoAsync(s => office.Verifications.RecordAsync(
        s,
        new VerificationRecord { EntryId = id, Revision = 1, Method = "phoneCall", Outcome = "confirmed", FieldOutcomes = EditorialOffice.AllAnswers, CheckedOn = Today(office) },
        EditorialOffice.Writer,
        Cancellation));

    /// <summary>Runs the jobs on two nodes at once, and on one of them again a little later.</summary>
    private static async Task RunBothAsync(EditorialOffice office)
    {
        var (one, two) = (Jobs(office), Jobs(office));
        await Task.WhenAll(Task.Run(() => one.RunAsync(Cancellation), Cancellation), Task.Run(() => two.RunAsync(Cancellation), Cancellation));
        await one.RunAsync(Cancellation);
    }

    private static DailyJobs Jobs(EditorialOffice office) =>
        new(office.Database, office.Stores.Suspension, office.Stores.Duplicates, office.Stores.Suggestions, new JobClock(office.Stores.ServerClock), office.Clock, NullLogger<DailyJobs>.Instance);

    private static Task AddCuratorAsync(EditorialOffice office) => office.DoAsync(s => new CuratorStore(office.Clock, office.Stores.Audit).AddAsync(
        s,
        new Curator { CuratorId = Ana, UserName = "ana", NormalizedUserName = CuratorStore.Normalize("ana"), DisplayName = "Ana", Role = CuratorRole.Curator, SecurityStamp = CuratorStore.NewStamp() },
        Actor.System("test"),
        Cancellation));

    /// <summary>Creates an unsaved draft and a session.</summary>
    private static Task KeepAsync(EditorialOffice office, string name) => office.DoAsync(async s =>
    {
        var now = office.Clock.GetUtcNow();
        await AutosavedDrafts.SaveAsync(s, Ana, new AutosavedDraft { DraftKey = $"new:{name}", Kind = "event", Body = "{}", SavedAt = now }, Cancellation);
        await CuratorSessions.StartAsync(s, new CuratorSession { SessionId = Guid.CreateVersion7(now), CuratorId = Ana, Device = name, StartedAt = now, LastSeenAt = now }, Cancellation);
    });

    private static Task SendAsync(EditorialOffice office, string statement) =>
        office.DoAsync(s => s.ExecuteAsync(new Sql("test", statement), null, Cancellation));

    private static Task<IReadOnlyList<AuditRow>> AuditedAsync(EditorialOffice office, string activity) =>
        office.DoAsync(s => AuditReader.ReadAsync(s, new AuditFilter { Activity = activity }, null, 100, Cancellation));
}
