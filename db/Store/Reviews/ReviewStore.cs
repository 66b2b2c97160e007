using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;

namespace HealthEquity.Store.Reviews;

/// <summary>One decision in an entry's life: submitted, approved, returned, published, suspended…</summary>
public sealed record Review
{
    /// <summary>The decision's id.</summary>
    public Guid ReviewId { get; init; }

    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The revision decided on.</summary>
    public int Revision { get; init; }

    /// <summary>submit, approve, return, publish, suspend, resume, retire, doNotList, discard.</summary>
    public string Decision { get; init; } = "";

    /// <summary>Who decided: an actor's code.</summary>
    public string DecidedBy { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset DecidedAt { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The number under which the public saw it, if it did.</summary>
    public long? Sequence { get; init; }
}

/// <summary>A text that can't be published as it is.</summary>
public sealed class InvalidEntryException(ValidationResult result)
    : RefusedException("The entry can't go on as it is: " + string.Join(" ", result.Errors.Select(e => e.ErrorMessage)))
{
    /// <summary>What is wrong, field by field.</summary>
    public ValidationResult Result { get; } = result;
}

/// <summary>
/// The way from a draft to the public: submit, approve or return. Four eyes are kept here and not by a page: nobody approves a
/// text in which they had a hand since it was last public.
/// </summary>
public sealed class ReviewStore(EntryStore entries, Publisher publisher, AuditLog audit, Func<Entry, ValidationResult> validate)
{
    private static readonly Sql SetDraftState = new(
        "ReviewStore.Submit",
        "UPDATE Entry SET DraftState = @to WHERE EntryId = @id AND DraftState = @from AND LatestRevision = @revision");

    // The text is the public one, word for word, so it is the published revision from now on.
    private static readonly Sql EndDraft = new(
        "ReviewStore.Discard", "UPDATE Entry SET DraftState = 'none', PublishedRevision = @revision WHERE EntryId = @id AND LatestRevision = @revision");

    private static readonly Sql SelectAuthors = new(
        "ReviewStore.Approve",
        "SELECT DISTINCT Author FROM Revision WHERE EntryId = @id AND Number > @published AND Number <= @revision");

    private static readonly Sql SelectByEntry = new(
        "ReviewStore.List",
        """
        SELECT ReviewId, EntryId, Revision, Decision, DecidedBy, DecidedAt, Reason, Sequence
        FROM Review WHERE EntryId = @id ORDER BY DecidedAt DESC, ReviewId DESC
        """);

    /// <summary>All decisions on an entry, latest first.</summary>
    public static Task<IReadOnlyList<Review>> ListAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        session.QueryAsync<Review>(SelectByEntry, new { id }, cancellation);

    /// <summary>Why a reviewer sent the draft back that is under way; null where nobody did, or it was submitted again since.</summary>
    public static async Task<Review?> FindReturnAsync(DbSession session, EntryRow entry, CancellationToken cancellation) =>
        entry.DraftState == DraftState.Draft
            ? (await ListAsync(session, entry.EntryId, cancellation)).FirstOrDefault(r => r.Decision is "submit" or "return" or "approve" or "discard") is { Decision: "return" } sent ? sent : null
            : null;

    /// <summary>Hands the latest revision to the reviewers.</summary>
    /// <exception cref="InvalidEntryException">The text breaks a rule.</exception>
    /// <exception cref="RefusedException">It is no draft, not the latest revision any more, or the entry asked not to be listed.</exception>
    public async Task SubmitAsync(DbSession session, Guid id, int revision, Actor actor, string? note, CancellationToken cancellation)
    {
        if ((await EntryStore.ReadAsync(session, id, cancellation)).Listing == Listing.DoNotList)
        {
            throw new RefusedException("This entry asked not to be listed: nothing of it can be published, so there is nothing to review.");
        }

        await ValidateAsync(session, id, revision, cancellation);
        await MoveAsync(session, id, revision, DraftState.Draft, DraftState.InReview, cancellation);
        await publisher.DecideAsync(session, id, revision, "submit", actor, note, sequence: null, cancellation);
    }

    /// <summary>Sends a text back to its author.</summary>
    /// <exception cref="RefusedException">It is not in review, or no reason is given.</exception>
    public async Task ReturnAsync(DbSession session, Guid id, int revision, Actor actor, string reason, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Say why you return it, so that the author knows what to do.") { Field = nameof(reason) };
        }

        await MoveAsync(session, id, revision, DraftState.InReview, DraftState.Draft, cancellation);
        await publisher.DecideAsync(session, id, revision, "return", actor, reason, sequence: null, cancellation);
    }

    /// <summary>
    /// Gives a draft up, whether it is in review or not: what was published last is the latest text again, as a revision of its own. The
    /// public sees nothing of it, and the draft stays in the history.
    /// </summary>
    /// <exception cref="RefusedException">There is no draft, nothing of the entry was ever public, or it was merged into another.</exception>
    /// <exception cref="ConflictException">Somebody saved meanwhile.</exception>
    public async Task DiscardAsync(DbSession session, Guid id, int revision, Actor actor, string? note, CancellationToken cancellation)
    {
        await Publisher.AcquirePublishLockAsync(session, cancellation);
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (entry.PublishedRevision is not { } published || entry.DraftState == DraftState.None)
        {
            throw new RefusedException(entry.DraftState == DraftState.None
                ? "There is no draft to throw away."
                : "Nothing of it was ever public, so there is no text to go back to. Retire it if it is not wanted.");
        }

        var number = await entries.RestoreAsync(session, id, revision, published, actor, cancellation);
        await session.ExecuteAsync(EndDraft, new { id, revision = number }, cancellation);
        await publisher.DecideAsync(session, id, revision, "discard", actor, note, sequence: null, cancellation);
    }

    /// <summary>Approves a text and publishes it.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The entry.</param>
    /// <param name="revision">The revision that the reviewer saw.</param>
    /// <param name="actor">Who approves.</param>
    /// <param name="note">What the reviewer says of it; may be null.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <param name="again">The entry was suspended or retired, and is to be public again with this text.</param>
    /// <returns>The publication's number.</returns>
    /// <exception cref="RefusedException">It is not in review, the reviewer had a hand in it, or it was taken down and is not said to be public again.</exception>
    /// <exception cref="InvalidEntryException">The text breaks a rule.</exception>
    public async Task<long> ApproveAsync(
        DbSession session, Guid id, int revision, Actor actor, string? note, CancellationToken cancellation, bool again = false)
    {
        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        await ValidateAsync(session, id, revision, cancellation);
        await MoveAsync(session, id, revision, DraftState.InReview, DraftState.None, cancellation);
        var authors = await session.QueryAsync<string>(SelectAuthors, new { id, published = entry.PublishedRevision ?? 0, revision }, cancellation);
        if (authors.Contains(actor.Code))
        {
            var settings = await SettingStore.ReadAsync(session, cancellation);
            if (settings.FourEyes)
            {
                throw new RefusedException("You had a hand in this text: somebody else must approve it.");
            }

            await audit.AppendAsync(session, actor, "approveOwn", $"entry:{id}", "Four eyes are switched off.", cancellation);
        }

        return await publisher.PublishAsync(session, id, revision, "approve", actor, note, cancellation, again);
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

    private static async Task MoveAsync(DbSession session, Guid id, int revision, DraftState from, DraftState to, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(SetDraftState, new { id, revision, from = from.Code(), to = to.Code() }, cancellation) == 1)
        {
            return;
        }

        var entry = await EntryStore.ReadAsync(session, id, cancellation);
        if (entry.MergedInto is not null)
        {
            throw new RefusedException("This entry was merged into another. Go on with that one, or undo the merge first.");
        }

        throw entry.LatestRevision != revision
            ? new ConflictException(await EntryStore.ReadRevisionAsync(session, id, entry.LatestRevision, cancellation))
            : new RefusedException(entry.DraftState switch
            {
                DraftState.None => "There is no draft: the latest revision is public already.",
                DraftState.Draft => "It has not been submitted for review.",
                _ => "It is in review already.",
            });
    }
}
