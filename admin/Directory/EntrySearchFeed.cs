using System.Diagnostics;

namespace HealthEquity.Admin.Directory;

/// <summary>
/// Builds the curators' search index in the background, then keeps it up to date with changes from other processes. Until the index is
/// ready, lists search only by name, slug, and complete keys, and say so.
/// </summary>
internal sealed class EntrySearchFeed(EditorialDirectory directory, DirectoryHealth health, TimeProvider clock, ILogger<EntrySearchFeed> log) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Don't delay startup.
        await Task.Yield();
        var watch = Stopwatch.StartNew();
        var failing = false;
        using var timer = new PeriodicTimer(PollInterval, clock);
        do
        {
            try
            {
                var first = !directory.IsReady;
                if (await directory.CatchUpAsync(stoppingToken) is { Count: > 0 } unreadable)
                {
                    log.LogError("These entries can't be read, so they are not searchable: {Ids}", string.Join(", ", unreadable));
                }

                if (first)
                {
                    log.LogInformation("Indexed {Count} entries in {Elapsed} ms.", directory.Count, watch.ElapsedMilliseconds);
                    await health.ReadAsync(stoppingToken);
                }

                failing = false;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                {
                    log.LogWarning(fault, "The database is not available. Search results may be outdated.");
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
