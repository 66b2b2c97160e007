using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Calls;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store.Databases;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Calls;

/// <summary>What becomes of a call.</summary>
public sealed class CallStoreTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private static readonly Dictionary<string, string> All =
        new[] { "phone", "place", "cost", "languages", "immigrationStatus", "capacity" }.ToDictionary(g => g, _ => CallQuestions.Right);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Dialect> Dialects => TestDatabase.Dialects;

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_correction_goes_to_review_with_the_check_and_approving_it_publishes_it_and_completes_the_check(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Clinic());
        var call = await RecordAsync(office, Corrected(id));

        Assert.Equal((true, false, false), (call.InReview, call.InDraft, call.Suspended));
        var row = await office.ReadAsync(id);
        Assert.Equal((DraftState.InReview, 2, 1, null), (row.DraftState, row.LatestRevision, row.PublishedRevision, row.AssuredOn));
        Assert.Equal("Corrected in a call: Phone", (await RevisionAsync(office, id, 2)).Note);
        Assert.DoesNotContain("13055550199", (await office.FeedAsync())[^1].Body, StringComparison.Ordinal);

        office.Clock.Advance(TimeSpan.FromDays(3));
        var sequence = await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 2, Reviewer, null, Cancellation));

        row = await office.ReadAsync(id);
        Assert.Equal((DraftState.None, 2, Today, Today.AddDays(90)), (row.DraftState, row.PublishedRevision, row.AssuredOn, row.CheckDueOn));
        var published = (await office.FeedAsync())[^1];
        Assert.Equal((sequence, Today), (published.Sequence, published.AssuredOn));
        Assert.Contains("13055550199", published.Body, StringComparison.Ordinal);
        var checks = await ChecksAsync(office, id);
        Assert.Equal([("confirmed", Writer.Code, 2), ("changed", Writer.Code, 1)], checks.Select(c => (c.Outcome, c.CheckedBy, c.Revision)));
        Assert.Null(await office.DoAsync(s => PendingChecks.FindAsync(s, id, Cancellation)));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_check_is_not_completed_if_someone_changed_what_it_was_about(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Clinic());
        await RecordAsync(office, Corrected(id));
        await office.DoAsync(s => office.Entries.SaveAsync(s, id, 2, Clinic("+13055550177"), Administrator, null, Cancellation));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, id, 3, Administrator, null, Cancellation));
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 3, Reviewer, null, Cancellation));
        Assert.Equal((3, null), ((await office.ReadAsync(id)).PublishedRevision, (await office.ReadAsync(id)).AssuredOn));

        // A note in another field leaves it complete.
        var other = await office.PublishNewAsync(Clinic());
        await RecordAsync(office, Corrected(other));
        await office.DoAsync(s => office.Entries.SaveAsync(s, other, 2, Clinic("+13055550199") with { Summary = "Better words." }, Administrator, null, Cancellation));
        await office.DoAsync(s => office.Reviews.SubmitAsync(s, other, 3, Administrator, null, Cancellation));
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, other, 3, Reviewer, null, Cancellation));
        Assert.Equal(Today, (await office.ReadAsync(other)).AssuredOn);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Without_the_required_answers_a_correction_is_published_but_the_entry_stays_due(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Clinic());
        await RecordAsync(office, Corrected(id) with { Answers = new Dictionary<string, string> { ["phone"] = CallQuestions.Changed } });
        await office.DoAsync(s => office.Reviews.ApproveAsync(s, id, 2, Reviewer, null, Cancellation));
        Assert.Equal((2, null), ((await office.ReadAsync(id)).PublishedRevision, (await office.ReadAsync(id)).AssuredOn));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_call_is_taken_back_for_ten_seconds_and_not_later(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Clinic());
        await office.DoAsync(async s => await office.Stores.Checks.RequestAsync(s, await EntryStore.ReadAsync(s, id, Cancellation), "Reported.", Reviewer, Cancellation));
        var before = await office.ReadAsync(id);
        foreach (var call in new[] { new CallResult { EntryId = id, Revision = 1, Answers = All }, Corrected(id), Ended(id), NoAnswer(id, office.Clock.GetUtcNow().AddHours(3)) })
        {
            var latest = (await office.ReadAsync(id)).LatestRevision;
            var recorded = await RecordAsync(office, call with { BasedOn = latest, Revision = (await office.ReadAsync(id)).CheckedRevision });
            await Assert.ThrowsAsync<RefusedException>(() => UndoAsync(office, recorded, Reviewer));
            office.Clock.Advance(TimeSpan.FromSeconds(9));
            await UndoAsync(office, recorded, Writer);
            await Assert.ThrowsAsync<RefusedException>(() => UndoAsync(office, recorded, Writer));

            var after = await office.ReadAsync(id);
            Assert.Equal(
                (before.AssuredOn, before.CheckDueOn, before.Listing, before.DraftState),
                (after.AssuredOn, after.CheckDueOn, after.Listing, after.DraftState));
            Assert.Empty(await ChecksAsync(office, id));
            Assert.Null(await office.DoAsync(s => CallStore.FindPlanAsync(s, id, Cancellation)));
            Assert.Equal("Reported.", Assert.Single(await office.DoAsync(s => CheckRequests.FindAsync(s, [id], Cancellation))).Reason);
            Assert.Equal("+13055550141", ((Provider)EntryJson.Read((await RevisionAsync(office, id, after.LatestRevision)).Body)).Phones[0].Number);
        }

        var late = await RecordAsync(office, new CallResult { EntryId = id, Revision = (await office.ReadAsync(id)).CheckedRevision, Answers = All });
        office.Clock.Advance(TimeSpan.FromSeconds(16));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => UndoAsync(office, late, Writer));
        Assert.Equal("A call can be undone for 10 seconds. Record another check instead.", refused.Message);
        Assert.Equal(Today, (await office.ReadAsync(id)).AssuredOn);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Who_has_closed_or_refuses_is_suspended_and_no_answer_is_tried_again(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var (closed, refuses, silent) = (await office.PublishNewAsync(Clinic()), await office.PublishNewAsync(Clinic()), await office.PublishNewAsync(Clinic()));
        Assert.True((await RecordAsync(office, Ended(closed))).Suspended);
        Assert.True((await RecordAsync(office, Ended(refuses) with { Outcome = "refused" })).Suspended);
        Assert.Equal("Closed for good, as they said in a call.", (await office.ReadAsync(closed)).ListingReason);
        Assert.Equal("They do not want to be listed, as they said in a call. Decide whether it is “do not list”.", (await office.ReadAsync(refuses)).ListingReason);

        var later = office.Clock.GetUtcNow().AddHours(20);
        await RecordAsync(office, NoAnswer(silent, later));
        await Assert.ThrowsAsync<RefusedException>(() => RecordAsync(office, NoAnswer(silent, office.Clock.GetUtcNow())));
        Assert.Equal(later, await office.DoAsync(s => CallStore.FindPlanAsync(s, silent, Cancellation)));
        Assert.Empty(await office.DoAsync(s => office.Stores.Queue.ListAsync(s, new CallFilter(), Cancellation)));
        Assert.Single(await office.DoAsync(s => office.Stores.Queue.ListAsync(s, new CallFilter { WithPlanned = true }, Cancellation)));
        office.Clock.Advance(TimeSpan.FromHours(20));
        Assert.Equal([silent], (await office.DoAsync(s => office.Stores.Queue.ListAsync(s, new CallFilter(), Cancellation))).Select(c => c.EntryId));
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task Attempts_within_an_hour_count_as_one(Dialect dialect)
    {
        await using var office = await OpenAsync(dialect);
        var id = await office.PublishNewAsync(Clinic());
        async Task<int> AfterAsync(TimeSpan pause, string outcome = "unreachable")
        {
            office.Clock.Advance(pause);
            await RecordAsync(office, new CallResult { EntryId = id, Revision = 1, Outcome = outcome });
            var count = (await office.DoAsync(s => WorkQueue.AttemptsAsync(s, [id], Cancellation))).GetValueOrDefault(id);
            // Among many entries, and for Today, they are read in other ways.
            Assert.Equal(count, (await office.DoAsync(s => WorkQueue.AttemptsAsync(s, [id, .. Enumerable.Range(0, 2_000).Select(_ => Guid.NewGuid())], Cancellation))).GetValueOrDefault(id));
            var settings = new DirectorySettings { UnreachedTries = 2 };
            Assert.Equal(count >= 2 ? [(id, count)] : [], (await office.DoAsync(s => WorkQueue.UnreachedAsync(s, settings, Cancellation))).Select(u => (u.EntryId, u.Tries)));
            return count;
        }

        Assert.Equal(1, await AfterAsync(TimeSpan.Zero));
        Assert.Equal(1, await AfterAsync(TimeSpan.FromMinutes(5)));
        Assert.Equal(1, await AfterAsync(TimeSpan.FromMinutes(50), "voicemail"));
        Assert.Equal(2, await AfterAsync(TimeSpan.FromMinutes(10)));
        Assert.Equal(3, await AfterAsync(TimeSpan.FromDays(1), "voicemail"));
        Assert.Equal(0, await AfterAsync(TimeSpan.FromDays(1), "inconclusive"));
    }

    private static CallResult Corrected(Guid id) => new()
    {
        EntryId = id,
        Revision = 1,
        BasedOn = 1,
        Correction = Clinic("+13055550199"),
        CorrectionNote = "Phone",
        Answers = All.ToDictionary(a => a.Key, a => a.Key == "phone" ? CallQuestions.Changed : a.Value),
    };

    private static CallResult Ended(Guid id) => new() { EntryId = id, Revision = 1, Outcome = "closed" };

    private static CallResult NoAnswer(Guid id, DateTimeOffset tryAfter) => new() { EntryId = id, Revision = 1, Outcome = "unreachable", TryAfter = tryAfter };

    private static Provider Clinic(string number = "+13055550141") => Provider() with { Phones = [new Phone { Number = number }] };

    private static Task<RecordedCall> RecordAsync(EditorialOffice office, CallResult call) =>
        office.DoAsync(s => office.Stores.Calls.RecordAsync(s, call, Writer, Cancellation));

    private static Task<Guid> UndoAsync(EditorialOffice office, RecordedCall call, Actor actor) =>
        office.DoAsync(s => office.Stores.Calls.UndoAsync(s, call.VerificationId, actor, Cancellation));

    private static Task<Revision> RevisionAsync(EditorialOffice office, Guid id, int number) =>
        office.DoAsync(s => EntryStore.ReadRevisionAsync(s, id, number, Cancellation));

    private static Task<IReadOnlyList<VerificationRecord>> ChecksAsync(EditorialOffice office, Guid id) =>
        office.DoAsync(s => VerificationStore.ListAsync(s, id, Cancellation));
}
