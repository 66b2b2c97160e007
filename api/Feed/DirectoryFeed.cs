using System.Diagnostics;
using System.Runtime;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Api.Feed;

/// <summary>How the node keeps up with the database.</summary>
public sealed class DirectoryFeedOptions
{
    /// <summary>Time between two looks at the sequence.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Rows read at once.</summary>
    public int BatchSize { get; set; } = 1_000;
}

/// <summary>
/// Brings the published directory into memory: all of it at start, then what changes. When the database fails, the node goes
/// on with what it has, and <c>health/ready</c> says how old that is.
/// </summary>
public sealed class DirectoryFeed(
    Database database,
    PublishedReader reader,
    PublishedDirectory directory,
    DirectoryVocabularies vocabularies,
    DirectoryFeedOptions options,
    TimeProvider clock,
    ILogger<DirectoryFeed> log) : BackgroundService
{
    private DateTimeOffset? _vocabularyVersion;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watch = Stopwatch.StartNew();
        var failing = false;
        using var timer = new PeriodicTimer(options.PollInterval, clock);
        do
        {
            try
            {
                var first = !directory.IsReady;
                // Until the first answer nobody waits on a pause; collecting beside the loading costs a fifth of it.
                GCSettings.LatencyMode = first ? GCLatencyMode.Batch : GCLatencyMode.Interactive;
                await CatchUpAsync(stoppingToken);
                if (first)
                {
                    log.LogInformation("Directory loaded: {Count} entries in {Elapsed} ms", directory.Current.Count, watch.ElapsedMilliseconds);
                }

                if (failing)
                {
                    log.LogInformation("The database answers again");
                    failing = false;
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                {
                    log.LogWarning(fault, "The database does not answer; the directory is served as it was");
                    failing = true;
                }
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Curators may change a vocabulary too; that moves no entry's number.</summary>
    private async Task ReadVocabulariesAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var version = await VocabularyStore.VersionAsync(session, cancellation);
        if (version is null || version == _vocabularyVersion)
        {
            return;
        }

        var current = await VocabularyStore.ReadAsync(session, cancellation);
        vocabularies.Replace(current);
        directory.Index.Use(current);
        _vocabularyVersion = version;
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        // First, so that the whole directory is read only once at start.
        await ReadVocabulariesAsync(cancellation);
        var changes = reader.ReadAllAfterAsync(directory.Sequence, options.BatchSize, cancellation);
        if (await directory.Index.ApplyAsync(changes, cancellation) is { Count: > 0 } unreadable)
        {
            log.LogError("Published entries that can't be read, and are left as they were: {Ids}", string.Join(", ", unreadable));
        }

        directory.Index.Tick(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        directory.Polled();
    }
}
