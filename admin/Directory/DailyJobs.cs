using HealthEquity.Imports.Uploads;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Suggestions;
using HealthEquity.Store.Verification;

namespace HealthEquity.Admin.Directory;

/// <summary>
/// Runs each daily job on the first console node that gets to it: suspends entries that are overdue beyond the grace period,
/// deletes old suggestions, unsaved drafts, unused uploads, and old sessions, and checks recently saved entries for duplicates.
/// </summary>
internal sealed class DailyJobs(Database database, OverdueSuspension suspension, DuplicateStore duplicates, SuggestionStore suggestions, JobClock clocks, TimeProvider clock, ILogger<DailyJobs> log)
    : BackgroundService
{
    /// <summary>How long unused sessions are kept.</summary>
    internal static readonly TimeSpan SessionRetention = TimeSpan.FromDays(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>Runs the jobs that have not run today. A failed job releases its lease, so that this or another node can retry it.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        await OnceADayAsync(
            "suspendOverdue",
            () => SuspendOverdueAsync(cancellation),
            cancellation);
        await OnceADayAsync("deleteSuggestions", session => suggestions.DeleteOldAsync(session, cancellation), cancellation);
        await OnceADayAsync("deleteUnsaved", session => DeleteUnsavedAsync(session, cancellation), cancellation);
        await OnceADayAsync("deleteUploads", session => ImportUploads.DeleteOldAsync(session, clock.GetUtcNow(), cancellation), cancellation);
        await OnceADayAsync(
            "findDuplicates",
            async () => log.LogInformation("Checked {Entries} entries for duplicates.", await duplicates.CatchUpAsync(database, cancellation)),
            cancellation);
        await OnceADayAsync("forgetSessions", session => CuratorSessions.DeleteOldAsync(session, clock.GetUtcNow() - SessionRetention, cancellation), cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be temporarily unavailable, or have been waited for too long.
                log.LogError(fault, "The daily jobs failed. Retrying in {Minutes} minutes.", Interval.TotalMinutes);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SuspendOverdueAsync(CancellationToken cancellation)
    {
        var report = await suspension.RunAsync(database, cancellation);
        if (report.Refusal is { } refusal)
        {
            log.LogWarning("{Refusal}", refusal);
        }
        else
        {
            log.LogInformation("Suspended {Suspended} overdue entries.", report.Suspended);
        }
    }

    private async Task DeleteUnsavedAsync(DbSession session, CancellationToken cancellation)
    {
        var settings = await SettingStore.ReadAsync(session, cancellation);
        await AutosavedDrafts.DeleteOldAsync(session, clock.GetUtcNow().AddDays(-settings.UnsavedDays), cancellation);
    }

    /// <summary>Runs a job that deletes something, unless a clock seems to be wrong.</summary>
    private Task OnceADayAsync(string job, Func<DbSession, Task> delete, CancellationToken cancellation) => OnceADayAsync(
        job,
        async () =>
        {
            var refusal = await database.TransactAsync(
                async session =>
                {
                    var refused = await clocks.CheckAsync(session, job, clock.GetUtcNow(), cancellation);
                    await (refused is null ? delete(session) : Task.CompletedTask);
                    return refused;
                },
                cancellation);
            if (refusal is not null)
            {
                log.LogWarning("The job {Job} deleted nothing. {Reason}", job, refusal.Reason);
            }

            if (refusal?.MayRetryToday == true)
            {
                await JobLease.ReleaseAsync(database, job, clock.GetUtcNow(), cancellation);
            }
        },
        cancellation);

    private async Task OnceADayAsync(string job, Func<Task> work, CancellationToken cancellation)
    {
        if (!await JobLease.TryAcquireAsync(database, job, clock.GetUtcNow(), cancellation))
        {
            return;
        }

        try
        {
            await work();
        }
        catch
        {
            await JobLease.ReleaseAsync(database, job, clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
    }
}
