using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Settings;

/// <summary>Lets one of several nodes do a job that is to be done once: whoever moves the job's date first does it.</summary>
public static class JobLease
{
    private static readonly Sql Claim = new(
        "JobLease.Take", "UPDATE Setting SET Value = @on, ChangedAt = @now, ChangedBy = @by WHERE Name = @name AND Value < @on");

    private static readonly Sql Exists = new("JobLease.Take", "SELECT COUNT(*) FROM Setting WHERE Name = @name");

    private static readonly Sql Insert = new(
        "JobLease.Take", "INSERT INTO Setting (Name, Value, ChangedAt, ChangedBy) VALUES (@name, '', @now, @by)");

    private static readonly Sql Return = new(
        "JobLease.GiveBack", "UPDATE Setting SET Value = '', ChangedAt = @now, ChangedBy = @by WHERE Name = @name");

    /// <summary>Takes the job for a day.</summary>
    /// <returns>True for exactly one of those who ask; the others leave it to that one.</returns>
    public static async Task<bool> TakeAsync(Database database, string job, DateTimeOffset now, CancellationToken cancellation)
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

                // The primary key lets only one in; who is refused finds the row when it asks again.
                await session.ExecuteAsync(Insert, row, cancellation);
                return await session.ExecuteAsync(Claim, row, cancellation) == 1;
            },
            cancellation);
    }

    /// <summary>Gives back a job that was taken and could not be done: whoever asks next takes it.</summary>
    public static Task GiveBackAsync(Database database, string job, DateTimeOffset now, CancellationToken cancellation) =>
        database.TransactAsync(session => session.ExecuteAsync(Return, Row(job, now), cancellation), cancellation);

    private static object Row(string job, DateTimeOffset now) =>
        new { name = $"job:{job}", on = now.UtcDateTime.ToString("yyyy-MM-dd", null), now, by = Actor.System(job).Code };
}
