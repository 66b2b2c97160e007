using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Store.BulkChanges;

/// <summary>Suspends public entries. Undoing it publishes them again; they are due at once, and their grace period starts over.</summary>
public class SuspendEntries(Publisher publisher) : IBulkAction
{
    /// <summary>The code of the action.</summary>
    public const string Name = "suspend";

    /// <inheritdoc/>
    public virtual string Code => Name;

    /// <inheritdoc/>
    public bool Withdraws => true;

    /// <inheritdoc/>
    public bool WithdrawsWhenUndone => false;

    /// <inheritdoc/>
    public virtual Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        publisher.WithdrawAsync(session, entry.EntryId, Listing.Suspended, actor, change.Reason ?? "", mergedInto: null, cancellation);

    /// <inheritdoc/>
    public Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        entry.Listing == item.After.Listing && entry.ListingReason == item.After.ListingReason
            ? publisher.ResumeAsync(session, entry.EntryId, actor, "A bulk change was undone.", cancellation)
            : throw new RefusedException("Someone has changed its status since.");
}

/// <summary>Publishes suspended or retired entries again. Undoing it takes them down as they were.</summary>
public sealed class ResumeEntries(Publisher publisher) : IBulkAction
{
    /// <summary>The code of the action.</summary>
    public const string Name = "resume";

    /// <inheritdoc/>
    public string Code => Name;

    /// <inheritdoc/>
    public bool Withdraws => false;

    /// <inheritdoc/>
    public bool WithdrawsWhenUndone => true;

    /// <inheritdoc/>
    public Task ApplyAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        publisher.ResumeAsync(session, entry.EntryId, actor, change.Reason, cancellation);

    /// <inheritdoc/>
    public async Task UndoAsync(DbSession session, BulkChange change, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation)
    {
        if (entry.Listing != Listing.Published || entry.PublishedRevision != item.After.PublishedRevision || entry.AssuredOn != item.After.AssuredOn)
        {
            throw new RefusedException("Someone has worked on it since.");
        }

        await publisher.WithdrawAsync(
            session, entry.EntryId, item.Before.Listing, actor, item.Before.ListingReason ?? "A bulk change was undone.", mergedInto: null, cancellation);
    }
}
