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
/// What is done once a day, by whichever node of the console comes first: entries overdue beyond their grace are suspended;
/// suggestions past their time, texts that nobody saved, files that nobody imported, and sessions long over are deleted; entries that nobody has looked at for
/// duplicates since they were saved are looked at.
/// </summary>
internal sealed class DailyJobs(Database database, VerificationStore verifications, DuplicateStore duplicates, SuggestionStore suggestions, TimeProvider clock, ILogger<DailyJobs> log)
    : BackgroundService
{
    /// <summary>Sessions unused for so long are of no use to whoever looks through their own.</summary>
    internal static readonly TimeSpan SessionsKept = TimeSpan.FromDays(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>Does what this day still lacks. Each job is given back when it fails, so that the next round, or another node, tries again.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        await OnceADayAsync(
            "suspendOverdue",
            async () => log.LogInformation("{Suspended} overdue entries were suspended.", await verifications.SuspendOverdueAsync(database, cancellation)),
            cancellation);
        await OnceADayAsync("deleteSuggestions", session => suggestions.DeleteOldAsync(session, cancellation), cancellation);
        await OnceADayAsync("deleteUnsaved", session => DeleteUnsavedAsync(session, cancellation), cancellation);
        await OnceADayAsync("deleteUploads", session => ImportUploads.DeleteOldAsync(session, clock.GetUtcNow(), cancellation), cancellation);
        await OnceADayAsync(
            "findDuplicates",
            async () => log.LogInformation("{Entries} entries were looked at for duplicates.", await duplicates.CatchUpAsync(database, cancellation)),
            cancellation);
        await OnceADayAsync("forgetSessions", session => CuratorSessions.DeleteOldAsync(session, clock.GetUtcNow() - SessionsKept, cancellation), cancellation);
    }

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

    private async Task DeleteUnsavedAsync(DbSession session, CancellationToken cancellation)
    {
        var settings = await SettingStore.ReadAsync(session, cancellation);
        await AutosavedDrafts.DeleteOldAsync(session, clock.GetUtcNow().AddDays(-settings.UnsavedDays), cancellation);
    }

    private Task OnceADayAsync(string job, Func<DbSession, Task> work, CancellationToken cancellation) =>
        OnceADayAsync(job, () => database.TransactAsync(work, cancellation), cancellation);

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
