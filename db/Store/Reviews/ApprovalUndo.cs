using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Verification;

namespace HealthEquity.Store.Reviews;

/// <summary>What the last approval of an entry changed.</summary>
public sealed record Approval
{
    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The revision that was approved.</summary>
    public int Revision { get; init; }

    /// <summary>Who approved it: an actor's code.</summary>
    public string ApprovedBy { get; init; } = "";

    /// <summary>When it was approved, UTC.</summary>
    public DateTimeOffset ApprovedAt { get; init; }

    /// <summary>What was before, JSON.</summary>
    public string Former { get; init; } = "{}";
}

/// <summary>
/// Undoes the last approval of an entry: the draft is in review again. What was public before is published again under a new number, as
/// <see cref="Publisher"/> allows it; an entry that was not public before is withdrawn. Readers of the feed see a further change, and the
/// approval stays in the history.
/// </summary>
public sealed class ApprovalUndo(Publisher publisher, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private static readonly Sql Delete = new("ApprovalUndo.Keep", "DELETE FROM ApprovalUndo WHERE EntryId = @id");

    private static readonly Sql Insert = new(
        "ApprovalUndo.Keep",
        "INSERT INTO ApprovalUndo (EntryId, Revision, ApprovedBy, ApprovedAt, Former) VALUES (@EntryId, @Revision, @ApprovedBy, @ApprovedAt, @Former)");

    private static readonly Sql Select = new(
        "ApprovalUndo.Find", "SELECT EntryId, Revision, ApprovedBy, ApprovedAt, Former FROM ApprovalUndo WHERE EntryId = @id");

    private static readonly Sql RestoreEntry = new(
        "ApprovalUndo.Undo", "UPDATE Entry SET DraftState = 'inReview', AssuredOn = @AssuredOn, CheckDueOn = @CheckDueOn WHERE EntryId = @id");

    private static readonly Sql RestoreRequest = new(
        "ApprovalUndo.Undo", "INSERT INTO CheckRequest (EntryId, Reason, RequestedBy, RequestedAt) VALUES (@EntryId, @Reason, @by, @RequestedAt)");

    private static readonly Sql InsertUndo = new(
        "ApprovalUndo.Undo", "INSERT INTO VerificationUndo (VerificationId, Former, UndoneAt) VALUES (@verification, '{}', @now)");

    /// <summary>The last approval of an entry, if it can still be undone; null if there is none or somebody has worked on the entry since.</summary>
    public static async Task<Approval?> FindAsync(DbSession session, Guid id, CancellationToken cancellation)
    {
        var approval = await session.FindAsync<Approval>(Select, new { id }, cancellation);
        if (approval is null)
        {
            return null;
        }

        var (entry, former) = (await EntryStore.ReadAsync(session, id, cancellation), Read(approval));
        var isLatest = entry is { Listing: Listing.Published, DraftState: DraftState.None, MergedInto: null }
            && entry.LatestRevision == approval.Revision && entry.PublishedRevision == approval.Revision
            && entry.AssuredOn == former.After.AssuredOn && entry.CheckDueOn == former.After.CheckDueOn
            && (await ReviewStore.ListAsync(session, id, cancellation)).All(r => r.DecidedAt <= approval.ApprovedAt);
        return isLatest ? approval : null;
    }

    /// <summary>Undoes the last approval.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="revision">The revision that was approved.</param>
    /// <param name="actor">Who undoes it.</param>
    /// <param name="reason">The reason, for the history.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">Somebody has worked on the entry since, or what was public before may not be published any more.</exception>
    public async Task UndoAsync(DbSession session, Guid id, int revision, Actor actor, string reason, CancellationToken cancellation)
    {
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        if (await FindAsync(session, id, cancellation) is not { } approval || approval.Revision != revision)
        {
            throw new RefusedException("Someone has worked on this entry since, so the approval can't be undone. Edit the entry instead.");
        }

        var former = Read(approval);
        await session.ExecuteAsync(RestoreEntry, new { id, former.Before.AssuredOn, former.Before.CheckDueOn }, cancellation);
        await RestoreCheckAsync(session, former, actor, cancellation);
        if (former.Before is { Listing: Listing.Published, PublishedRevision: { } published })
        {
            await publisher.PublishAsync(session, id, published, "undoApproval", actor, reason, cancellation);
        }
        else
        {
            await publisher.RetractAsync(session, former.Before, actor, reason, cancellation);
        }

        await session.ExecuteAsync(Delete, new { id }, cancellation);
    }

    /// <summary>Whether undoing an approval takes the entry down, because it was not public before.</summary>
    /// <param name="before">The entry's row before the approval.</param>
    internal static bool TakesDown(EntryRow before) => before is not { Listing: Listing.Published, PublishedRevision: not null };

    /// <summary>What approving an entry will change. Call it before the approval.</summary>
    internal static async Task<FormerApproval> BeforeAsync(DbSession session, Guid id, CancellationToken cancellation)
    {
        var requests = await CheckRequests.FindAsync(session, [id], cancellation);
        return new FormerApproval
        {
            Before = await EntryStore.ReadAsync(session, id, cancellation),
            Check = await PendingChecks.FindAsync(session, id, cancellation),
            Request = requests.Count > 0 ? requests[0] : null,
        };
    }

    /// <summary>Keeps what an approval has changed, in place of what an earlier one did.</summary>
    internal static async Task KeepAsync(
        DbSession session, FormerApproval former, int revision, Guid? verification, Actor actor, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = former.Before.EntryId;
        var kept = former with { After = await EntryStore.ReadAsync(session, id, cancellation), Verification = verification };
        await session.ExecuteAsync(Delete, new { id }, cancellation);
        await session.ExecuteAsync(
            Insert, new { EntryId = id, Revision = revision, ApprovedBy = actor.Code, ApprovedAt = now, Former = JsonSerializer.Serialize(kept, Written) }, cancellation);
    }

    /// <summary>Takes the check back that the approval completed. It waits for the approval again.</summary>
    private async Task RestoreCheckAsync(DbSession session, FormerApproval former, Actor actor, CancellationToken cancellation)
    {
        if (former.Verification is { } verification)
        {
            await session.ExecuteAsync(InsertUndo, new { verification, now = clock.GetUtcNow() }, cancellation);
        }

        if (former.Check is { } check)
        {
            await PendingChecks.AddAsync(session, check, cancellation);
        }

        if (former.Request is { } request && (await CheckRequests.FindAsync(session, [request.EntryId], cancellation)).Count == 0)
        {
            await session.ExecuteAsync(RestoreRequest, new { request.EntryId, request.Reason, by = actor.Code, request.RequestedAt }, cancellation);
        }
    }

    private static FormerApproval Read(Approval approval) => JsonSerializer.Deserialize<FormerApproval>(approval.Former, Written)!;
}

/// <summary>An entry before and after an approval.</summary>
internal sealed record FormerApproval
{
    public EntryRow Before { get; init; } = new();

    public EntryRow After { get; init; } = new();

    public PendingCheck? Check { get; init; }

    public CheckRequest? Request { get; init; }

    public Guid? Verification { get; init; }
}
