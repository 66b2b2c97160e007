using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;

namespace HealthEquity.Store.Calls;

/// <summary>
/// Records the result of a call in one step: the check, the corrections as a draft under review, when to try again, and a suspension if the
/// service has ended. The caller can take all of it back for ten seconds.
/// </summary>
public sealed class CallStore(
    TimeProvider clock, VerificationStore verifications, EntryStore entries, ReviewStore reviews, Publisher publisher, AuditLog audit)
{
    /// <summary>How long a call can be taken back.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(10);

    /// <summary>The time that the request to take it back may need.</summary>
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(5);

    private static readonly string[] Ended = ["closed", "refused"];

    private static readonly string[] Settled = [VerificationRecord.Confirmed, .. Ended];

    private static readonly Sql DeletePlan = new("CallStore.Record", "DELETE FROM CallPlan WHERE EntryId = @id");

    private static readonly Sql InsertPlan = new("CallStore.Record", "INSERT INTO CallPlan (EntryId, TryAfter) VALUES (@id, @at)");

    private static readonly Sql SelectPlan = new("CallStore.FindPlan", "SELECT TryAfter FROM CallPlan WHERE EntryId = @id");

    private static readonly Sql InsertUndo = new(
        "CallStore.Record", "INSERT INTO VerificationUndo (VerificationId, Former) VALUES (@verification, @former)");

    private static readonly Sql SelectUndo = new(
        "CallStore.Undo",
        """
        SELECT v.EntryId, v.CheckedBy, v.RecordedAt, u.Former
        FROM VerificationUndo u INNER JOIN Verification v ON v.VerificationId = u.VerificationId
        WHERE u.VerificationId = @verification AND u.UndoneAt IS NULL
        """);

    private static readonly Sql MarkUndone = new(
        "CallStore.Undo", "UPDATE VerificationUndo SET UndoneAt = @now WHERE VerificationId = @verification AND UndoneAt IS NULL");

    private static readonly Sql RestoreDates = new(
        "CallStore.Undo", "UPDATE Entry SET AssuredOn = @AssuredOn, CheckDueOn = @CheckDueOn WHERE EntryId = @EntryId");

    private static readonly Sql RestoreRequest = new(
        "CallStore.Undo", "INSERT INTO CheckRequest (EntryId, Reason, RequestedBy, RequestedAt) VALUES (@EntryId, @Reason, @by, @RequestedAt)");

    /// <summary>When to call an entry again; null for none.</summary>
    public static Task<DateTimeOffset?> FindPlanAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.FindAsync<DateTimeOffset?>(SelectPlan, new { id }, cancellation);

    /// <summary>Records the result of a call.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="call">The result.</param>
    /// <param name="actor">Who called.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">The check is refused (see <see cref="VerificationStore.RecordAsync"/>), or the time to try again has passed.</exception>
    /// <exception cref="ConflictException">Someone else saved the entry in the meantime.</exception>
    /// <exception cref="InvalidEntryException">The correction has validation errors.</exception>
    public async Task<RecordedCall> RecordAsync(DbSession session, CallResult call, Actor actor, CancellationToken cancellation)
    {
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, call.EntryId, cancellation);
        var settings = await SettingStore.ReadAsync(session, cancellation);
        var former = await FormerAsync(session, entry, cancellation);
        var check = new VerificationRecord
        {
            EntryId = call.EntryId,
            Revision = call.Revision,
            Method = call.Method,
            Outcome = call.Correction is null ? call.Outcome : CallQuestions.Changed,
            CheckedOn = call.CheckedOn ?? settings.DayOf(clock.GetUtcNow()),
            Evidence = call.Evidence,
            Note = call.Note,
            FieldOutcomes = call.Answers.Count == 0 ? null : JsonSerializer.Serialize(call.Answers),
        };
        var id = await verifications.RecordAsync(session, check, actor, cancellation);
        (int? corrected, var inReview) = call.Correction is null ? (null, false) : await CorrectAsync(session, entry, call, check, settings, actor, cancellation);
        await PlanAsync(session, call, cancellation);
        var suspended = Ended.Contains(check.Outcome) && entry.Listing == Listing.Published;
        if (suspended)
        {
            await publisher.WithdrawAsync(session, entry.EntryId, Listing.Suspended, actor, ReasonFor(check.Outcome), mergedInto: null, cancellation);
        }
        else if (call.Resume && check.Outcome == VerificationRecord.Confirmed && entry is { Listing: Listing.Suspended, PublishedRevision: not null })
        {
            await publisher.ResumeAsync(session, entry.EntryId, actor, "Confirmed.", cancellation);
        }

        var undo = new { verification = id, former = JsonSerializer.Serialize(former with { Corrected = corrected, Suspended = suspended }, JsonSerializerOptions.Web) };
        await session.ExecuteAsync(InsertUndo, undo, cancellation);
        return new RecordedCall(id, inReview, corrected is not null && !inReview, suspended);
    }

    /// <summary>Takes a call back: the entry is as it was before, and the check counts no more. It stays in the audit log.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="verification">The verification.</param>
    /// <param name="actor">Who called.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="RefusedException">More than ten seconds have passed, someone else recorded it, or it was taken back already.</exception>
    public async Task<Guid> UndoAsync(DbSession session, Guid verification, Actor actor, CancellationToken cancellation)
    {
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        var now = clock.GetUtcNow();
        if (await session.FindAsync<UndoRow>(SelectUndo, new { verification }, cancellation) is not { } row || row.CheckedBy != actor.Code)
        {
            throw new RefusedException("There is no call of yours to undo.");
        }

        if (now - row.RecordedAt > UndoTime + RequestTime)
        {
            throw new RefusedException($"A call can be undone for {UndoTime.TotalSeconds:0} seconds. Record another check instead.");
        }

        var former = JsonSerializer.Deserialize<FormerCall>(row.Former, JsonSerializerOptions.Web)!;
        if (former.Corrected is { } corrected)
        {
            await TakeBackAsync(session, row.EntryId, former, corrected, actor, cancellation);
        }

        if (former.Suspended)
        {
            await publisher.ResumeAsync(session, row.EntryId, actor, "The call was undone.", cancellation);
        }
        else if (former.Listing == Listing.Suspended && (await EntryStore.ReadAsync(session, row.EntryId, cancellation)).Listing == Listing.Published)
        {
            await publisher.WithdrawAsync(session, row.EntryId, Listing.Suspended, actor, former.ListingReason ?? "The call was undone.", mergedInto: null, cancellation);
        }

        await RestoreAsync(session, row.EntryId, former, actor, cancellation);
        await session.ExecuteAsync(MarkUndone, new { verification, now }, cancellation);
        await audit.AppendAsync(session, actor, "undoVerify", $"entry:{row.EntryId}", null, cancellation);
        return row.EntryId;
    }

    private static async Task<FormerCall> FormerAsync(DbSession session, EntryRow entry, CancellationToken cancellation)
    {
        var asked = await CheckRequests.FindAsync(session, [entry.EntryId], cancellation);
        return new FormerCall
        {
            AssuredOn = entry.AssuredOn,
            CheckDueOn = entry.CheckDueOn,
            Listing = entry.Listing,
            ListingReason = entry.ListingReason,
            LatestRevision = entry.LatestRevision,
            DraftState = entry.DraftState,
            TryAfter = await FindPlanAsync(session, entry.EntryId, cancellation),
            Request = asked.Count > 0 ? asked[0] : null,
        };
    }

    /// <summary>Saves the correction. It goes to review, unless it was added to a draft that someone has not finished.</summary>
    private async Task<(int? Revision, bool InReview)> CorrectAsync(
        DbSession session, EntryRow entry, CallResult call, VerificationRecord check, DirectorySettings settings, Actor actor, CancellationToken cancellation)
    {
        var note = $"Corrected in a call: {call.CorrectionNote}";
        var revision = await entries.SaveAsync(
            session, entry.EntryId, call.BasedOn, call.Correction!, actor, note.Length <= EntryStore.MaxNoteLength ? note : note[..EntryStore.MaxNoteLength], cancellation);
        var inReview = entry.DraftState is DraftState.None or DraftState.InReview;
        if (inReview)
        {
            await reviews.SubmitAsync(session, entry.EntryId, revision, actor, null, cancellation);
        }

        if (CallQuestions.Missing(settings, entry.Kind, call.Answers).Count == 0)
        {
            var pending = new PendingCheck
            {
                EntryId = entry.EntryId,
                Revision = revision,
                Method = check.Method,
                CheckedOn = check.CheckedOn,
                CheckedBy = actor.Code,
                Answers = JsonSerializer.Serialize(call.Answers),
            };
            await PendingChecks.AddAsync(session, pending, cancellation);
        }

        return (revision, inReview);
    }

    private async Task PlanAsync(DbSession session, CallResult call, CancellationToken cancellation)
    {
        await session.ExecuteAsync(DeletePlan, new { id = call.EntryId }, cancellation);
        if (call.TryAfter is { } at && !Settled.Contains(call.Outcome))
        {
            if (at <= clock.GetUtcNow())
            {
                throw new RefusedException("Choose a later time to try again.") { Field = "tryAfter" };
            }

            await session.ExecuteAsync(InsertPlan, new { id = call.EntryId, at }, cancellation);
        }
    }

    /// <summary>Takes the correction back, if nobody has worked on it since.</summary>
    private async Task TakeBackAsync(DbSession session, Guid id, FormerCall former, int corrected, Actor actor, CancellationToken cancellation)
    {
        await PendingChecks.DropAsync(session, id, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (entry.LatestRevision != corrected || entry.DraftState == DraftState.None)
        {
            throw new RefusedException("Someone has worked on the correction since, so the call can't be undone.");
        }

        if (former.DraftState == DraftState.None)
        {
            await reviews.DiscardAsync(session, id, corrected, actor, "The call was undone.", cancellation);
            return;
        }

        var restored = await entries.RestoreAsync(session, id, corrected, former.LatestRevision, actor, cancellation);
        if (former.DraftState == DraftState.InReview)
        {
            await reviews.SubmitAsync(session, id, restored, actor, "The call was undone.", cancellation);
        }
    }

    private async Task RestoreAsync(DbSession session, Guid id, FormerCall former, Actor actor, CancellationToken cancellation)
    {
        await session.ExecuteAsync(RestoreDates, new { EntryId = id, former.AssuredOn, former.CheckDueOn }, cancellation);
        await session.ExecuteAsync(DeletePlan, new { id }, cancellation);
        if (former.TryAfter is { } at)
        {
            await session.ExecuteAsync(InsertPlan, new { id, at }, cancellation);
        }

        if (former.Request is { } asked && (await CheckRequests.FindAsync(session, [id], cancellation)).Count == 0)
        {
            await session.ExecuteAsync(RestoreRequest, new { EntryId = id, asked.Reason, by = actor.Code, asked.RequestedAt }, cancellation);
        }

        await publisher.RefreshAsync(session, id, cancellation);
    }

    private static string ReasonFor(string outcome) => outcome == "closed"
        ? "Closed for good, as they said in a call."
        : "They do not want to be listed, as they said in a call. Decide whether it is “do not list”.";

    private sealed record UndoRow
    {
        public Guid EntryId { get; init; }

        public string CheckedBy { get; init; } = "";

        public DateTimeOffset RecordedAt { get; init; }

        public string Former { get; init; } = "";
    }

    private sealed record FormerCall
    {
        public DateOnly? AssuredOn { get; init; }

        public DateOnly? CheckDueOn { get; init; }

        public Listing Listing { get; init; }

        public string? ListingReason { get; init; }

        public int LatestRevision { get; init; }

        public DraftState DraftState { get; init; }

        public DateTimeOffset? TryAfter { get; init; }

        public CheckRequest? Request { get; init; }

        public int? Corrected { get; init; }

        public bool Suspended { get; init; }
    }
}
