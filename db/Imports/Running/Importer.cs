using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Applying;
using HealthEquity.Imports.Plans;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;

namespace HealthEquity.Imports.Running;

/// <summary>
/// Loads a source into the directory, so that loading it again changes nothing: first a plan, which says of each entry what would
/// happen, then the plan is applied, as one import that can be undone as one. An entry is found again by its id in the source;
/// what only the source changed is taken, and what a curator has changed too is left to a person.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="planner">Makes the plan.</param>
/// <param name="applier">Applies it.</param>
/// <param name="importPublisher">Publishes what was applied as drafts.</param>
/// <param name="undo">Undoes it.</param>
/// <param name="publisher">Knows whether four eyes are kept.</param>
/// <param name="audit">The audit log.</param>
/// <param name="clock">The clock.</param>
public sealed class Importer(
    Database database, ImportPlanner planner, ImportApplier applier, ImportPublisher importPublisher, ImportUndo undo, Publisher publisher, AuditLog audit, TimeProvider clock)
{
    private const double LeastShare = 0.7;

    /// <summary>Plans an import and applies it.</summary>
    /// <param name="request">What to import, and how.</param>
    /// <param name="progress">Is told after every transaction; may be null.</param>
    /// <param name="cancellation">Cancels the operation, between two transactions.</param>
    /// <exception cref="ImportFileException">A file is missing, or is not what the mapping reads; nothing was written.</exception>
    /// <exception cref="RefusedException">Far fewer entries came than last time; it is planned, and nothing written to entries.</exception>
    public async Task<ImportSummary> ImportAsync(ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var plan = await PlanAsync(request, progress, cancellation);
        var choice = new ImportChoice { Publish = request.Publish, EvenIfFewer = request.EvenIfFewer, BatchSize = request.BatchSize };
        var done = await ApplyAsync(plan.ImportId, choice, request.StartedBy, isFresh: true, progress, cancellation);
        return done with { RefusedFiles = plan.RefusedFiles, Elapsed = watch.Elapsed };
    }

    /// <summary>Notes that a file has come; <see cref="PlanAsync(Guid, ImportRequest, IProgress{ImportProgress}, CancellationToken)"/> reads it.</summary>
    /// <returns>The import's id.</returns>
    public async Task<Guid> AddAsync(string fileName, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await database.TransactAsync(session => ImportStore.AddAsync(session, id, fileName, actor, now, cancellation), cancellation);
        return id;
    }

    /// <summary>Plans an import: says of each entry what would happen, and writes nothing to entries.</summary>
    /// <exception cref="ImportFileException">A file is missing, or is not what the mapping reads.</exception>
    public async Task<ImportSummary> PlanAsync(ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var name = request.IsAddress ? request.Path : Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Path));
        var id = await AddAsync(name, request.StartedBy ?? Actor.System("import"), cancellation);
        return await PlanAsync(id, request, progress, cancellation);
    }

    /// <summary>Plans an import that has been added.</summary>
    /// <exception cref="ImportFileException">A file is missing, or is not what the mapping reads.</exception>
    /// <exception cref="RefusedException">It is planned already.</exception>
    public async Task<ImportSummary> PlanAsync(Guid id, ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await TakeAsync(id, ImportState.Uploaded, ImportState.Planning, total: 0, cancellation);
        IReadOnlyList<string> refused = [];
        await GuardAsync(
            id,
            async () => refused = await planner.PlanAsync(id, request, progress, cancellation));
        return await SummaryAsync(id, watch.Elapsed, cancellation) with { RefusedFiles = refused };
    }

    /// <summary>Applies a planned import, or goes on with one that stopped half-way.</summary>
    /// <exception cref="RefusedException">It is not planned, or far fewer entries came than last time.</exception>
    public Task<ImportSummary> ApplyAsync(Guid id, ImportChoice choice, Actor? actor, IProgress<ImportProgress>? progress, CancellationToken cancellation) =>
        ApplyAsync(id, choice, actor, isFresh: false, progress, cancellation);

    /// <summary>Undoes an import as one. What somebody has worked on since is left, and listed.</summary>
    /// <exception cref="RefusedException">It was never applied, or is undone already.</exception>
    public async Task<ImportSummary> UndoAsync(Guid id, Actor? actor, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await database.TransactAsync(s => ImportStore.FailAbandonedAsync(s, clock.GetUtcNow(), cancellation), cancellation);
        var (import, total) = await ReadAsync(
            async s => (await ImportStore.ReadAsync(s, id, cancellation), await ImportItems.CountAsync(s, id, ImportItemState.Applied, cancellation)), cancellation);
        ThrowIfRunning(import);
        if (!import.CanUndo)
        {
            throw new RefusedException(import.State switch
            {
                ImportState.Undone => "It is undone already.",
                ImportState.Applied => "It was made by an earlier version, which kept no journal: it can't be undone.",
                _ => "Only an import that is applied can be undone.",
            });
        }

        await TakeAsync(id, import.State, ImportState.Undoing, total, cancellation);
        await GuardAsync(id, () => undo.UndoAsync(import with { Total = total }, batchSize: 200, progress, cancellation));
        var summary = await SummaryAsync(id, watch.Elapsed, cancellation);
        await NoteAsync("undoImport", actor ?? Actor.System($"import:{import.Source}"), id, new { Undone = total - summary.Left, summary.Left }, cancellation);
        return summary;
    }

    /// <summary>How many entries came last time, where now so few come that the import asks first; null where all is well.</summary>
    public static async Task<int?> FewerThanAsync(DbSession session, Import import, CancellationToken cancellation) =>
        !import.IsPart && await ImportStore.LastCountAsync(session, import.Source, cancellation) is { } last
        // What is refused has arrived, too.
        && import.Arrived + import.RowsRefused < last * LeastShare ? last : null;

    /// <summary>Publishes what an import has written as drafts; what somebody has worked on since stays as it is.</summary>
    /// <exception cref="RefusedException">It is not applied, or four eyes are kept and the person brought it in.</exception>
    public async Task<ImportSummary> PublishAsync(Guid id, Actor actor, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await database.TransactAsync(s => ImportStore.FailAbandonedAsync(s, clock.GetUtcNow(), cancellation), cancellation);
        var (import, total) = await ReadAsync(
            async s => (await ImportStore.ReadAsync(s, id, cancellation), await ImportItems.CountAsync(s, id, ImportItemState.Applied, cancellation)), cancellation);
        ThrowIfRunning(import);
        if (!import.CanPublish)
        {
            throw new RefusedException("Only an import that is applied, and not undone, can be published.");
        }

        await CheckFourEyesAsync(import, actor, cancellation);
        await TakeAsync(id, import.State, ImportState.Applying, total, cancellation);
        await database.TransactAsync(s => ImportStore.ChooseAsync(s, id, publish: true, cancellation), cancellation);
        await GuardAsync(id, () => importPublisher.PublishAsync(import with { Total = total }, actor, progress, cancellation));
        var summary = await SummaryAsync(id, watch.Elapsed, cancellation);
        await NoteAsync("publishImport", actor, id, new { summary.Published }, cancellation);
        return summary;
    }

    /// <summary>Whether that person may publish the import: who brought a file in, or chose how it is read, is the author of what it says.</summary>
    public static async Task<bool> IsForOtherEyesAsync(DbSession session, Import import, Actor actor, CancellationToken cancellation) =>
        IsAuthor(import, actor) && (await SettingStore.ReadAsync(session, cancellation)).FourEyes;

    private static bool IsAuthor(Import import, Actor actor) => actor.CuratorId is not null && (import.StartedBy == actor.Code || import.PlannedBy == actor.Code);

    private async Task CheckFourEyesAsync(Import import, Actor? actor, CancellationToken cancellation)
    {
        if (actor is not { } person || !IsAuthor(import, person))
        {
            return;
        }

        const string refusal = "You brought this import in: another reviewer must publish it. You can apply it as drafts.";
        await database.TransactAsync(s => publisher.KeepFourEyesAsync(s, person, $"import:{import.ImportId}", refusal, cancellation), cancellation);
    }

    private async Task<ImportSummary> ApplyAsync(
        Guid id, ImportChoice choice, Actor? actor, bool isFresh, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await database.TransactAsync(s => ImportStore.FailAbandonedAsync(s, clock.GetUtcNow(), cancellation), cancellation);
        var (import, total, fewerThan) = await ReadAsync(
            async s =>
            {
                var read = await ImportStore.ReadAsync(s, id, cancellation);
                return (read, await ImportItems.CountAsync(s, id, ImportItemState.Planned, cancellation), await FewerThanAsync(s, read, cancellation));
            },
            cancellation);
        ThrowIfRunning(import);
        if (!import.CanApply)
        {
            throw new RefusedException("Only an import that is planned, and not applied so far, can be applied.");
        }

        if (fewerThan is { } last && !choice.EvenIfFewer)
        {
            throw new RefusedException(
                $"Only {import.Arrived:N0} entries came, and {last:N0} last time: look whether the file is whole. Nothing was written. "
                + $"If it is right, apply the import {id} with --even-if-fewer; each entry that is missing then becomes a check.");
        }

        if (choice.Publish)
        {
            await CheckFourEyesAsync(import, actor, cancellation);
        }

        await TakeAsync(id, import.State, ImportState.Applying, total, cancellation);
        await database.TransactAsync(s => ImportStore.ChooseAsync(s, id, choice.Publish, cancellation), cancellation);
        await GuardAsync(id, () => applier
            .ApplyAsync(import with { Total = total, Publish = choice.Publish }, isFresh, choice.BatchSize, progress, cancellation));
        var summary = await SummaryAsync(id, watch.Elapsed, cancellation);
        var counts = new
        {
            summary.Rows,
            summary.New,
            summary.Changed,
            summary.Same,
            summary.Conflicting,
            summary.NotListed,
            summary.Vanished,
            summary.Published,
            summary.Refused,
            summary.Duplicates,
        };
        await NoteAsync("import", actor ?? Actor.System($"import:{import.Source}"), id, counts, cancellation);
        return summary;
    }

    /// <summary>Whoever works on an import says so now and then. A process that crashed stops saying so, and cannot say that it crashed.</summary>
    private void ThrowIfRunning(Import import)
    {
        if (!import.IsRunning)
        {
            return;
        }

        var silent = import.AliveAt is { } alive ? clock.GetUtcNow() - alive : ImportStore.Patience;
        var wait = Math.Max(1, (int)Math.Ceiling((ImportStore.Patience - silent).TotalSeconds));
        var was = Math.Max(0, (int)silent.TotalSeconds);
        throw new RefusedException(string.Create(
            CultureInfo.InvariantCulture,
            $"Another process is working on this import, or crashed while it did: it was last heard from {was} seconds ago. If it crashed, run this command again in {wait} seconds. The import then continues where it stopped."));
    }

    private async Task TakeAsync(Guid id, ImportState from, ImportState to, int total, CancellationToken cancellation)
    {
        if (!await database.TransactAsync(s => ImportStore.RunAsync(s, id, from, to, total, clock.GetUtcNow(), cancellation), cancellation))
        {
            throw new RefusedException("Somebody else is working on this import. Look at it again.");
        }
    }

    /// <summary>Notes of what stops half-way that it did, and why.</summary>
    private async Task GuardAsync(Guid id, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault)
        {
            var why = fault switch
            {
                ImportFileException or RefusedException => fault.Message,
                OperationCanceledException => "It was stopped.",
                _ => "A fault of the program or of the database; the log says which.",
            };
            await database.TransactAsync(s => ImportStore.FailAsync(s, id, why, CancellationToken.None), CancellationToken.None);
            throw;
        }
    }

    private async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> read, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await read(session);
    }

    private async Task<ImportSummary> SummaryAsync(Guid id, TimeSpan elapsed, CancellationToken cancellation)
    {
        var (import, alike) = await ReadAsync(
            async s => (await ImportStore.ReadAsync(s, id, cancellation), await DuplicateStore.CountAsync(s, new PairFilter { ImportId = id }, cancellation)), cancellation);
        return ImportSummary.Of(import) with { Duplicates = alike, Elapsed = elapsed };
    }

    private Task NoteAsync(string activity, Actor actor, Guid id, object counts, CancellationToken cancellation) => database.TransactAsync(
        s => audit.AppendAsync(s, actor, activity, $"import:{id}", JsonSerializer.Serialize(counts, JsonSerializerOptions.Web), cancellation),
        cancellation);
}
