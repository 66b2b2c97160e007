using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Verification;

namespace HealthEquity.Store.Reviews;

/// <summary>One decision in an entry's history: submitted, approved, returned, published, suspended…</summary>
public sealed record Review
{
    /// <summary>The decision's id.</summary>
    public Guid ReviewId { get; init; }

    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The revision that was decided on.</summary>
    public int Revision { get; init; }

    /// <summary>submit, approve, return, publish, suspend, resume, retire, doNotList, discard, undoApproval.</summary>
    public string Decision { get; init; } = "";

    /// <summary>Who decided: an actor's code.</summary>
    public string DecidedBy { get; init; } = "";

    /// <summary>When it was decided, UTC.</summary>
    public DateTimeOffset DecidedAt { get; init; }

    /// <summary>The reason, if any.</summary>
    public string? Reason { get; init; }

    /// <summary>The sequence number of the publication, if any.</summary>
    public long? Sequence { get; init; }
}

/// <summary>The entry has validation errors and can't be published.</summary>
public sealed class InvalidEntryException(ValidationResult result)
    : RefusedException("Fix these errors first: " + string.Join(" ", result.Errors.Select(e => e.ErrorMessage)))
{
    /// <summary>The errors by field.</summary>
    public ValidationResult Result { get; } = result;
}

/// <summary>
/// Moves a draft to publication: submit, approve or return. <see cref="Publisher"/> decides whether a revision may be published.
/// </summary>
public sealed class ReviewStore(EntryStore entries, Publisher publisher, PendingChecks checks, TimeProvider clock, Func<Entry, ValidationResult> validate)
{
    private static readonly Sql SetDraftState = new(
        "ReviewStore.Submit",
        "UPDATE Entry SET DraftState = @to WHERE EntryId = @id AND DraftState = @from AND LatestRevision = @revision");

    // The content equals the published one, so this is the published revision from now on.
    private static readonly Sql EndDraft = new(
        "ReviewStore.Discard", "UPDATE Entry SET DraftState = 'none', PublishedRevision = @revision WHERE EntryId = @id AND LatestRevision = @revision");

    private static readonly Sql SelectByEntry = new(
        "ReviewStore.List",
        """
        SELECT ReviewId, EntryId, Revision, Decision, DecidedBy, DecidedAt, Reason, Sequence
        FROM Review WHERE EntryId = @id ORDER BY DecidedAt DESC, ReviewId DESC
        """);

    /// <summary>All decisions on an entry, latest first.</summary>
    public static Task<IReadOnlyList<Review>> ListAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.QueryAsync<Review>(SelectByEntry, new { id }, cancellation);

    /// <summary>The review that returned the current draft; null if it was not returned or was submitted again.</summary>
    public static async Task<Review?> FindReturnAsync(DbSession session, EntryRow entry, CancellationToken cancellation) =>
        entry.DraftState == DraftState.Draft
            ? (await ListAsync(session, entry.EntryId, cancellation)).FirstOrDefault(r => r.Decision is "submit" or "return" or "approve" or "discard") is { Decision: "return" } sent ? sent : null
            : null;

    /// <summary>Submits the latest revision for review.</summary>
    /// <exception cref="InvalidEntryException">The entry has validation errors.</exception>
    /// <exception cref="RefusedException">It is not a draft or no longer the latest revision, or the entry asked not to be listed.</exception>
    public async Task SubmitAsync(DbSession session, Guid id, int revision, Actor actor, string? note, CancellationToken cancellation)
    {
        if ((await EntryStore.ReadAsync(session, id, cancellation)).Listing == Listing.DoNotList)
        {
            throw new RefusedException("This entry asked not to be listed, so it can't be submitted for review.");
        }

        await ValidateAsync(session, id, revision, cancellation);
        await ChangeStateAsync(session, id, revision, DraftState.Draft, DraftState.InReview, cancellation);
        await publisher.DecideAsync(session, id, revision, "submit", actor, note, sequence: null, cancellation);
    }

    /// <summary>Returns a draft to its author.</summary>
    /// <exception cref="RefusedException">It is not in review, or the reason is missing.</exception>
    public async Task ReturnAsync(DbSession session, Guid id, int revision, Actor actor, string reason, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Enter a reason, so that the author knows what to change.") { Field = nameof(reason) };
        }

        await ChangeStateAsync(session, id, revision, DraftState.InReview, DraftState.Draft, cancellation);
        await publisher.DecideAsync(session, id, revision, "return", actor, reason, sequence: null, cancellation);
    }

    /// <summary>
    /// Discards a draft, in review or not. A new revision restores the last published content. Nothing changes for the public, and the draft
    /// stays in the history.
    /// </summary>
    /// <exception cref="RefusedException">There is no draft, the entry was never public, or it was merged into another.</exception>
    /// <exception cref="ConflictException">Someone else saved the entry in the meantime.</exception>
    public async Task DiscardAsync(DbSession session, Guid id, int revision, Actor actor, string? note, CancellationToken cancellation)
    {
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (entry.PublishedRevision is not { } published || entry.DraftState == DraftState.None)
        {
            throw new RefusedException(entry.DraftState == DraftState.None
                ? "There is no draft to discard."
                : "This entry was never public, so there is no version to go back to. Retire it if you don't need it.");
        }

        var number = await entries.RestoreAsync(session, id, revision, published, actor, cancellation);
        await session.ExecuteAsync(EndDraft, new { id, revision = number }, cancellation);
        await PendingChecks.DropAsync(session, id, cancellation);
        await publisher.DecideAsync(session, id, revision, "discard", actor, note, sequence: null, cancellation);
    }

    /// <summary>Approves a draft and publishes it. That completes the check of a call whose corrections it contains.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="revision">The revision that the reviewer saw.</param>
    /// <param name="actor">Who approves.</param>
    /// <param name="note">The reviewer's note; may be null.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <param name="again">True to publish an entry again that was suspended or retired.</param>
    /// <returns>The sequence number of the publication.</returns>
    /// <exception cref="RefusedException">It is not in review, the reviewer edited it, or it was taken down and <paramref name="again"/> is false.</exception>
    /// <exception cref="InvalidEntryException">The entry has validation errors.</exception>
    public async Task<long> ApproveAsync(
        DbSession session, Guid id, int revision, Actor actor, string? note, CancellationToken cancellation, bool again = false)
    {
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        await ValidateAsync(session, id, revision, cancellation);
        var former = await ApprovalUndo.BeforeAsync(session, id, cancellation);
        await ChangeStateAsync(session, id, revision, DraftState.InReview, DraftState.None, cancellation);
        var sequence = await publisher.PublishAsync(session, id, revision, "approve", actor, note, cancellation, again);
        var check = await checks.CompleteAsync(session, id, revision, cancellation);
        await ApprovalUndo.KeepAsync(session, former, revision, check, actor, clock.GetUtcNow(), cancellation);
        return check is null ? sequence
            // The check published the entry once more, with its new date.
            : await ChangeCounter.NextAsync(session, cancellation, count: 0);
    }

    private async Task ValidateAsync(DbSession session, Guid id, int revision, CancellationToken cancellation)
    {
        var text = await EntryStore.ReadRevisionAsync(session, id, revision, cancellation);
        var result = validate(EntryJson.Read(text.Body));
        if (!result.IsValid)
        {
            throw new InvalidEntryException(result);
        }
    }

    private static async Task ChangeStateAsync(DbSession session, Guid id, int revision, DraftState from, DraftState to, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(SetDraftState, new { id, revision, from = from.Code(), to = to.Code() }, cancellation) == 1)
        {
            return;
        }

        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (entry.MergedInto is not null)
        {
            throw new RefusedException("This entry was merged into another. Work on that entry, or undo the merge first.");
        }

        throw entry.LatestRevision != revision
            ? new ConflictException(await EntryStore.ReadRevisionAsync(session, id, entry.LatestRevision, cancellation))
            : new RefusedException(entry.DraftState switch
            {
                DraftState.None => "There is no draft: the latest revision is already public.",
                DraftState.Draft => "This draft has not been submitted for review.",
                _ => "This draft is already in review.",
            });
    }
}
