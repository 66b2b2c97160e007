using System.Threading.Channels;
using HealthEquity.Admin.Directory;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Running;
using HealthEquity.Imports.Sources;
using HealthEquity.Imports.Uploads;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.Imports;

/// <summary>
/// Plans, applies, publishes and undoes imports behind the pages, one after the other. What waits lies in the database, so that any
/// node may do it; while one works it says every so often that it is alive, and what a dead one left is given up as failed.
/// </summary>
public sealed class ImportRunner(
    Database database, Importer importer, DirectoryRules rules, ImportLimits limits, TimeProvider clock, ILogger<ImportRunner> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private DateTimeOffset _sweepAt = DateTimeOffset.MinValue;

    /// <summary>Says that something was asked for just now, so that nobody waits for the next look.</summary>
    public void Wake() => _asked.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
                while (await database.TransactAsync(s => ImportTasks.TakeAsync(s, clock.GetUtcNow(), stoppingToken), stoppingToken) is { } next)
                {
                    await RunAsync(next.Import, next.Task, stoppingToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The database may be away for a while; the next look tries again.
                log.LogError(fault, "What is asked of imports could not be read; it is tried again in {Seconds} seconds.", Pause.TotalSeconds);
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var pause = new CancellationTokenSource(Pause, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, stopping);
        try
        {
            await _asked.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // It is time to look whether another node was asked for something.
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (now >= _sweepAt)
        {
            _sweepAt = now + BetweenSweeps;
            await database.TransactAsync(s => ImportTasks.DropAbandonedAsync(s, now, cancellation), cancellation);
        }
    }

    private async Task RunAsync(Guid id, ImportTask task, CancellationToken stopping)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var alive = StayAliveAsync(id, done.Token);
        string? fault = null;
        try
        {
            await WorkAsync(id, task, stopping);
        }
        catch (RefusedException refused)
        {
            fault = refused.Message;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            fault = "The console was stopped. Ask for it again.";
        }
        catch (Exception unexpected)
        {
            log.LogError(unexpected, "An import failed: {Work} {Import}.", task.Work, id);
        }

        await done.CancelAsync();
        await alive;
        // Whatever happened, it may be asked for again.
        await database.TransactAsync(
            async session =>
            {
                await ImportTasks.FinishAsync(session, id, CancellationToken.None);
                if (fault is not null)
                {
                    await ImportStore.NoteFaultAsync(session, id, fault, CancellationToken.None);
                }
            },
            CancellationToken.None);
    }

    private async Task WorkAsync(Guid id, ImportTask task, CancellationToken cancellation)
    {
        // The vocabularies may have changed since they were last read here.
        await rules.VocabulariesAsync(cancellation);
        var actor = new Actor(task.AskedBy);
        switch (task.Work)
        {
            case ImportWork.Plan:
                await PlanAsync(id, task, cancellation);
                break;
            case ImportWork.Apply:
                var choice = new ImportChoice { Publish = task.Publish, EvenIfFewer = task.EvenIfFewer };
                await importer.ApplyAsync(id, choice, actor, progress: null, cancellation);
                break;
            case ImportWork.Publish:
                await importer.PublishAsync(id, actor, progress: null, cancellation);
                break;
            case ImportWork.Undo:
                await importer.UndoAsync(id, actor, progress: null, cancellation);
                break;
        }
    }

    private async Task PlanAsync(Guid id, ImportTask task, CancellationToken cancellation)
    {
        var (import, mapping) = await ReadAsync(id, task.Mapping, cancellation);
        using var folder = new ImportFolder(import.FileName);
        try
        {
            // No file has the name of an address: see ImportFolder.NameOf.
            var request = new ImportRequest
            {
                Path = import.FileName,
                Mapping = mapping,
                SourceName = task.SourceName,
                SourceTitle = task.SourceTitle,
                Kind = task.Kind,
                RefusedFolder = folder.Aside,
                Limits = limits.Source,
            };
            if (!request.IsAddress)
            {
                await using (var copy = File.Create(folder.FilePath))
                {
                    await ImportUploads.CopyToAsync(database, id, copy, cancellation);
                }

                request = request with { Path = folder.Open(limits.Source) };
            }

            await importer.PlanAsync(id, request, progress: null, cancellation);
        }
        catch (ImportFileException refused)
        {
            throw new ImportFileException(folder.Plain(refused.Message));
        }

        // The plan holds everything that applying it needs.
        await database.TransactAsync(s => ImportUploads.DeleteAsync(s, id, cancellation), cancellation);
    }

    private async Task<(Import Import, ImportMapping? Mapping)> ReadAsync(Guid id, string? mapping, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var import = await ImportStore.ReadAsync(session, id, cancellation);
        return mapping is null
            ? (import, null)
            : (import, await SavedMappings.FindByNameAsync(session, mapping, cancellation) ?? throw new MappingException("", $"There is no mapping '{mapping}' any more: choose another."));
    }

    private async Task StayAliveAsync(Guid id, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(SignOfLife, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await database.TransactAsync(s => ImportTasks.StayAliveAsync(s, id, clock.GetUtcNow(), cancellation), cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
        catch (Exception fault)
        {
            // Without the sign, another node may take the work for abandoned; the work itself says so when it ends.
            log.LogError(fault, "The sign of life of the import {Import} could not be written.", id);
        }
    }
}
