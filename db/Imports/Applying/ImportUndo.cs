using System.Diagnostics;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.BulkChanges;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Verification;

namespace HealthEquity.Imports.Applying;

/// <summary>
/// Undoes a whole import. Nothing is deleted: entries that it created are retired, entries that it changed get a new revision with the previous
/// content. Entries that someone has worked on since are kept and listed.
/// </summary>
public sealed class ImportUndo(Database database, EntryStore entries, Publisher publisher, CheckRequests checks, BulkChangeStore changes, TimeProvider clock)
{
    private static readonly Sql EndDraft = new(
        "ImportUndo.Retire", "UPDATE Entry SET DraftState = 'none' WHERE EntryId = @id AND LatestRevision = @revision");

    /// <summary>Undoes an import, or resumes undoing it.</summary>
    /// <param name="import">The import, being undone.</param>
    /// <param name="batchSize">The number of entries per transaction.</param>
    /// <param name="progress">Receives progress after every transaction; can be null.</param>
    /// <param name="cancellation">Cancels the operation, between two transactions.</param>
    public async Task UndoAsync(Import import, int batchSize, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var done = 0;
        var throttle = new WriteThrottle(database, clock);
        var change = await database.TransactAsync(session => BeginAsync(session, import, cancellation), cancellation);
        for (var more = true; more;)
        {
            await throttle.PauseAsync(cancellation);
            var before = done;
            done = await database.TransactAsync(
                async session =>
                {
                    var items = await ImportItems.ReadBatchAsync(session, import.ImportId, 0, ImportItemState.Applied, batchSize, cancellation);
                    await UndoAsync(session, import, items, change, cancellation);
                    await ImportStore.ProgressAsync(session, import.ImportId, before + items.Count, import.Total, clock.GetUtcNow(), cancellation);
                    return before + items.Count;
                },
                cancellation);
            more = done > before;
            progress?.Report(new ImportProgress(done, import.Total, watch.Elapsed));
        }

        if (change is { } begun)
        {
            await changes.EndAsync(database, begun, "It was not taken down.", cancellation);
        }

        await database.TransactAsync(
            async session =>
            {
                await ImportStore.CountLeftAsync(session, import.ImportId, cancellation);
                await ImportStore.FinishAsync(session, import.ImportId, ImportState.Undone, clock.GetUtcNow(), cancellation);
            },
            cancellation);
    }

    /// <summary>The bulk change that publishes again what the undoing takes down; null if it takes nothing down.</summary>
    private async Task<Guid?> BeginAsync(DbSession session, Import import, CancellationToken cancellation)
    {
        var parameter = import.ImportId.ToString("D");
        if (await BulkChangeStore.FindOpenAsync(session, UndoImport.Name, parameter, cancellation) is { State: BulkState.Running } begun)
        {
            return begun.BulkChangeId;
        }

        var withdrawn = await ImportItems.ListWithdrawnAsync(session, import.ImportId, cancellation);
        return withdrawn.Count == 0
            ? null
            : (await changes.BeginAsync(session, UndoImport.Request(import, withdrawn), Actor.System($"import:{import.Source}"), cancellation)).BulkChangeId;
    }

    private async Task UndoAsync(DbSession session, Import import, IReadOnlyList<ImportItem> items, Guid? change, CancellationToken cancellation)
    {
        var actor = Actor.System($"import:{import.Source}");
        var records = await ImportRecords.ReadAsync(session, import.Source, items.SelectMany(i => i.IdList()), cancellation);
        var (restored, done) = (new List<ImportRecord>(), new List<ImportItem>());
        var before = new List<EntryRow>();
        foreach (var item in items)
        {
            var entry = await EntryStore.ReadAsync(session, item.EntryId!.Value, cancellation);
            var now = item.IdList().Select(id => records.GetValueOrDefault(id)).OfType<ImportRecord>().ToList();
            if ((WhyLeft(item, entry, now, import.ImportId) ?? await WhyNotPublishedAsync(session, item, entry, actor, cancellation)) is { } reason)
            {
                done.Add(item with { State = ImportItemState.Left, Note = reason });
                continue;
            }

            var revision = item.Outcome switch
            {
                ImportOutcome.New => await RetireAsync(session, item, entry, actor, cancellation),
                ImportOutcome.Vanished => await CancelCheckAsync(session, item, entry, cancellation),
                _ => await RestoreAsync(session, item, entry, actor, cancellation),
            };
            if (entry.Listing == Listing.Published)
            {
                before.Add(entry);
            }

            await ImportConflicts.SupersedeAsync(session, entry.EntryId, import.ImportId, clock.GetUtcNow(), cancellation);
            restored.AddRange(now.Select(r => Before(item, r, revision)));
            done.Add(item with { State = ImportItemState.Undone });
        }

        await ImportRecords.ChangeAsync(session, import.Source, restored, cancellation);
        await ImportItems.ChangeAsync(session, done, cancellation);
        if (change is { } begun)
        {
            await BulkChangeStore.RecordAsync(session, begun, await WithdrawnAsync(session, before, cancellation), cancellation);
        }
    }

    private static async Task<IReadOnlyList<EntryRow>> WithdrawnAsync(DbSession session, IReadOnlyList<EntryRow> before, CancellationToken cancellation)
    {
        var withdrawn = new List<EntryRow>(before.Count);
        foreach (var entry in before)
        {
            if ((await EntryStore.ReadAsync(session, entry.EntryId, cancellation)).Listing != Listing.Published)
            {
                withdrawn.Add(entry);
            }
        }

        return withdrawn;
    }

    private static string? WhyLeft(ImportItem item, EntryRow entry, List<ImportRecord> now, Guid import)
    {
        if (item.Outcome == ImportOutcome.Vanished)
        {
            return null;
        }

        return entry.MergedInto is not null ? "It was merged into another entry since."
            : now.Any(r => r.IsSurvivor) ? "Another entry was merged into it since."
            : now.Any(r => r.ImportId != import && r.Fingerprint != item.Fingerprint) ? "A later import changed it."
            : entry.LatestRevision != item.Revision ? "It was edited since."
            : item.Outcome == ImportOutcome.New && entry.Listing is Listing.Suspended or Listing.Retired or Listing.DoNotList ? "It was taken down since."
            : item.Outcome == ImportOutcome.New && entry.AssuredOn is not null ? "It was verified since."
            : null;
    }

    /// <summary>The reason why the previous content can't be published again; null if it can, or need not be.</summary>
    private static async Task<string?> WhyNotPublishedAsync(DbSession session, ImportItem item, EntryRow entry, Actor actor, CancellationToken cancellation) =>
        item is { Outcome: not (ImportOutcome.New or ImportOutcome.Vanished), BasedOn: { } basedOn } && IsPublishedAgain(item, entry, basedOn)
            && await Publisher.WhyNotAsync(session, entry.EntryId, basedOn, actor, cancellation) is { } why
            ? $"The content before the import can't be published. {why}"
            : null;

    private static bool IsPublishedAgain(ImportItem item, EntryRow entry, int revision) =>
        entry.Listing == Listing.Published && item.FormerState().Listing == Listing.Published && entry.PublishedRevision == item.Revision && revision != item.Revision;

    /// <summary>The source records before the import; empty for an entry that the source did not have.</summary>
    private static ImportRecord Before(ImportItem item, ImportRecord now, int revision)
    {
        var former = item.FormerState().Records.FirstOrDefault(r => r.SourceId == now.SourceId);
        return former is null ? now with { Fingerprint = ImportRecord.Nothing, Item = null, Revision = revision, VanishedIn = null }
            : former.Revision == item.BasedOn ? former with { Revision = revision }
            : former;
    }

    private async Task<int> RetireAsync(DbSession session, ImportItem item, EntryRow entry, Actor actor, CancellationToken cancellation)
    {
        await publisher.WithdrawAsync(session, entry.EntryId, Listing.Retired, actor, ImportRecord.UndoReason, mergedInto: null, cancellation);
        await session.ExecuteAsync(EndDraft, new { id = entry.EntryId, revision = item.Revision }, cancellation);
        return entry.LatestRevision;
    }

    private async Task<int> CancelCheckAsync(DbSession session, ImportItem item, EntryRow entry, CancellationToken cancellation)
    {
        var asked = await CheckRequests.FindAsync(session, [entry.EntryId], cancellation);
        if (asked.Count > 0)
        {
            await CheckRequests.CancelAsync(session, entry.EntryId, cancellation);
            await checks.SetDueDateAsync(session, entry.EntryId, item.FormerState().CheckDueOn, cancellation);
        }

        return entry.LatestRevision;
    }

    private async Task<int> RestoreAsync(DbSession session, ImportItem item, EntryRow entry, Actor actor, CancellationToken cancellation)
    {
        var former = item.FormerState();
        var revision = entry.LatestRevision;
        if (item.BasedOn is { } basedOn && basedOn != item.Revision)
        {
            revision = await entries.RestoreAsync(session, entry.EntryId, entry.LatestRevision, basedOn, actor, cancellation);
        }

        if (entry.Listing == Listing.Published && former.Listing != Listing.Published)
        {
            await publisher.WithdrawAsync(
                session, entry.EntryId, Listing.Suspended, actor, "The import that published it was undone.", mergedInto: null, cancellation);
        }
        else if (IsPublishedAgain(item, entry, revision))
        {
            await publisher.PublishAsync(session, entry.EntryId, revision, "publish", actor, "The import was undone.", cancellation);
        }

        return revision;
    }
}
