using System.Diagnostics;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Imports.Applying;

/// <summary>
/// Publishes the drafts of an applied import, by the same rules as publishing while applying. Entries that someone has edited since, that a
/// curator took down, or that had a curator's draft are not published.
/// </summary>
public sealed class ImportPublisher(Database database, Publisher publisher, TimeProvider clock)
{
    private const int BatchSize = 500;

    /// <summary>Publishes, or resumes publishing.</summary>
    /// <param name="import">The import, being applied.</param>
    /// <param name="actor">The publisher.</param>
    /// <param name="progress">Receives progress after every transaction; can be null.</param>
    /// <param name="cancellation">Cancels the operation, between two transactions.</param>
    public async Task PublishAsync(Import import, Actor actor, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var (after, done) = (0, 0);
        var throttle = new WriteThrottle(database, clock);
        while (true)
        {
            await throttle.PauseAsync(cancellation);
            var from = (after, done);
            (after, done) = await database.TransactAsync(session => PublishAsync(session, import, actor, from, cancellation), cancellation);
            if (done == from.done)
            {
                break;
            }

            progress?.Report(new ImportProgress(done, import.Total, watch.Elapsed));
        }

        await database.TransactAsync(
            s => ImportStore.FinishAsync(s, import.ImportId, ImportState.Applied, clock.GetUtcNow(), cancellation), cancellation);
    }

    private async Task<(int After, int Done)> PublishAsync(
        DbSession session, Import import, Actor actor, (int After, int Done) from, CancellationToken cancellation)
    {
        var items = await ImportItems.ReadBatchAsync(session, import.ImportId, from.After, ImportItemState.Applied, BatchSize, cancellation);
        if (items.Count == 0)
        {
            return from;
        }

        var entries = await ImportRecords.ReadEntriesAsync(session, items.Select(i => i.EntryId).OfType<Guid>(), cancellation);
        var ids = items.Where(i => entries.TryGetValue(i.EntryId!.Value, out var entry) && MayPublish(i, entry)).Select(i => i.EntryId!.Value).Distinct().ToList();
        var report = await publisher.PublishLatestAsync(session, ids, "publish", actor, "Imported.", cancellation);
        await ImportItems.ChangeAsync(session, items.Select(i => (Before: i, After: i.With(report))).Where(i => i.Before.Note != i.After.Note).Select(i => i.After), cancellation);
        await ImportStore.CountPublishedAsync(session, import.ImportId, report.Published.Count, cancellation);
        var done = from.Done + items.Count;
        await ImportStore.ProgressAsync(session, import.ImportId, done, import.Total, clock.GetUtcNow(), cancellation);
        return (items[^1].Number, done);
    }

    private static bool MayPublish(ImportItem item, ExportOrigin entry)
    {
        var former = item.FormerState();
        // The imported revision contains the curator's draft, so a reviewer must read it.
        var isOurs = item.Outcome == ImportOutcome.New || item.Body is null || former.PublishedRevision == item.BasedOn;
        return item.Outcome != ImportOutcome.Vanished && isOurs && entry.MergedInto is null && entry.LatestRevision == item.Revision
            && entry.PublishedRevision != entry.LatestRevision && entry.Listing is Listing.Unpublished or Listing.Published;
    }
}
