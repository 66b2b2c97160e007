using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.BulkChanges;

public sealed class BulkChangeStoreTests
{
    private const string Reason = "The county closed its clinics.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_change_is_made_in_batches_and_undone_as_one_except_for_entries_that_someone_worked_on_since(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = await PublishAsync(office, 5);
        var never = await office.CreateAsync(Provider("Never public"));
        var change = await BeginAsync(office, SuspendEntries.Name, [.. ids, never], Writer);
        Assert.Equal((BulkState.Running, 6), (change.State, change.Planned));

        change = await office.Stores.BulkChanges.RunBatchAsync(office.Database, change.BulkChangeId, 2, Cancellation);
        Assert.Equal((BulkState.Running, 4), (change.State, change.Planned));
        change = await office.Stores.BulkChanges.FinishAsync(office.Database, change.BulkChangeId, Cancellation);

        Assert.Equal((BulkState.Done, 5, 1, 0), (change.State, change.Changed, change.Refused, change.Planned));
        Assert.All(await RowsAsync(office, ids), r => Assert.Equal((Listing.Suspended, Reason), (r.Listing, r.ListingReason)));
        var refused = Assert.Single(await ItemsAsync(office, change, BulkItemState.Refused));
        Assert.Equal(("Never public", "Only a public entry can be suspended."), (refused.Name, refused.Note));
        await Assert.ThrowsAsync<RefusedException>(() => office.Stores.BulkChanges.RunBatchAsync(office.Database, change.BulkChangeId, 2, Cancellation));

        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, ids[0], Listing.Retired, Reviewer, "Closed for good.", null, Cancellation));
        await office.DoAsync(s => office.Stores.BulkChanges.RequestUndoAsync(s, change.BulkChangeId, Reviewer, null, Cancellation));
        change = await office.Stores.BulkChanges.FinishAsync(office.Database, change.BulkChangeId, Cancellation);

        Assert.Equal((BulkState.Undone, 4, 1), (change.State, change.Restored, change.Kept));
        Assert.Equal(("Provider 0", "Someone has changed its status since."), Assert.Single((await ItemsAsync(office, change, BulkItemState.Kept)).Select(i => (i.Name, i.Note))));
        Assert.Equal([Listing.Retired, .. Enumerable.Repeat(Listing.Published, 4)], (await RowsAsync(office, ids)).Select(r => r.Listing));
        // The public sees every step, and nothing twice.
        var feed = await office.FeedAsync();
        Assert.Equal(feed.Select(f => f.Sequence).Distinct().Count(), feed.Count);
        Assert.Equal(4, feed.Count(f => f.WithdrawnAt is null));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task More_than_twenty_five_public_entries_wait_for_a_second_person(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = await PublishAsync(office, 26);
        await Assert.ThrowsAsync<RefusedException>(() => BeginAsync(office, SuspendEntries.Name, ids, Writer, reason: "x"));
        var change = await BeginAsync(office, SuspendEntries.Name, ids, Writer);
        Assert.Equal(BulkState.Proposed, change.State);
        await Assert.ThrowsAsync<RefusedException>(() => office.Stores.BulkChanges.RunBatchAsync(office.Database, change.BulkChangeId, 100, Cancellation));

        var own = await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Stores.BulkChanges.ConfirmAsync(s, change.BulkChangeId, Writer, Cancellation)));
        Assert.Equal("You proposed this, so someone else must confirm it.", own.Message);
        Assert.All(await RowsAsync(office, ids), r => Assert.Equal(Listing.Published, r.Listing));

        var confirmed = await office.DoAsync(s => office.Stores.BulkChanges.ConfirmAsync(s, change.BulkChangeId, Reviewer, Cancellation));
        Assert.Equal((BulkState.Running, Reviewer.Code), (confirmed.State, confirmed.DecidedBy));
        await office.Stores.BulkChanges.FinishAsync(office.Database, change.BulkChangeId, Cancellation);
        Assert.All(await RowsAsync(office, ids), r => Assert.Equal(Listing.Suspended, r.Listing));

        // Publishing many again is as easy as it can be; taking them down once more is not.
        var resumed = await BeginAsync(office, ResumeEntries.Name, ids, Writer);
        await office.Stores.BulkChanges.FinishAsync(office.Database, resumed.BulkChangeId, Cancellation);
        Assert.All(await RowsAsync(office, ids), r => Assert.Equal(Listing.Published, r.Listing));
        var undo = await office.DoAsync(s => office.Stores.BulkChanges.RequestUndoAsync(s, resumed.BulkChangeId, Writer, null, Cancellation));
        Assert.Equal(BulkState.UndoProposed, undo.State);
        await office.DoAsync(s => office.Stores.BulkChanges.ConfirmAsync(s, resumed.BulkChangeId, Reviewer, Cancellation));
        undo = await office.Stores.BulkChanges.FinishAsync(office.Database, resumed.BulkChangeId, Cancellation);
        Assert.Equal((BulkState.Undone, 26), (undo.State, undo.Restored));
        Assert.All(await RowsAsync(office, ids), r => Assert.Equal((Listing.Suspended, Reason), (r.Listing, r.ListingReason)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Many_small_withdrawals_within_an_hour_count_as_one(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = await PublishAsync(office, 30);
        var first = await BeginAsync(office, SuspendEntries.Name, ids[..20], Writer);
        await office.Stores.BulkChanges.FinishAsync(office.Database, first.BulkChangeId, Cancellation);
        office.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(BulkState.Proposed, (await BeginAsync(office, SuspendEntries.Name, ids[20..], Writer)).State);
        Assert.Equal(BulkState.Running, (await BeginAsync(office, SuspendEntries.Name, ids[20..24], Reviewer)).State);

        office.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(BulkState.Running, (await BeginAsync(office, SuspendEntries.Name, ids[20..], Writer)).State);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Where_two_person_review_is_off_the_person_types_the_number(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        await office.DoAsync(s => office.Settings.WriteAsync(s, new DirectorySettings { FourEyes = false }, Administrator, Cancellation));
        var ids = await PublishAsync(office, 26);
        foreach (var typed in new int?[] { null, 25 })
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => BeginAsync(office, SuspendEntries.Name, ids, Writer, typed: typed));
            Assert.Equal(("This takes 26 public entries down. Type the number 26 to confirm.", "typed"), (refusal.Message, refusal.Field));
        }

        Assert.Equal(BulkState.Running, (await BeginAsync(office, SuspendEntries.Name, ids, Writer, typed: 26)).State);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_rejected_proposal_changes_nothing_and_programs_need_no_second_person(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = await PublishAsync(office, 26);
        var change = await BeginAsync(office, SuspendEntries.Name, ids, Writer);
        await office.DoAsync(s => office.Stores.BulkChanges.RejectAsync(s, change.BulkChangeId, Reviewer, Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Stores.BulkChanges.ConfirmAsync(s, change.BulkChangeId, Reviewer, Cancellation)));
        Assert.All(await RowsAsync(office, ids), r => Assert.Equal(Listing.Published, r.Listing));

        Assert.Equal(BulkState.Running, (await BeginAsync(office, SuspendEntries.Name, ids, Actor.System("commandLine"))).State);
    }

    private static async Task<Guid[]> PublishAsync(EditorialOffice office, int number)
    {
        var ids = new Guid[number];
        for (var n = 0; n < number; n++)
        {
            ids[n] = await office.PublishNewAsync(Provider($"Provider {n}"));
        }

        return ids;
    }

    private static Task<BulkChange> BeginAsync(
        EditorialOffice office, string action, IReadOnlyCollection<Guid> ids, Actor actor, string reason = Reason, int? typed = null) =>
        office.DoAsync(s => office.Stores.BulkChanges.BeginAsync(s, new BulkRequest(action, ids) { Reason = reason, Typed = typed }, actor, Cancellation));

    private static Task<IReadOnlyList<BulkItem>> ItemsAsync(EditorialOffice office, BulkChange change, BulkItemState state) =>
        office.DoAsync(s => BulkChangeStore.ListItemsAsync(s, change.BulkChangeId, state, 0, 100, Cancellation));

    private static async Task<IReadOnlyList<EntryRow>> RowsAsync(EditorialOffice office, IEnumerable<Guid> ids)
    {
        var rows = new List<EntryRow>();
        foreach (var id in ids)
        {
            rows.Add(await office.ReadAsync(id));
        }

        return rows;
    }
}
