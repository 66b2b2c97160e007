using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Settings;

/// <summary>Lets only one of several nodes run a daily job: the node that advances the job's date first.</summary>
public static class JobLease
{
    // A lease that ends after tomorrow was taken by a node whose clock was wrong. It must not stop the job until that day comes.
    private static readonly Sql Claim = new(
        "JobLease.TryAcquire",
        "UPDATE Setting SET Value = @on, ChangedAt = @now, ChangedBy = @by WHERE Name = @name AND (Value < @on OR Value > @latest)");

    private static readonly Sql Exists = new("JobLease.TryAcquire", "SELECT COUNT(*) FROM Setting WHERE Name = @name");

    private static readonly Sql Insert = new(
        "JobLease.TryAcquire", "INSERT INTO Setting (Name, Value, ChangedAt, ChangedBy) VALUES (@name, '', @now, @by)");

    private static readonly Sql Release = new(
        "JobLease.Release", "UPDATE Setting SET Value = '', ChangedAt = @now, ChangedBy = @by WHERE Name = @name");

    /// <summary>Tries to acquire the job for a day.</summary>
    /// <returns>True for exactly one node.</returns>
    public static async Task<bool> TryAcquireAsync(Database database, string job, DateTimeOffset now, CancellationToken cancellation)
    {
        var row = Row(job, now);
        return await database.TransactAsync(
            async session =>
            {
                if (await session.ExecuteAsync(Claim, row, cancellation) == 1)
                {
                    return true;
                }

                if (await session.ScalarAsync<int>(Exists, row, cancellation) > 0)
                {
                    return false;
                }

                // The primary key admits only one insert. A node that fails finds the row next time.
                await session.ExecuteAsync(Insert, row, cancellation);
                return await session.ExecuteAsync(Claim, row, cancellation) == 1;
            },
            cancellation);
    }

    /// <summary>Releases a job that failed, so that the next node can acquire it.</summary>
    public static Task ReleaseAsync(Database database, string job, DateTimeOffset now, CancellationToken cancellation) =>
        database.TransactAsync(session => session.ExecuteAsync(Release, Row(job, now), cancellation), cancellation);

    private static object Row(string job, DateTimeOffset now) =>
        new { name = $"job:{job}", on = Day(now), latest = Day(now.AddDays(1)), now, by = Actor.System(job).Code };

    private static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", null);
}
