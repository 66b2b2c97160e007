using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Presence;
using HealthEquity.Tests.Store.Databases;
using Microsoft.Extensions.Time.Testing;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Presence;

/// <summary>Who has an entry open: known at once, and forgotten by itself.</summary>
public sealed class PresenceStoreTests
{
    private static readonly Guid Ana = Writer.CuratorId!.Value;
    private static readonly Guid Ben = Reviewer.CuratorId!.Value;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task An_open_entry_is_known_until_its_page_stops_reporting(Dialect dialect)
    {
        await using var office = await OfficeAsync(dialect);
        var (entry, other) = (await office.CreateAsync(Provider()), await office.CreateAsync(Provider("Other")));
        var page = Guid.NewGuid();
        var opened = office.Clock.GetUtcNow();
        await ReportAsync(office, entry, page, PresenceStore.PageLifetime);

        Assert.Equal(
            [new PresentCurator { EntryId = entry, CuratorId = Ana, Name = "Ana Ruiz", Activity = PresenceStore.Editing, Since = opened }], await OthersAsync(office, entry, Ben));
        Assert.Empty(await OthersAsync(office, entry, Ana));
        Assert.Empty(await OthersAsync(office, other, Ben));
        Assert.Equal("Ana Ruiz", Assert.Single((await AllAsync(office, Ben))[entry]).Name);
        Assert.Empty(await AllAsync(office, Ana));

        for (var n = 0; n < 10; n++)
        {
            office.Clock.Advance(TimeSpan.FromMinutes(1));
            await ReportAsync(office, entry, page, PresenceStore.ReportLifetime);
        }

        Assert.Equal(opened, Assert.Single(await OthersAsync(office, entry, Ben)).Since);
        office.Clock.Advance(PresenceStore.ReportLifetime);
        Assert.Empty(await OthersAsync(office, entry, Ben));

        // Coming back later counts from then on.
        await ReportAsync(office, entry, page, PresenceStore.ReportLifetime);
        Assert.Equal(office.Clock.GetUtcNow(), Assert.Single(await OthersAsync(office, entry, Ben)).Since);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Closing_a_page_ends_it_unless_the_entry_was_opened_again(Dialect dialect)
    {
        await using var office = await OfficeAsync(dialect);
        var entry = await office.CreateAsync(Provider());
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await ReportAsync(office, entry, first, PresenceStore.PageLifetime);
        await ReportAsync(office, entry, second, PresenceStore.PageLifetime);

        await LeaveAsync(first);
        Assert.Single(await OthersAsync(office, entry, Ben));
        await LeaveAsync(second);
        Assert.Empty(await OthersAsync(office, entry, Ben));

        Task LeaveAsync(Guid page) => office.DoAsync(s => PresenceStore.LeaveAsync(s, entry, Ana, PresenceStore.Editing, page, Cancellation));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Expired_rows_are_deleted_and_unknown_entries_leave_none(Dialect dialect)
    {
        await using var office = await OfficeAsync(dialect);
        var (one, two) = (await office.CreateAsync(Provider()), await office.CreateAsync(Provider("Other")));
        await ReportAsync(office, one, Guid.NewGuid(), PresenceStore.PageLifetime);
        office.Clock.Advance(PresenceStore.PageLifetime);
        await ReportAsync(office, two, Guid.NewGuid(), PresenceStore.PageLifetime);
        await ReportAsync(office, Guid.NewGuid(), Guid.NewGuid(), PresenceStore.PageLifetime);

        Assert.Equal([two], await office.DoAsync(s => s.QueryAsync<Guid>(new Sql("test", "SELECT EntryId FROM Presence"), null, Cancellation)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_page_that_was_opened_while_a_clock_was_far_ahead_is_not_open_until_then(Dialect dialect)
    {
        await using var office = await OfficeAsync(dialect);
        var entry = await office.CreateAsync(Provider());
        var ahead = new FakeTimeProvider(office.Clock.GetUtcNow().AddDays(500));
        await office.DoAsync(s => new PresenceStore(ahead).ReportAsync(s, entry, Ana, PresenceStore.Editing, Guid.NewGuid(), PresenceStore.PageLifetime, Cancellation));

        Assert.Empty(await OthersAsync(office, entry, Ben));
        Assert.Empty(await AllAsync(office, Ben));
        await ReportAsync(office, entry, Guid.NewGuid(), PresenceStore.ReportLifetime);
        Assert.Equal(office.Clock.GetUtcNow(), Assert.Single(await OthersAsync(office, entry, Ben)).Since);
    }

    internal static async Task<EditorialOffice> OfficeAsync(Dialect dialect)
    {
        var office = await OpenAsync(dialect);
        await AddAsync(office, Ana, "ana@health.example", "Ana Ruiz");
        await AddAsync(office, Ben, "ben@health.example", "Ben Cho");
        return office;
    }

    internal static Task AddAsync(EditorialOffice office, Guid id, string userName, string name) => office.DoAsync(s => new CuratorStore(office.Clock, office.Stores.Audit).AddAsync(
        s,
        new Curator { CuratorId = id, UserName = userName, NormalizedUserName = CuratorStore.Normalize(userName), DisplayName = name, Role = CuratorRole.Reviewer, SecurityStamp = CuratorStore.NewStamp() },
        Administrator,
        Cancellation));

    private static Task ReportAsync(EditorialOffice office, Guid entry, Guid page, TimeSpan lifetime) =>
        office.DoAsync(s => office.Stores.Presence.ReportAsync(s, entry, Ana, PresenceStore.Editing, page, lifetime, Cancellation));

    private static Task<IReadOnlyList<PresentCurator>> OthersAsync(EditorialOffice office, Guid entry, Guid curator) =>
        office.DoAsync(s => office.Stores.Presence.OthersAsync(s, entry, curator, Cancellation));

    private static Task<ILookup<Guid, PresentCurator>> AllAsync(EditorialOffice office, Guid curator) => office.DoAsync(s => office.Stores.Presence.AllAsync(s, curator, Cancellation));
}
