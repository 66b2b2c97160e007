using HealthEquity.Directory.Entries;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Reviews;

/// <summary>Undoing an approval: a further publication or a tombstone, never a rewritten past.</summary>
public sealed class ApprovalUndoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task The_earlier_public_version_is_published_again_and_the_draft_is_in_review(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider("Alba"));
        var before = await office.ReadAsync(id);
        await ApproveAsync(office, id, Provider("Alva"));
        var approved = (await office.FeedAsync()).Single();
        await UndoAsync(office, id, 2);

        var row = await office.ReadAsync(id);
        Assert.Equal((Listing.Published, DraftState.InReview, 1, 2), (row.Listing, row.DraftState, row.PublishedRevision, row.LatestRevision));
        Assert.Equal((before.CheckDueOn, before.FirstPublishedAt), (row.CheckDueOn, row.FirstPublishedAt));
        var published = (await office.FeedAsync(approved.Sequence)).Single();
        Assert.Equal((approved.Sequence + 1, (DateTimeOffset?)null), (published.Sequence, published.WithdrawnAt));
        Assert.Contains("\"Alba\"", published.Body, StringComparison.Ordinal);
        Assert.Equal(["undoApproval", "approve", "submit", "publish"], (await office.DoAsync(s => ReviewStore.ListAsync(s, id, Cancellation))).Select(r => r.Decision));

        // It can be approved again, and an approval is undone once.
        var twice = await Assert.ThrowsAsync<RefusedException>(() => UndoAsync(office, id, 2));
        Assert.Contains("can't be undone", twice.Message, StringComparison.Ordinal);
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 2, Reviewer, null, Cancellation));
        Assert.Equal(2, (await office.ReadAsync(id)).PublishedRevision);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task What_was_not_public_before_is_withdrawn(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.CreateAsync(Provider("Alba"));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 1, Writer, null, Cancellation));
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 1, Reviewer, null, Cancellation));
        await UndoAsync(office, id, 1);
        var row = await office.ReadAsync(id);
        Assert.Equal((Listing.Unpublished, DraftState.InReview, (int?)null, (DateOnly?)null), (row.Listing, row.DraftState, row.PublishedRevision, row.CheckDueOn));
        Assert.NotNull(Assert.Single(await office.FeedAsync(1)).WithdrawnAt);
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 1, Reviewer, null, Cancellation));
        Assert.Null(Assert.Single(await office.FeedAsync(2)).WithdrawnAt);

        var suspended = await office.PublishNewAsync(Provider("Bosque"));
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, suspended, Listing.Suspended, Writer, "No answer.", null, Cancellation));
        await office.DoAsync(s => office.Entries.SaveAsync(s, suspended, 1, Provider("Bosk"), Writer, null, Cancellation));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, suspended, 2, Writer, null, Cancellation));
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, suspended, 2, Reviewer, null, Cancellation, again: true));
        await UndoAsync(office, suspended, 2);
        row = await office.ReadAsync(suspended);
        Assert.Equal((Listing.Suspended, "No answer.", DraftState.InReview, 1), (row.Listing, row.ListingReason, row.DraftState, row.PublishedRevision));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task The_check_that_the_approval_completed_waits_again(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Provider("Alba"));
        var before = await office.ReadAsync(id);
        var answers = CallQuestions.Groups.ToDictionary(g => g.Code, _ => CallQuestions.Right);
        answers["phone"] = CallQuestions.Changed;
        var call = new CallResult
        {
            EntryId = id,
            Revision = 1,
            BasedOn = 1,
            Answers = answers,
            Correction = Provider("Alba") with { Phones = [new Phone { Number = "+13055550142" }] },
            CorrectionNote = "phone",
        };
        await office.DoAsync(s => office.Stores.Calls.RecordAsync(s, call, Writer, Cancellation));
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 2, Reviewer, null, Cancellation));
        Assert.NotNull((await office.ReadAsync(id)).AssuredOn);
        await UndoAsync(office, id, 2);

        var row = await office.ReadAsync(id);
        Assert.Equal((before.AssuredOn, before.CheckDueOn), (row.AssuredOn, row.CheckDueOn));
        Assert.DoesNotContain(await office.DoAsync(s => VerificationStore.ListAsync(s, id, Cancellation)), v => v.Outcome == VerificationRecord.Confirmed);
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 2, Reviewer, null, Cancellation));
        Assert.NotNull((await office.ReadAsync(id)).AssuredOn);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task An_approval_stays_when_somebody_has_worked_on_the_entry_or_the_rules_forbid_the_earlier_version(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var edited = await office.PublishNewAsync(Provider("Alba"));
        await ApproveAsync(office, edited, Provider("Alva"));
        await office.DoAsync(s => office.Entries.SaveAsync(s, edited, 2, Provider("Alva B."), Writer, null, Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => UndoAsync(office, edited, 2));

        var phone = new[] { new Phone { Number = "+13055550199" } };
        var corrected = await office.PublishNewAsync(Provider("Bosque") with { Phones = phone });
        await ApproveAsync(office, corrected, Provider("Bosque"));
        var other = await office.CreateAsync(Provider("Asked not to be listed") with { Phones = phone });
        await office.DoAsync(s => office.Publisher.WithdrawAsync(s, other, Listing.DoNotList, Writer, "They asked.", null, Cancellation));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => UndoAsync(office, corrected, 2));
        Assert.Contains("asked not to be listed", refused.Message, StringComparison.Ordinal);
        Assert.Equal((2, DraftState.None), ((await office.ReadAsync(corrected)).PublishedRevision, (await office.ReadAsync(corrected)).DraftState));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Approvals_in_bulk_are_undone_as_one_and_many_withdrawals_wait_for_a_second_person(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var ids = new List<Guid>();
        for (var n = 0; n <= BulkChangeStore.MaxWithdrawnAlone; n++)
        {
            ids.Add(await office.CreateAsync(Provider($"New {n}")));
            await office.DoAsync(s => office.Reviews.SubmitAsync(s, ids[^1], 1, Writer, null, Cancellation));
        }

        var known = await office.PublishNewAsync(Provider("Alba"));
        await office.DoAsync(s => office.Entries.SaveAsync(s, known, 1, Provider("Alva"), Writer, null, Cancellation));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, known, 2, Writer, null, Cancellation));

        var few = await ApproveInBulkAsync(office, [known, ids[0]]);
        Assert.Equal(1, await office.DoAsync(s => office.Stores.BulkChanges.CountTakenDownAsync(s, few, Cancellation)));
        few = await office.DoAsync(s => office.Stores.BulkChanges.RequestUndoAsync(s, few.BulkChangeId, Reviewer, null, Cancellation));
        few = await office.Stores.BulkChanges.FinishAsync(office.Database, few.BulkChangeId, Cancellation);
        Assert.Equal((BulkState.Undone, 2), (few.State, few.Restored));
        Assert.Equal((1, Listing.Unpublished), ((await office.ReadAsync(known)).PublishedRevision, (await office.ReadAsync(ids[0])).Listing));

        var many = await ApproveInBulkAsync(office, [.. ids]);
        many = await office.DoAsync(s => office.Stores.BulkChanges.RequestUndoAsync(s, many.BulkChangeId, Reviewer, null, Cancellation));
        Assert.Equal(BulkState.UndoProposed, many.State);
    }

    private static async Task<BulkChange> ApproveInBulkAsync(EditorialOffice office, IReadOnlyList<Guid> ids)
    {
        var approval = await office.DoAsync(s => office.Stores.BulkChanges.BeginAsync(s, new BulkRequest(ApproveEntries.Name, [.. ids]), Reviewer, Cancellation));
        approval = await office.Stores.BulkChanges.FinishAsync(office.Database, approval.BulkChangeId, Cancellation);
        Assert.Equal(ids.Count, approval.Changed);
        return approval;
    }

    private static async Task ApproveAsync(EditorialOffice office, Guid id, Entry entry)
    {
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 1, entry, Writer, null, Cancellation));
        office.Clock.Advance(TimeSpan.FromSeconds(1));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 2, Writer, null, Cancellation));
        office.Clock.Advance(TimeSpan.FromSeconds(1));
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 2, Reviewer, null, Cancellation));
    }

    private static Task UndoAsync(EditorialOffice office, Guid id, int revision)
    {
        office.Clock.Advance(TimeSpan.FromSeconds(1));
        return office.DoAsync(s => office.Stores.Approvals.UndoAsync(s, id, revision, Reviewer, "The approval was undone.", Cancellation));
    }
}
