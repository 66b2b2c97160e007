using System.Diagnostics;
using System.Text.Json;
using FluentValidation.Results;
using HealthEquity.Db.Auditing;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Storage;

namespace HealthEquity.Db.Imports;

/// <summary>
/// Loads a source into the directory, so that loading it again changes nothing. An entry is found again by its id in the
/// source; what the source says anew becomes a new revision, but never on top of what a curator wrote.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="stores">The editorial stores.</param>
/// <param name="validate">The rules that an entry must keep.</param>
public sealed class Importer(Database database, EditorialStores stores, Func<Entry, ValidationResult> validate)
{
    /// <summary>Imports a source: some hundred entries a transaction, so that a fault half-way leaves whole entries behind.</summary>
    /// <param name="request">What to import, and how.</param>
    /// <param name="progress">Is told after every transaction; may be null.</param>
    /// <param name="cancellation">Stops between two transactions.</param>
    /// <exception cref="ImportFileException">A file is missing, or is not what the mapping reads; nothing was written.</exception>
    public async Task<ImportSummary> ImportAsync(ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        using var source = await EntrySources.OpenAsync(request, validate, cancellation);
        await using var refused = RefusedRows.Begin(source.Files, request.RefusedFolder);
        var actor = Actor.System($"import:{source.Name}");
        var summary = new ImportSummary { ImportId = Guid.CreateVersion7(stores.Clock.GetUtcNow()) };
        await database.TransactAsync(
            session => ImportStore.BeginAsync(session, summary.ImportId, source.Name, request, actor, stores.Clock.GetUtcNow(), cancellation), cancellation);
        foreach (var batch in source.Entries().Chunk(request.BatchSize))
        {
            var before = summary;
            summary = await database.TransactAsync(session => WriteAsync(session, batch, before, source, request.Publish, actor, cancellation), cancellation);
            await RefuseAsync();
            progress?.Report(new ImportProgress(source.RowsRead, source.TotalRows ?? source.RowsRead, watch.Elapsed));
        }

        await RefuseAsync();
        summary = summary with { Rows = source.RowsRead, Refused = refused.Count, Flawed = refused.Flawed, RefusedFiles = refused.Paths, Elapsed = watch.Elapsed };
        await database.TransactAsync(session => FinishAsync(session, summary, actor, cancellation), cancellation);
        return summary;

        async Task RefuseAsync()
        {
            foreach (var fault in source.TakeFaults())
            {
                await refused.AddAsync(fault);
            }
        }
    }

    private async Task<ImportSummary> WriteAsync(
        DbSession session, SourceEntry[] batch, ImportSummary summary, IEntrySource source, bool publish, Actor actor, CancellationToken cancellation)
    {
        var unlisted = await ImportStore.UnlistedKeysAsync(session, cancellation);
        foreach (var entry in batch)
        {
            summary = summary with { Rows = summary.Rows + entry.Rows, Merged = summary.Merged + entry.Rows - 1 };
            var known = await FindAsync(session, source.Name, entry, cancellation);
            summary = known switch
            {
                null when ImportStore.IsUnlisted(entry.Entry, unlisted) => summary with { NotListed = summary.NotListed + 1 },
                null => await CreateAsync(session, entry, summary, source, publish, actor, cancellation),
                { Listing: Listing.DoNotList } => summary with { NotListed = summary.NotListed + 1 },
                _ => await UpdateAsync(session, known, entry, summary, source, publish, actor, cancellation),
            };
        }

        await ImportStore.CountAsync(session, summary, finishedAt: null, cancellation);
        return summary;
    }

    private static async Task<ImportRecord?> FindAsync(DbSession session, string source, SourceEntry entry, CancellationToken cancellation)
    {
        foreach (var id in entry.Ids)
        {
            if (await ImportStore.FindAsync(session, source, id, cancellation) is { } record)
            {
                return record;
            }
        }

        return null;
    }

    private async Task<ImportSummary> CreateAsync(
        DbSession session, SourceEntry entry, ImportSummary summary, IEntrySource source, bool publish, Actor actor, CancellationToken cancellation)
    {
        var id = await stores.Entries.CreateAsync(session, entry.Entry, actor, $"Imported from {source.Title}.", entry.Slug, cancellation);
        await RememberAsync(session, summary.ImportId, source.Name, entry, id, revision: 1, cancellation);
        summary = summary with { New = summary.New + 1 };
        return publish ? await PublishAsync(session, id, 1, summary, actor, cancellation) : summary;
    }

    private async Task<ImportSummary> UpdateAsync(
        DbSession session, ImportRecord known, SourceEntry entry, ImportSummary summary, IEntrySource source, bool publish, Actor actor, CancellationToken cancellation)
    {
        var untouched = known.LatestRevision == known.Revision;
        if (known.Fingerprint == entry.Fingerprint)
        {
            summary = summary with { Same = summary.Same + 1 };
            // Loaded earlier without being published: publishing is all that is left to do.
            return publish && untouched && known.Listing == Listing.Unpublished
                ? await PublishAsync(session, known.EntryId, known.Revision, summary, actor, cancellation)
                : summary;
        }

        if (!untouched)
        {
            return summary with { Conflicting = summary.Conflicting + 1 };
        }

        var revision = await stores.Entries.SaveAsync(
            session, known.EntryId, known.LatestRevision, entry.Entry, actor, $"Imported again from {source.Title}.", cancellation);
        await RememberAsync(session, summary.ImportId, source.Name, entry, known.EntryId, revision, cancellation);
        summary = summary with { Changed = summary.Changed + 1 };
        // What was taken from the public stays so until a curator decides otherwise.
        return publish && known.Listing is Listing.Unpublished or Listing.Published
            ? await PublishAsync(session, known.EntryId, revision, summary, actor, cancellation)
            : summary;
    }

    private async Task<ImportSummary> PublishAsync(
        DbSession session, Guid id, int revision, ImportSummary summary, Actor actor, CancellationToken cancellation)
    {
        await stores.Publisher.PublishAsync(session, id, revision, "publish", actor, "Imported.", cancellation);
        return summary with { Published = summary.Published + 1 };
    }

    private static async Task RememberAsync(
        DbSession session, Guid import, string source, SourceEntry entry, Guid id, int revision, CancellationToken cancellation)
    {
        foreach (var sourceId in entry.Ids)
        {
            await ImportStore.RememberAsync(session, import, source, sourceId, id, entry.Fingerprint, revision, cancellation);
        }
    }

    private async Task FinishAsync(DbSession session, ImportSummary summary, Actor actor, CancellationToken cancellation)
    {
        await ImportStore.CountAsync(session, summary, stores.Clock.GetUtcNow(), cancellation);
        var counts = new
        {
            summary.Rows,
            summary.New,
            summary.Changed,
            summary.Same,
            summary.Conflicting,
            summary.NotListed,
            summary.Published,
            summary.Refused,
        };
        await stores.Audit.AppendAsync(
            session, actor, "import", $"import:{summary.ImportId}", JsonSerializer.Serialize(counts, JsonSerializerOptions.Web), cancellation);
    }
}
