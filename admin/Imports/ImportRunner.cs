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
/// Plans, applies, publishes, and undoes imports in the background, one at a time. Tasks are queued in the database, so any node can run
/// them. A running node sends heartbeats. Tasks of a node that stopped sending them are marked as failed.
/// </summary>
public sealed class ImportRunner(
    Database database, Importer importer, DirectoryRules rules, ImportLimits limits, TimeProvider clock, ILogger<ImportRunner> log) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long? _sweptAt;

    /// <summary>Starts the next task immediately instead of at the next poll.</summary>
    public void Wake() => _wakeUps.Writer.TryWrite(true);

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
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be temporarily unavailable, or have been waited for too long.
                log.LogError(fault, "Could not read the import tasks. Retrying in {Seconds} seconds.", PollInterval.TotalSeconds);
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var pause = new CancellationTokenSource(PollInterval, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, stopping);
        try
        {
            await _wakeUps.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to poll for tasks that were queued on other nodes.
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        if (_sweptAt is null || clock.GetElapsedTime(_sweptAt.Value) >= SweepInterval)
        {
            _sweptAt = clock.GetTimestamp();
            var now = clock.GetUtcNow();
            await database.TransactAsync(
                async session =>
                {
                    await ImportTasks.DropAbandonedAsync(session, now, cancellation);
                    await ImportUploads.DeleteIncompleteAsync(session, now, cancellation);
                },
                cancellation);
        }
    }

    private async Task RunAsync(Guid id, ImportTask task, CancellationToken stopping)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heartbeats = SendHeartbeatsAsync(id, done.Token);
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
            fault = "The console was stopped. Start the action again.";
        }
        catch (Exception unexpected)
        {
            log.LogError(unexpected, "An import failed: {Work} {Import}.", task.Work, id);
        }

        await done.CancelAsync();
        await heartbeats;
        // Finish the task in any case, so that it can be requested again.
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
        // Reload the vocabularies if they have changed.
        await rules.VocabulariesAsync(cancellation);
        var actor = new Actor(task.AskedBy);
        switch (task.Work)
        {
            case ImportWork.Plan:
                await PlanAsync(id, task, cancellation);
                break;
            case ImportWork.Apply:
                var choice = new ImportChoice { Publish = task.Publish, AllowFewer = task.AllowFewer };
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
            // A file name can't look like an address; see ImportFolder.NameOf.
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

        // The plan contains everything needed to apply the import.
        await database.TransactAsync(s => ImportUploads.DeleteAsync(s, id, cancellation), cancellation);
    }

    private async Task<(Import Import, ImportMapping? Mapping)> ReadAsync(Guid id, string? mapping, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var import = await ImportStore.ReadAsync(session, id, cancellation);
        return mapping is null
            ? (import, null)
            : (import, await SavedMappings.FindByNameAsync(session, mapping, cancellation) ?? throw new MappingException("", $"The mapping '{mapping}' no longer exists. Choose another one."));
    }

    internal async Task SendHeartbeatsAsync(Guid id, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(HeartbeatInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await SendHeartbeatAsync(id, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The task has finished.
        }
    }

    private async Task SendHeartbeatAsync(Guid id, CancellationToken cancellation)
    {
        try
        {
            await database.TransactAsync(s => ImportTasks.StayAliveAsync(s, id, clock.GetUtcNow(), cancellation), cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // The next one is in time. After two minutes without any, another node treats the task as abandoned.
            log.LogError(fault, "Could not write a heartbeat of import {Import}.", id);
        }
    }
}
