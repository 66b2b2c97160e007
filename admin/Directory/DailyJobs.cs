using HealthEquity.Db;
using HealthEquity.Db.Settings;
using HealthEquity.Db.Storage;
using HealthEquity.Db.Suggestions;

namespace HealthEquity.Admin.Directory;

/// <summary>
/// What is done once a day, by whichever node of the console comes first: entries overdue beyond their grace are suspended,
/// suggestions past their time deleted.
/// </summary>
internal sealed class DailyJobs(Database database, EditorialStores stores, SuggestionStore suggestions, TimeProvider clock, ILogger<DailyJobs> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The database may be away for a while; the next round tries again.
                log.LogError(fault, "The daily jobs failed; they are tried again in {Minutes} minutes.", Pause.TotalMinutes);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        if (await JobLease.TakeAsync(database, "suspendOverdue", clock.GetUtcNow(), cancellation))
        {
            var suspended = await stores.Verifications.SuspendOverdueAsync(database, cancellation);
            log.LogInformation("{Suspended} overdue entries were suspended.", suspended);
        }

        if (await JobLease.TakeAsync(database, "deleteSuggestions", clock.GetUtcNow(), cancellation))
        {
            await database.TransactAsync(session => suggestions.DeleteOldAsync(session, cancellation), cancellation);
        }
    }
}
