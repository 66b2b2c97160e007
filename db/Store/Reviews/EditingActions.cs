using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Reviews;

/// <summary>
/// Edits one simple field of entries. The draft of an entry without other changes goes to review at once; the draft of somebody who is not
/// done stays a draft. Undoing it restores the former content: a draft is discarded, and what was approved since goes to review again.
/// </summary>
public sealed class EditEntries(EntryStore entries, ReviewStore reviews, TimeProvider clock) : IBulkAction
{
    /// <summary>The code of the action. The parameter is a <see cref="FieldEdit"/>.</summary>
    public const string Name = "edit";

    /// <inheritdoc/>
    public string Code => Name;

    /// <inheritdoc/>
    public bool Withdraws => false;

    /// <inheritdoc/>
    public bool WithdrawsWhenUndone => false;

    /// <inheritdoc/>
    public async Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation)
    {
        var edit = FieldEdit.Read(change.Parameter!);
        var latest = await EntryStore.ReadRevisionAsync(session, entry.EntryId, entry.LatestRevision, cancellation);
        var edited = edit.Apply(EntryJson.Read(latest.Body), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var number = await entries.SaveAsync(session, entry.EntryId, entry.LatestRevision, edited, actor, edit.Label, cancellation);
        if (entry.DraftState != DraftState.Draft)
        {
            await reviews.SubmitAsync(session, entry.EntryId, number, actor, edit.Label, cancellation);
        }
    }

    /// <inheritdoc/>
    public Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        DraftUndo.UndoAsync(session, entries, reviews, item, entry, actor, cancellation);
}

/// <summary>Assigns entries to a curator, or to nobody.</summary>
public sealed class AssignEntries(EntryStore entries) : IBulkAction
{
    /// <summary>The code of the action. The parameter is a curator's id; null for nobody.</summary>
    public const string Name = "assign";

    /// <inheritdoc/>
    public string Code => Name;

    /// <inheritdoc/>
    public bool Withdraws => false;

    /// <inheritdoc/>
    public bool WithdrawsWhenUndone => false;

    /// <inheritdoc/>
    public Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        entries.AssignAsync(session, entry.EntryId, Guid.TryParse(change.Parameter, out var curator) ? curator : null, actor, cancellation);

    /// <inheritdoc/>
    public Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        entry.AssignedTo == item.After.AssignedTo
            ? entries.AssignAsync(session, entry.EntryId, item.Before.AssignedTo, actor, cancellation)
            : throw new RefusedException("Someone has assigned it since.");
}

/// <summary>Sends drafts to review. Undoing it makes them drafts again.</summary>
public sealed class SubmitEntries(ReviewStore reviews) : IBulkAction
{
    /// <summary>The code of the action.</summary>
    public const string Name = "submit";

    /// <inheritdoc/>
    public string Code => Name;

    /// <inheritdoc/>
    public bool Withdraws => false;

    /// <inheritdoc/>
    public bool WithdrawsWhenUndone => false;

    /// <inheritdoc/>
    public Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        reviews.SubmitAsync(session, entry.EntryId, entry.LatestRevision, actor, null, cancellation);

    /// <inheritdoc/>
    public Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        entry.LatestRevision == item.After.LatestRevision && entry.DraftState == DraftState.InReview
            ? reviews.ReturnAsync(session, entry.EntryId, entry.LatestRevision, actor, "A bulk change was undone.", cancellation)
            : throw new RefusedException("Someone has worked on it since.");
}

/// <summary>
/// Approves and publishes drafts in review, each in the revision that the reviewer was shown. Undoing it publishes what was public before; the
/// drafts are in review again.
/// </summary>
public sealed class ApproveEntries(ReviewStore reviews, ApprovalUndo approvals) : IBulkAction
{
    /// <summary>The code of the action. An item's value is the revision; without it, the latest is approved.</summary>
    public const string Name = "approve";

    /// <inheritdoc/>
    public string Code => Name;

    /// <inheritdoc/>
    public bool Withdraws => false;

    /// <inheritdoc/>
    public bool WithdrawsWhenUndone => true;

    /// <inheritdoc/>
    public bool TakesDownWhenUndone(BulkItem item) => ApprovalUndo.TakesDown(item.Before);

    /// <inheritdoc/>
    public Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        reviews.ApproveAsync(session, entry.EntryId, int.TryParse(item.Value, out var revision) ? revision : entry.LatestRevision, actor, change.Reason, cancellation);

    /// <inheritdoc/>
    public Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        approvals.UndoAsync(session, entry.EntryId, item.After.LatestRevision, actor, "A bulk change was undone.", cancellation);
}
