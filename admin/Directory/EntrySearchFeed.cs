using System.Diagnostics;

namespace HealthEquity.Admin.Directory;

/// <summary>
/// Builds the curators' search index beside the console's start, and then brings in what other processes did and nobody's search has
/// taken in yet. Until it is built, lists search by name, slug and whole keys, and say so.
/// </summary>
internal sealed class EntrySearchFeed(EditorialDirectory directory, DirectoryHealth health, TimeProvider clock, ILogger<EntrySearchFeed> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whoever starts the console does not wait for the index.
        await Task.Yield();
        var watch = Stopwatch.StartNew();
        var failing = false;
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                var first = !directory.IsReady;
                if (await directory.CatchUpAsync(stoppingToken) is { Count: > 0 } unreadable)
                {
                    log.LogError("Entries that can't be read, and are not searched: {Ids}", string.Join(", ", unreadable));
                }

                if (first)
                {
                    log.LogInformation("{Count} entries can be searched after {Elapsed} ms.", directory.Count, watch.ElapsedMilliseconds);
                    await health.ReadAsync(stoppingToken);
                }

                failing = false;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                {
                    log.LogWarning(fault, "The database does not answer; entries are searched as they were.");
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
}
