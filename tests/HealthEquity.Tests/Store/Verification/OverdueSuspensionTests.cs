using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Verification;

/// <summary>The automatic suspension: the directory must never go dark because of it.</summary>
public sealed class OverdueSuspensionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_clock_500_days_ahead_suspends_nothing_and_the_next_day_goes_on_as_usual(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = await PublishCheckedAsync(office, 5);
        await RunAsync(office);
        var right = office.Clock.GetUtcNow();

        office.Clock.Advance(TimeSpan.FromDays(500));
        var ahead = await RunAsync(office);
        Assert.Equal("No entry was suspended automatically: the last run was on Mar 1, 2026, and today seems to be Jul 14, 2027. If that is right, nothing needs to be done.", ahead.Refusal);
        // Even if nobody corrects the clock, a week passes first.
        office.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((0, null), ((await RunAsync(office)).Suspended, (await RunAsync(office)).Refusal));
        Assert.Equal(5, (await NoticesAsync(office)).Number);

        // A real clock goes back when somebody corrects it; this one starts anew.
        var back = new TestStores(office.Database, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(right.AddHours(1)), _ => new());
        var report = await back.Suspension.RunAsync(office.Database, Cancellation);
        Assert.StartsWith("No entry was suspended automatically: the last run was on Jul 15, 2027", report.Refusal, StringComparison.Ordinal);
        Assert.Equal(0, (await office.DoAsync(s => OverdueSuspension.NoticesAsync(s, new DateOnly(2026, 3, 1), 5, Cancellation))).Number);
        var next = new TestStores(office.Database, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(right.AddDays(1)), _ => new());
        Assert.Equal(new SuspensionReport(0, null, null), await next.Suspension.RunAsync(office.Database, Cancellation));
        Assert.All(await ListingsAsync(office, ids), l => Assert.Equal(Listing.Published, l));
        Assert.Null(await office.DoAsync(s => OverdueSuspension.LastRefusalAsync(s, Cancellation)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Clocks_that_differ_by_more_than_five_minutes_suspend_nothing(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = await PublishCheckedAsync(office, 1);
        await WeekBeforeAsync(office);
        office.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var wrong in new[] { TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(-6) })
        {
            office.Stores.ServerClock.Ahead = wrong;
            Assert.Equal(
                new SuspensionReport(0, "No entry was suspended automatically: the clocks of this computer and of the database differ by 6 minutes. Correct them.", null),
                await RunAsync(office));
        }

        office.Stores.ServerClock.Ahead = TimeSpan.FromMinutes(4);
        Assert.Equal((1, null), ((await RunAsync(office)) is var report ? report.Suspended : 0, report.Refusal));
        Assert.Equal([Listing.Suspended], await ListingsAsync(office, ids));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task An_entry_that_no_person_ever_reached_is_never_suspended(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (never, tried, program) = (await office.PublishNewAsync(Provider("Never")), await office.PublishNewAsync(Provider("Tried")), await office.PublishNewAsync(Provider("Program")));
        await CheckAsync(office, tried, "unreachable", Reviewer);
        await CheckAsync(office, program, VerificationRecord.Confirmed, Actor.System("samples"));
        var checkedOnce = (await PublishCheckedAsync(office, 1))[0];
        await WeekBeforeAsync(office);
        for (var day = 0; day < 3; day++)
        {
            office.Clock.Advance(TimeSpan.FromDays(1));
            await RunAsync(office);
        }

        Assert.Equal([Listing.Published, Listing.Published, Listing.Published, Listing.Suspended], await ListingsAsync(office, [never, tried, program, checkedOnce]));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task At_most_the_set_number_is_suspended_per_day_and_a_run_is_undone_as_one(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        await office.DoAsync(s => office.Settings.WriteAsync(s, new DirectorySettings { SuspensionMinimum = 2, SuspensionPercent = 0 }, Administrator, Cancellation));
        var ids = await PublishCheckedAsync(office, 5);
        await WeekBeforeAsync(office);
        Assert.Equal((5, "Provider 0"), (await NoticesAsync(office) is var soon ? soon.Number : 0, soon.First[0].Name));
        office.Clock.Advance(TimeSpan.FromDays(1));

        var first = await RunAsync(office);
        Assert.Equal((2, 0), (first.Suspended, (await RunAsync(office)).Suspended));
        office.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, (await RunAsync(office)).Suspended);
        Assert.Equal(1, (await ListingsAsync(office, ids)).Count(l => l == Listing.Published));
        Assert.Equal(1, (await NoticesAsync(office)).Number);

        await office.DoAsync(s => office.Stores.BulkChanges.RequestUndoAsync(s, first.ChangeId!.Value, Administrator, null, Cancellation));
        var undone = await office.Stores.BulkChanges.FinishAsync(office.Database, first.ChangeId!.Value, Cancellation);
        Assert.Equal((BulkState.Undone, 2), (undone.State, undone.Restored));
        Assert.Equal(3, (await ListingsAsync(office, ids)).Count(l => l == Listing.Published));
        // The grace period starts over, so that the next night does not take them down again.
        office.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await RunAsync(office)).Suspended);
        office.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await RunAsync(office)).Suspended);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_day_of_twenty_five_hours_has_one_allowance(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        await office.DoAsync(s => office.Settings.WriteAsync(
            s, new DirectorySettings { SuspensionMinimum = 2, SuspensionPercent = 0, TimeZone = "America/New_York" }, Administrator, Cancellation));
        // A check of May 5 is due 90 days later, and 90 days after that is November 1, when the clocks go back.
        office.Clock.Advance(new DateTimeOffset(2026, 5, 4, 16, 0, 0, TimeSpan.Zero) - office.Clock.GetUtcNow());
        await PublishCheckedAsync(office, 5);
        await WeekBeforeAsync(office);
        office.Clock.Advance(new DateTimeOffset(2026, 11, 1, 4, 10, 0, TimeSpan.Zero) - office.Clock.GetUtcNow());

        Assert.Equal(2, (await RunAsync(office)).Suspended);
        office.Clock.Advance(TimeSpan.FromHours(24.5));
        Assert.Equal(0, (await RunAsync(office)).Suspended);
        office.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await RunAsync(office)).Suspended);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task An_entry_that_is_checked_after_it_was_announced_stays(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = await PublishCheckedAsync(office, 2);
        await WeekBeforeAsync(office);
        await CheckAsync(office, ids[0], VerificationRecord.Confirmed, Reviewer);
        Assert.Equal(1, (await NoticesAsync(office)).Number);
        office.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, (await RunAsync(office)).Suspended);

        Assert.Equal([Listing.Published, Listing.Suspended], await ListingsAsync(office, ids));
    }

    [Fact]
    public async Task One_percent_of_a_large_directory_is_more_than_fifty()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var settings = await office.DoAsync(s => SettingStore.ReadAsync(s, Cancellation));
        Assert.Equal([50, 50, 51, 111], new[] { 142, 5_000, 5_001, 11_054 }.Select(settings.SuspensionsPerDay));
    }

    /// <summary>Runs every day up to the day before the first suspension, as the console does.</summary>
    private static async Task WeekBeforeAsync(EditorialOffice office)
    {
        office.Clock.Advance(TimeSpan.FromDays(173));
        for (var day = 0; day < 8; day++)
        {
            Assert.Equal(0, (await RunAsync(office)).Suspended);
            office.Clock.Advance(TimeSpan.FromDays(day < 7 ? 1 : 0));
        }
    }

    private static async Task<Guid[]> PublishCheckedAsync(EditorialOffice office, int number)
    {
        var ids = new Guid[number];
        for (var n = 0; n < number; n++)
        {
            ids[n] = await office.PublishNewAsync(Provider($"Provider {n}"));
            await CheckAsync(office, ids[n], VerificationRecord.Confirmed, Reviewer);
        }

        return ids;
    }

    private static Task CheckAsync(EditorialOffice office, Guid id, string outcome, Actor actor) => office.DoAsync(s => office.Verifications.RecordAsync(
        s,
        new VerificationRecord { EntryId = id, Revision = 1, Method = "phoneCall", Outcome = outcome, FieldOutcomes = AllAnswers, CheckedOn = DateOnly.FromDateTime(office.Clock.GetUtcNow().UtcDateTime) },
        actor,
        Cancellation));

    private static Task<SuspensionReport> RunAsync(EditorialOffice office) => office.Stores.Suspension.RunAsync(office.Database, Cancellation);

    private static Task<SuspensionNotices> NoticesAsync(EditorialOffice office) =>
        office.DoAsync(s => OverdueSuspension.NoticesAsync(s, DateOnly.FromDateTime(office.Clock.GetUtcNow().UtcDateTime), 5, Cancellation));

    private static async Task<IReadOnlyList<Listing>> ListingsAsync(EditorialOffice office, IReadOnlyList<Guid> ids)
    {
        var listings = new List<Listing>();
        foreach (var id in ids)
        {
            listings.Add((await office.ReadAsync(id)).Listing);
        }

        return listings;
    }
}
