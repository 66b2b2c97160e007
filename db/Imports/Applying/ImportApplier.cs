using System.Diagnostics;
using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Plans;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Verification;

namespace HealthEquity.Imports.Applying;

/// <summary>
/// Applies a plan. Each decision is made again in the transaction that writes the entry, so changes since the plan are merged and not
/// overwritten. The previous state is saved, so the import can be undone.
/// </summary>
public sealed class ImportApplier(
    Database database, EntryStore entries, Publisher publisher, DuplicateStore duplicates, CheckRequests checks, TimeProvider clock, Func<Entry, ValidationResult> validate)
{
    /// <summary>Applies a planned import, or resumes one that stopped.</summary>
    /// <param name="import">The import, being applied.</param>
    /// <param name="isFresh">True if the plan was just made, so its entries need no validation.</param>
    /// <param name="batchSize">The number of entries per transaction.</param>
    /// <param name="progress">Receives progress after every transaction; can be null.</param>
    /// <param name="cancellation">Cancels the operation, between two transactions.</param>
    public async Task ApplyAsync(Import import, bool isFresh, int batchSize, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var (after, done) = (0, 0);
        var throttle = new WriteThrottle(database, clock);
        for (var more = true; more;)
        {
            await throttle.PauseAsync(cancellation);
            var from = after;
            (more, after) = await database.TransactAsync(
                async session =>
                {
                    var items = await ImportItems.ReadBatchAsync(session, import.ImportId, from, ImportItemState.Planned, batchSize, cancellation);
                    if (items.Count == 0)
                    {
                        return (false, from);
                    }

                    await new ImportBatch(import, entries, publisher, duplicates, checks, clock, validate, isFresh).WriteAsync(session, items, cancellation);
                    await ImportStore.ProgressAsync(session, import.ImportId, Math.Min(done + items.Count, import.Total), import.Total, clock.GetUtcNow(), cancellation);
                    return (true, items[^1].Number);
                },
                cancellation);
            done = after == from ? done : Math.Min(done + batchSize, import.Total);
            progress?.Report(new ImportProgress(done, import.Total, watch.Elapsed));
        }

        await database.TransactAsync(
            async session =>
            {
                await ImportStore.CountAsync(session, import.ImportId, cancellation);
                await ImportItems.ForgetSameAsync(session, import.ImportId, cancellation);
                await ImportStore.FinishAsync(session, import.ImportId, ImportState.Applied, clock.GetUtcNow(), cancellation);
            },
            cancellation);
    }
}

/// <summary>The entries of an import to write in one transaction.</summary>
internal sealed class ImportBatch(
    Import import, EntryStore entries, Publisher publisher, DuplicateStore duplicates, CheckRequests checks, TimeProvider clock, Func<Entry, ValidationResult> validate, bool isFresh)
{
    private readonly Actor _actor = Actor.System($"import:{import.Source}");
    private readonly List<ImportItem> _done = [];
    private readonly List<ImportRecord> _added = [];
    private readonly List<ImportRecord> _changed = [];
    private readonly List<Guid> _publish = [];

    public async Task WriteAsync(DbSession session, IReadOnlyList<ImportItem> items, CancellationToken cancellation)
    {
        var present = items.Where(i => i.Outcome is not (ImportOutcome.Refused or ImportOutcome.NotListed or ImportOutcome.Vanished)).ToList();
        var texts = present.Select(i => new SourceRecord(i.IdList(), i.Fingerprint!, i.Body, i.RequestedId, i.FormerState().Base)).ToList();
        var decisions = new ImportDecisions(import.Source, validate);
        var decided = await decisions.DecideAsync(session, texts, cancellation);
        var made = new List<(ImportItem Item, Entry Entry)>();
        var changed = new HashSet<Guid>();
        foreach (var (item, text, first) in present.Zip(texts, decided))
        {
            // Two rows can be about an entry that a curator merged from two. Write the first before deciding on the second.
            var decision = first.Known is { } known && !changed.Add(known.EntryId) ? (await decisions.DecideAsync(session, [text], cancellation))[0] : first;
            if (!isFresh && decision.Text is { } body && validate(EntryJson.Read(body)) is { IsValid: false } broken)
            {
                Refuse(item, broken);
            }
            else if (decision.Outcome == ImportOutcome.Refused)
            {
                _done.Add(item with { Outcome = ImportOutcome.Refused, Note = decision.Note });
            }
            else if (decision is { Outcome: ImportOutcome.New, Known: null })
            {
                made.Add((item, EntryJson.Read(decision.Text!)));
            }
            else
            {
                await ChangeAsync(session, item, decision, cancellation);
            }
        }

        await CreateAsync(session, made, cancellation);
        await CreateUnlistedAsync(session, [.. items.Where(i => i is { Outcome: ImportOutcome.NotListed, Body: not null })], cancellation);
        foreach (var item in items.Where(i => i.Outcome == ImportOutcome.Vanished))
        {
            await RequestCheckAsync(session, item, cancellation);
        }

        await ImportRecords.AddAsync(session, import.Source, _added, cancellation);
        await ImportRecords.ChangeAsync(session, import.Source, _changed, cancellation);
        // In the same transaction, so an entry that matches a do-not-list entry is never public, not even briefly.
        await duplicates.DetectAsync(session, [.. _done.Where(i => i.State == ImportItemState.Applied && i.Revision != i.BasedOn).Select(i => i.EntryId).OfType<Guid>()], cancellation);
        var report = await publisher.PublishLatestAsync(session, [.. _publish.Distinct()], "publish", _actor, "Imported.", cancellation);
        await ImportItems.ChangeAsync(session, _done.Select(i => i.With(report)), cancellation);
        await ImportStore.CountPublishedAsync(session, import.ImportId, report.Published.Count, cancellation);
    }

    private void Refuse(ImportItem item, ValidationResult broken)
    {
        var why = string.Join(' ', broken.Errors.Select(e => e.ErrorMessage));
        _done.Add(item with { Outcome = ImportOutcome.Refused, Note = why });
    }

    private async Task CreateAsync(DbSession session, List<(ImportItem Item, Entry Entry)> made, CancellationToken cancellation)
    {
        var texts = made.Select(m => new NewEntry(m.Entry, m.Item.Slug, m.Item.RequestedId)).ToList();
        var ids = await entries.CreateAsync(session, texts, _actor, $"Imported from {import.SourceTitle}.", cancellation);
        foreach (var ((item, _), id) in made.Zip(ids))
        {
            _added.AddRange(Records(item, id, revision: 1));
            _done.Add(item with { State = ImportItemState.Applied, Outcome = ImportOutcome.New, EntryId = id, Body = null, BasedOn = null, Revision = 1, Changes = null });
        }

        if (import.Publish)
        {
            _publish.AddRange(ids);
        }
    }

    /// <summary>Creates the entries that asked not to be listed in the exporting directory, and marks them as such.</summary>
    private async Task CreateUnlistedAsync(DbSession session, List<ImportItem> items, CancellationToken cancellation)
    {
        var known = await ImportRecords.ReadEntriesAsync(session, items.Select(i => i.RequestedId).OfType<Guid>(), cancellation);
        items.RemoveAll(i => i.RequestedId is { } id && known.ContainsKey(id));
        var texts = items.ConvertAll(i => new NewEntry(EntryJson.Read(i.Body!), i.Slug, i.RequestedId));
        var ids = await entries.CreateAsync(session, texts, _actor, $"Imported from {import.SourceTitle}.", cancellation);
        foreach (var (item, id) in items.Zip(ids))
        {
            await publisher.WithdrawAsync(session, id, Listing.DoNotList, _actor, $"Not listed in {import.SourceTitle}.", mergedInto: null, cancellation);
            _added.AddRange(Records(item, id, revision: 1));
            _done.Add(item with { State = ImportItemState.Applied, EntryId = id, Body = null, Revision = 1 });
        }
    }

    private async Task ChangeAsync(DbSession session, ImportItem item, ImportDecision decision, CancellationToken cancellation)
    {
        if (decision.Outcome == ImportOutcome.NotListed)
        {
            _done.Add(item with { Outcome = ImportOutcome.NotListed, Body = null, Changes = null });
            return;
        }

        var known = decision.Known!;
        var sourceChanged = known.Fingerprint != item.Fingerprint && item.Body is not null;
        var publish = import.Publish && MayPublish(decision);
        if (!sourceChanged && !publish && !decision.Reappeared)
        {
            return;
        }

        var revision = known.LatestRevision;
        if (decision.Text is { } text)
        {
            revision = await entries.SaveAsync(
                session, known.EntryId, known.LatestRevision, EntryJson.Read(text), _actor, $"Imported again from {import.SourceTitle}.", cancellation);
        }

        if (sourceChanged)
        {
            await SettleAsync(session, decision, cancellation);
            Remember(item, decision, revision);
        }
        else if (decision.Reappeared)
        {
            _changed.AddRange(decision.Records.Select(r => r with { VanishedIn = null }));
        }

        if (decision.Reappeared)
        {
            await CheckRequests.CancelAsync(session, known.EntryId, cancellation);
        }

        if (publish)
        {
            _publish.Add(known.EntryId);
        }

        _done.Add(item with
        {
            State = ImportItemState.Applied,
            Outcome = decision.Outcome,
            EntryId = known.EntryId,
            Body = decision.IsMerged ? item.Body : null,
            BasedOn = known.LatestRevision,
            Revision = revision,
            Changes = decision.Changes.Count == 0 ? null : JsonSerializer.Serialize(decision.Changes, JsonSerializerOptions.Web),
            Former = JsonSerializer.Serialize(Former(known, decision.Records), JsonSerializerOptions.Web),
        });
    }

    /// <summary>True if the entry may be published: it was not taken down, and has no draft by a curator.</summary>
    private static bool MayPublish(ImportDecision decision)
    {
        var known = decision.Known!;
        var noDraft = known.PublishedRevision == known.LatestRevision;
        return decision.Outcome switch
        {
            ImportOutcome.New => true,
            ImportOutcome.Same => decision.Text is null && known.Listing == Listing.Unpublished && known is { IsUntouched: true, IsMerged: false },
            _ => decision.Text is not null && known.Listing is Listing.Unpublished or Listing.Published && (noDraft || known is { IsUntouched: true, IsMerged: false }),
        };
    }

    /// <summary>Closes conflicts in fields that the source changed again, and raises the remaining ones.</summary>
    private async Task SettleAsync(DbSession session, ImportDecision decision, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await ImportConflicts.SupersedeAsync(session, decision.Known!.EntryId, import.Source, decision.SourceChanges, now, cancellation);
        await ImportConflicts.RaiseAsync(session, import.ImportId, decision.Known.EntryId, import.Source, decision.Contested, now, cancellation);
    }

    private void Remember(ImportItem item, ImportDecision decision, int revision)
    {
        var existing = decision.Records.Select(r => r.SourceId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var record in Records(item, decision.Known!.EntryId, revision))
        {
            (existing.Contains(record.SourceId) ? _changed : _added).Add(record);
        }
    }

    private IEnumerable<ImportRecord> Records(ImportItem item, Guid entry, int revision) => item.IdList().Select(id => new ImportRecord
    {
        SourceId = id,
        EntryId = entry,
        ImportId = import.ImportId,
        Item = item.Number,
        Fingerprint = item.Fingerprint!,
        Revision = revision,
    });

    /// <summary>Schedules a check of an entry that is missing from the source.</summary>
    private async Task RequestCheckAsync(DbSession session, ImportItem item, CancellationToken cancellation)
    {
        var entry = await EntryStore.ReadAsync(session, item.EntryId!.Value, cancellation);
        var records = await ImportRecords.ReadAsync(session, import.Source, item.IdList(), cancellation);
        var reason = $"Missing from {import.SourceTitle} ({import.FileName}). Check whether it still exists.";
        await checks.RequestAsync(session, entry, reason, _actor, cancellation);
        _changed.AddRange(records.Values.Select(r => r with { VanishedIn = import.ImportId }));
        _done.Add(item with
        {
            State = ImportItemState.Applied,
            BasedOn = entry.LatestRevision,
            Former = JsonSerializer.Serialize(new FormerState { CheckDueOn = entry.CheckDueOn, Records = [.. records.Values] }, JsonSerializerOptions.Web),
        });
    }

    private static FormerState Former(ImportRecord known, IReadOnlyList<ImportRecord> records) => new()
    {
        Listing = known.Listing,
        PublishedRevision = known.PublishedRevision,
        CheckDueOn = known.CheckDueOn,
        Records = records,
    };
}
