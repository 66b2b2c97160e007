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
/// Imports a source: makes a plan with the changes to each entry, then applies the plan. An import can be undone as a whole, and importing the
/// same source again changes nothing. Entries are identified by their ids in the source. Changes by the source alone are taken; fields that a
/// curator also changed become conflicts for a person.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="planner">The planner.</param>
/// <param name="applier">Applies plans.</param>
/// <param name="importPublisher">Publishes imported drafts.</param>
/// <param name="undo">Undoes imports.</param>
/// <param name="publisher">Enforces two-person review.</param>
/// <param name="audit">The audit log.</param>
/// <param name="clock">The clock.</param>
public sealed class Importer(
    Database database, ImportPlanner planner, ImportApplier applier, ImportPublisher importPublisher, ImportUndo undo, Publisher publisher, AuditLog audit, TimeProvider clock)
{
    private const double MinimumShare = 0.7;

    /// <summary>Plans an import and applies it.</summary>
    /// <param name="request">What to import, and how.</param>
    /// <param name="progress">Receives progress after every transaction; can be null.</param>
    /// <param name="cancellation">Cancels the operation, between two transactions.</param>
    /// <exception cref="ImportFileException">A file is missing or does not fit the mapping. Nothing was written.</exception>
    /// <exception cref="RefusedException">The source has far fewer entries than last time. The import is planned, but no entries were changed.</exception>
    public async Task<ImportSummary> ImportAsync(ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var plan = await PlanAsync(request, progress, cancellation);
        var choice = new ImportChoice { Publish = request.Publish, AllowFewer = request.AllowFewer, BatchSize = request.BatchSize };
        var done = await ApplyAsync(plan.ImportId, choice, request.StartedBy, isFresh: true, progress, cancellation);
        return done with { RefusedFiles = plan.RefusedFiles, Elapsed = watch.Elapsed };
    }

    /// <summary>Adds an import for a file; <see cref="PlanAsync(Guid, ImportRequest, IProgress{ImportProgress}, CancellationToken)"/> reads it.</summary>
    /// <returns>The id of the import.</returns>
    public async Task<Guid> AddAsync(string fileName, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await database.TransactAsync(session => ImportStore.AddAsync(session, id, fileName, actor, now, cancellation), cancellation);
        return id;
    }

    /// <summary>Plans an import without changing entries.</summary>
    /// <exception cref="ImportFileException">A file is missing or does not fit the mapping.</exception>
    public async Task<ImportSummary> PlanAsync(ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var name = request.IsAddress ? request.Path : Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Path));
        var id = await AddAsync(name, request.StartedBy ?? Actor.System("import"), cancellation);
        return await PlanAsync(id, request, progress, cancellation);
    }

    /// <summary>Plans an import that has been added.</summary>
    /// <exception cref="ImportFileException">A file is missing or does not fit the mapping.</exception>
    /// <exception cref="RefusedException">The import is already planned.</exception>
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

    /// <summary>Applies a planned import, or resumes one that stopped.</summary>
    /// <exception cref="RefusedException">The import is not planned, or has far fewer entries than last time.</exception>
    public Task<ImportSummary> ApplyAsync(Guid id, ImportChoice choice, Actor? actor, IProgress<ImportProgress>? progress, CancellationToken cancellation) =>
        ApplyAsync(id, choice, actor, isFresh: false, progress, cancellation);

    /// <summary>Undoes an import. Entries that someone has worked on since are kept and listed.</summary>
    /// <exception cref="RefusedException">The import was never applied, or is already undone.</exception>
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
                ImportState.Undone => "This import is already undone.",
                ImportState.Applied => "This import has no journal, so it can't be undone.",
                _ => "Only an applied import can be undone.",
            });
        }

        await TakeAsync(id, import.State, ImportState.Undoing, total, cancellation);
        await GuardAsync(id, () => undo.UndoAsync(import with { Total = total }, batchSize: 200, progress, cancellation));
        var summary = await SummaryAsync(id, watch.Elapsed, cancellation);
        await AuditAsync("undoImport", actor ?? Actor.System($"import:{import.Source}"), id, new { Undone = total - summary.Left, summary.Left }, cancellation);
        return summary;
    }

    /// <summary>The number of entries last time, if the import has so few that it needs confirmation; otherwise null.</summary>
    public static async Task<int?> FewerThanAsync(DbSession session, Import import, CancellationToken cancellation) =>
        !import.IsPart && await ImportStore.LastCountAsync(session, import.Source, cancellation) is { } last
        // Refused rows count, too.
        && import.Arrived + import.RowsRefused < last * MinimumShare ? last : null;

    /// <summary>Publishes the drafts of an import, except for entries that someone has worked on since.</summary>
    /// <exception cref="RefusedException">The import is not applied, or two-person review is on and the person imported it.</exception>
    public async Task<ImportSummary> PublishAsync(Guid id, Actor actor, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await database.TransactAsync(s => ImportStore.FailAbandonedAsync(s, clock.GetUtcNow(), cancellation), cancellation);
        var (import, total) = await ReadAsync(
            async s => (await ImportStore.ReadAsync(s, id, cancellation), await ImportItems.CountAsync(s, id, ImportItemState.Applied, cancellation)), cancellation);
        ThrowIfRunning(import);
        if (!import.CanPublish)
        {
            throw new RefusedException("Only an applied import can be published.");
        }

        await EnforceTwoPersonReviewAsync(import, actor, cancellation);
        await TakeAsync(id, import.State, ImportState.Applying, total, cancellation);
        await database.TransactAsync(s => ImportStore.ChooseAsync(s, id, publish: true, cancellation), cancellation);
        await GuardAsync(id, () => importPublisher.PublishAsync(import with { Total = total }, actor, progress, cancellation));
        var summary = await SummaryAsync(id, watch.Elapsed, cancellation);
        await AuditAsync("publishImport", actor, id, new { summary.Published }, cancellation);
        return summary;
    }

    /// <summary>Whether a person may publish the import. A person who uploaded the file or chose how to read it counts as the author.</summary>
    public static async Task<bool> NeedsOtherReviewerAsync(DbSession session, Import import, Actor actor, CancellationToken cancellation) =>
        IsAuthor(import, actor) && (await SettingStore.ReadAsync(session, cancellation)).FourEyes;

    private static bool IsAuthor(Import import, Actor actor) => actor.CuratorId is not null && (import.StartedBy == actor.Code || import.PlannedBy == actor.Code);

    private async Task EnforceTwoPersonReviewAsync(Import import, Actor? actor, CancellationToken cancellation)
    {
        if (actor is not { } person || !IsAuthor(import, person))
        {
            return;
        }

        const string refusal = "You added this import, so another reviewer must publish it. You can apply it as drafts.";
        await database.TransactAsync(s => publisher.EnforceTwoPersonReviewAsync(s, person, $"import:{import.ImportId}", refusal, cancellation), cancellation);
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
            throw new RefusedException("Only a planned import can be applied.");
        }

        if (fewerThan is { } last && !choice.AllowFewer)
        {
            throw new RefusedException(
                $"This file has only {import.Arrived:N0} entries, but the last one had {last:N0}. Check that it is complete. Nothing was changed. "
                + $"If it is complete, apply the import {id} with --allow-fewer. Each missing entry is then scheduled for a check.");
        }

        if (choice.Publish)
        {
            await EnforceTwoPersonReviewAsync(import, actor, cancellation);
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
        await AuditAsync("import", actor ?? Actor.System($"import:{import.Source}"), id, counts, cancellation);
        return summary;
    }

    /// <summary>A process that works on an import sends heartbeats. A process that crashed stops sending them, but its import still counts as running.</summary>
    private void ThrowIfRunning(Import import)
    {
        if (!import.IsRunning)
        {
            return;
        }

        var silence = import.AliveAt is { } alive ? clock.GetUtcNow() - alive : ImportStore.Patience;
        var wait = Math.Max(1, (int)Math.Ceiling((ImportStore.Patience - silence).TotalSeconds));
        var seconds = Math.Max(0, (int)silence.TotalSeconds);
        throw new RefusedException(string.Create(
            CultureInfo.InvariantCulture,
            $"Another process is working on this import, or crashed: its last heartbeat was {seconds} seconds ago. If it crashed, run this command again in {wait} seconds. The import then continues where it stopped."));
    }

    private async Task TakeAsync(Guid id, ImportState from, ImportState to, int total, CancellationToken cancellation)
    {
        if (!await database.TransactAsync(s => ImportStore.RunAsync(s, id, from, to, total, clock.GetUtcNow(), cancellation), cancellation))
        {
            throw new RefusedException("This import is already in progress. Reload the page.");
        }
    }

    /// <summary>Marks the import as failed if the work stops, with the reason.</summary>
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
                OperationCanceledException => "It was canceled.",
                _ => "An internal or database error. See the log.",
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

    private Task AuditAsync(string activity, Actor actor, Guid id, object counts, CancellationToken cancellation) => database.TransactAsync(
        s => audit.AppendAsync(s, actor, activity, $"import:{id}", JsonSerializer.Serialize(counts, JsonSerializerOptions.Web), cancellation),
        cancellation);
}
