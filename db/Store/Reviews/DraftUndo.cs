using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Reviews;

/// <summary>
/// Undoes an edit of a bulk change. A draft is discarded, and what was approved since goes to review again.
/// </summary>
internal static class DraftUndo
{
    private const string Note = "A bulk change was undone.";

    /// <summary>Restores the content that an entry had before the change.</summary>
    /// <exception cref="RefusedException">Someone has worked on it since.</exception>
    public static async Task UndoAsync(
        DbSession session, EntryStore entries, ReviewStore reviews, BulkItem item, EntryRow entry, Actor actor, CancellationToken cancellation)
    {
        if (entry.LatestRevision != item.After.LatestRevision)
        {
            throw new RefusedException("Someone has worked on it since.");
        }

        if (item.Before.DraftState == DraftState.None && entry.DraftState != DraftState.None)
        {
            await reviews.DiscardAsync(session, entry.EntryId, entry.LatestRevision, actor, Note, cancellation);
            return;
        }

        var number = await entries.RestoreAsync(session, entry.EntryId, entry.LatestRevision, item.Before.LatestRevision, actor, cancellation);
        if (item.Before.DraftState != DraftState.Draft)
        {
            await reviews.SubmitAsync(session, entry.EntryId, number, actor, Note, cancellation);
        }
    }
}
