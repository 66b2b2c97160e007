using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Reviews;

public sealed class ReviewStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_author_cannot_approve_their_own_revision_but_someone_else_can(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider());
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 1, Writer, null, Cancellation));

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Approve(office, id, 1, Writer));
        Assert.Contains("someone else", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(DraftState.InReview, (await office.ReadAsync(id)).DraftState);

        office.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Approve(office, id, 1, Reviewer));
        var history = await office.DoAsync(s => ReviewStore.ListAsync(s, id, Cancellation));
        Assert.Equal(["approve", "submit"], history.Select(r => r.Decision));
        Assert.Equal((Reviewer.Code, 1L), (history[0].DecidedBy, history[0].Sequence));
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_small_edit_by_someone_else_does_not_let_the_author_approve(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider());
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider("Typo mended"), Administrator, null, Cancellation));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 2, Administrator, null, Cancellation));

        await Assert.ThrowsAsync<RefusedException>(() => Approve(office, id, 2, Writer));
        await Approve(office, id, 2, Reviewer);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task A_one_person_department_can_turn_off_two_person_review_and_the_audit_log_records_it(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        await office.DoAsync(s => office.Settings.WriteAsync(s, new DirectorySettings { FourEyes = false }, Administrator, Cancellation));
        var id = await office.CreateAsync(Provider());
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 1, Writer, null, Cancellation));

        var queue = await office.DoAsync(s => WorkQueue.CountAsync(s, Writer.CuratorId!.Value, new DateOnly(2026, 3, 1), Cancellation));
        Assert.Equal((1, 1), (queue.Reviewable, queue.InReview));
        await Approve(office, id, 1, Writer);

        var activities = await office.DoAsync(s => s.QueryAsync<string>(new Sql("test", "SELECT Activity FROM Audit ORDER BY Number"), null, Cancellation));
        Assert.Contains("approveOwn", activities);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Returning_a_draft_requires_a_reason(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider());
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 1, Writer, null, Cancellation));

        await Assert.ThrowsAsync<RefusedException>(() => office.DoAsync(s => office.Reviews.ReturnAsync(s, id, 1, Reviewer, " ", Cancellation)));
        await office.DoAsync(s => office.Reviews.ReturnAsync(s, id, 1, Reviewer, "The number is a fax.", Cancellation));

        Assert.Equal(DraftState.Draft, (await office.ReadAsync(id)).DraftState);
        Assert.Empty(await office.FeedAsync());
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Saving_during_review_ends_the_review(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider());
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 1, Writer, null, Cancellation));
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider("Changed"), Writer, null, Cancellation));

        // The reviewer still sees revision 1: nothing unseen may be published.
        await Assert.ThrowsAsync<ConflictException>(() => Approve(office, id, 1, Reviewer));
        await Assert.ThrowsAsync<RefusedException>(() => Approve(office, id, 2, Reviewer));
        Assert.Empty(await office.FeedAsync());
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_edit_does_not_change_the_public_version_until_it_is_approved(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider("Public"));
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider("Better"), Writer, null, Cancellation));

        Assert.Contains("Public", Assert.Single(await office.FeedAsync()).Body, StringComparison.Ordinal);
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 2, Writer, null, Cancellation));
        await Approve(office, id, 2, Reviewer);
        Assert.Contains("Better", Assert.Single(await office.FeedAsync()).Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task Discarding_a_draft_restores_the_public_version(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider("Public"));
        Task DiscardAsync(Guid entry, int revision) => office.DoAsync(s => office.Reviews.DiscardAsync(s, entry, revision, Writer, "A mistake", Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => DiscardAsync(id, 1));
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, Provider("Mistake"), Writer, null, Cancellation));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 2, Writer, null, Cancellation));
        await Assert.ThrowsAsync<ConflictException>(() => DiscardAsync(id, 1));

        await DiscardAsync(id, 2);

        var entry = await office.ReadAsync(id);
        Assert.Equal(("Public", DraftState.None, 3, 3), (entry.Name, entry.DraftState, entry.LatestRevision, entry.PublishedRevision));
        Assert.Equal(1, Assert.Single(await office.FeedAsync()).Sequence);
        Assert.Equal("Mistake", EntryJson.Read((await office.DoAsync(s => EntryStore.ReadRevisionAsync(s, id, 2, Cancellation))).Body).Name);
        var never = await office.CreateAsync(Provider("Never public"));
        Assert.Contains("Retire it", (await Assert.ThrowsAsync<RefusedException>(() => DiscardAsync(never, 1))).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.Dialects), MemberType = typeof(TestDatabase))]
    public async Task An_invalid_draft_cannot_be_submitted(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider(Invalid));
        var refusal = await Assert.ThrowsAsync<InvalidEntryException>(() => office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 1, Writer, null, Cancellation)));
        Assert.Equal("name", Assert.Single(refusal.Result.Errors).PropertyName);
    }

    private static Task<long> Approve(EditorialOffice office, Guid id, int revision, Actor actor) =>
        office.DoAsync(s => office.Reviews.ApproveAsync(s, id, revision, actor, null, Cancellation));
}
