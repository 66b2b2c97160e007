using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Refusals;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Plans;

/// <summary>
/// Reads a source and plans what to do with each entry, without changing entries. The plan contains everything needed to apply it, so the file
/// can be deleted.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="clock">The clock.</param>
/// <param name="validate">The validation rules.</param>
public sealed class ImportPlanner(Database database, TimeProvider clock, Func<Entry, ValidationResult> validate)
{
    /// <summary>The number of batches to read ahead of the writer. More would only use memory.</summary>
    private const int BatchesAhead = 2;

    /// <summary>Plans an import that has been added.</summary>
    /// <param name="id">The import.</param>
    /// <param name="request">What to import, and how.</param>
    /// <param name="progress">Receives progress after every transaction; can be null.</param>
    /// <param name="cancellation">Cancels the operation, between two transactions.</param>
    /// <returns>The files with the refused rows.</returns>
    /// <exception cref="ImportFileException">A file is missing or does not fit the mapping.</exception>
    public async Task<IReadOnlyList<string>> PlanAsync(
        Guid id, ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        using var source = await EntrySources.OpenAsync(request, validate, clock, ReadSoFarAsync, cancellation);
        await using var refused = RefusedRows.Begin(source.Files, request.RefusedFolder);
        var isPart = source.IsPart || (source.Files.Count > 0 && RefusedRows.IsCorrection(source.Files[0].Header));
        await database.TransactAsync(
            session => ImportStore.DescribeAsync(session, id, source.Name, source.Title, isPart, cancellation), cancellation);
        var run = new PlanRun(id, new ImportDecisions(source.Name, validate), source.Name);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var throttle = new WriteThrottle(database, clock);
        var batches = Channel.CreateBounded<SourceBatch>(BatchesAhead);
        // One thread reads and validates rows, another writes them.
        var reading = Task.Run(() => ReadAsync(source, request.BatchSize, batches.Writer, stop.Token), cancellation);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellation))
            {
                await throttle.PauseAsync(cancellation);
                await database.TransactAsync(session => run.WriteAsync(session, batch, source.TotalRows ?? batch.RowsRead, clock.GetUtcNow(), cancellation), cancellation);
                run.Commit(batch);
                foreach (var fault in batch.Faults)
                {
                    await refused.AddAsync(fault);
                }

                progress?.Report(new ImportProgress(batch.RowsRead, source.TotalRows ?? batch.RowsRead, watch.Elapsed));
            }

            await reading;
        }
        finally
        {
            await stop.CancelAsync();
        }

        await database.TransactAsync(session => FinishAsync(session, run, source, refused, isPart, cancellation), cancellation);
        return refused.Paths;

        // Reading an API may take longer than the timeout for silent imports.
        async Task ReadSoFarAsync(int items, int? of)
        {
            await database.TransactAsync(session => ImportStore.ProgressAsync(session, id, items, of ?? items, clock.GetUtcNow(), cancellation), cancellation);
            progress?.Report(new ImportProgress(items, of ?? 0, watch.Elapsed));
        }
    }

    private static async Task ReadAsync(IEntrySource source, int size, ChannelWriter<SourceBatch> writer, CancellationToken cancellation)
    {
        try
        {
            foreach (var entries in source.Entries().Chunk(size))
            {
                var texts = entries.Select(e => (e, EntryJson.Write(e.Entry))).ToList();
                await writer.WriteAsync(new SourceBatch(texts, source.TakeFaults(), source.RowsRead), cancellation);
            }

            await writer.WriteAsync(new SourceBatch([], source.TakeFaults(), source.RowsRead), cancellation);
            writer.Complete();
        }
        catch (Exception fault)
        {
            writer.TryComplete(fault);
        }
    }

    private async Task FinishAsync(
        DbSession session, PlanRun run, IEntrySource source, RefusedRows refused, bool isPart, CancellationToken cancellation)
    {
        if (!isPart && !source.HasRowsWithoutId)
        {
            await run.WriteMissingAsync(session, source.RefusedIds, cancellation);
        }

        await ImportStore.CountRowsAsync(session, run.Id, source.RowsRead, run.Merged, refused.Count, refused.Flawed, cancellation);
        await ImportStore.CountAsync(session, run.Id, cancellation);
        await ImportStore.FinishAsync(session, run.Id, ImportState.Planned, clock.GetUtcNow(), cancellation);
    }

    private sealed record SourceBatch(IReadOnlyList<(SourceEntry Entry, string Body)> Entries, IReadOnlyList<RowFault> Faults, int RowsRead);

    /// <summary>The state of a plan. Counts change only after a commit, because a transaction is repeated after a deadlock.</summary>
    private sealed class PlanRun(Guid id, ImportDecisions decisions, string source)
    {
        private readonly HashSet<Guid> _seen = [];
        private readonly HashSet<string> _files = [];
        private List<ImportItem> _written = [];
        private int _items;
        private int _faults;

        public Guid Id => id;

        public int Merged { get; private set; }

        public async Task WriteAsync(DbSession session, SourceBatch batch, int total, DateTimeOffset now, CancellationToken cancellation)
        {
            var texts = batch.Entries.Select(e => new SourceRecord(e.Entry.Ids, e.Entry.Fingerprint, e.Body, e.Entry.EntryId, e.Entry.Base)).ToList();
            var decided = await decisions.DecideAsync(session, texts, cancellation);
            var seen = new HashSet<Guid>();
            _written = [.. batch.Entries.Zip(decided).Select((p, n) => Item(_items + n + 1, p.First.Entry, p.First.Body, p.Second, seen))];
            await ImportItems.AddAsync(session, _written, cancellation);
            await ImportRefusals.AddAsync(session, id, batch.Faults, _faults, _files, cancellation);
            await ImportStore.ProgressAsync(session, id, batch.RowsRead, total, now, cancellation);
        }

        public void Commit(SourceBatch batch)
        {
            _items += _written.Count;
            _faults += batch.Faults.Count;
            _files.UnionWith(batch.Faults.Select(f => f.Row.Header.File));
            _seen.UnionWith(_written.Select(i => i.EntryId).OfType<Guid>());
            Merged += batch.Entries.Sum(e => e.Entry.Rows - 1);
        }

        public async Task WriteMissingAsync(DbSession session, IReadOnlyCollection<string> refused, CancellationToken cancellation)
        {
            var missing = await ImportRecords.MissingAsync(session, source, id, cancellation);
            var items = missing.GroupBy(m => m.EntryId).Where(m => !m.Any(r => refused.Contains(r.SourceId))).Select((m, n) => new ImportItem
            {
                ImportId = id,
                Number = _items + n + 1,
                Outcome = ImportOutcome.Vanished,
                EntryId = m.Key,
                Name = m.First().Name,
                SourceIds = JsonSerializer.Serialize(m.Select(r => r.SourceId)),
            });
            await ImportItems.AddAsync(session, items, cancellation);
        }

        private ImportItem Item(int number, SourceEntry entry, string body, ImportDecision decision, HashSet<Guid> seen)
        {
            var twice = decision.Known is { IsSurvivor: false } known && (_seen.Contains(known.EntryId) || !seen.Add(known.EntryId));
            var outcome = twice ? ImportOutcome.Refused : entry.IsUnlisted ? ImportOutcome.NotListed : decision.Outcome;
            var says = outcome switch
            {
                // Create and mark it, so no other source adds it.
                ImportOutcome.NotListed => entry.IsUnlisted && decision.Known is null ? body : null,
                ImportOutcome.Same when decision.Known!.Fingerprint == entry.Fingerprint => null,
                _ => body,
            };
            return new ImportItem
            {
                ImportId = id,
                Number = number,
                Outcome = outcome,
                EntryId = decision.Known?.EntryId,
                Name = entry.Entry.Name,
                SourceIds = JsonSerializer.Serialize(entry.Ids),
                RequestedId = entry.EntryId,
                Slug = entry.Slug,
                Fingerprint = entry.Fingerprint,
                Body = says,
                BasedOn = decision.Known?.LatestRevision,
                Changes = decision.Changes.Count == 0 ? null : JsonSerializer.Serialize(decision.Changes, JsonSerializerOptions.Web),
                Former = entry.Base is null ? null : JsonSerializer.Serialize(new FormerState { Base = entry.Base }, JsonSerializerOptions.Web),
                Note = twice ? "Another row is about the same entry, because an earlier import treated the two as one. Create an entry for the other by hand." : decision.Note,
            };
        }
    }
}
