using System.Globalization;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Settings;

/// <summary>Why a job must not delete anything now.</summary>
/// <param name="Reason">The reason, for the log.</param>
/// <param name="MayRetryToday">Whether the job may be tried again on the same day.</param>
public sealed record JobRefusal(string Reason, bool MayRetryToday);

/// <summary>
/// Keeps daily jobs from deleting anything while a clock is wrong: what is deleted early is lost. A date that jumped is believed when a later run
/// sees it, too: on the same day after a pause that a department can take, otherwise on the next.
/// </summary>
public sealed class JobClock(DatabaseClock databaseClock)
{
    /// <summary>The most days between two runs. More means that a clock is wrong, or that no program ran.</summary>
    public const int MaxDaysBetweenRuns = 2;

    private const int LongestPause = 60;

    private static readonly Sql Select = new("JobClock.Check", "SELECT Value FROM Setting WHERE Name = @name");

    private static readonly Sql Update = new("JobClock.Check", "UPDATE Setting SET Value = @value, ChangedAt = @now, ChangedBy = @by WHERE Name = @name");

    private static readonly Sql Insert = new(
        "JobClock.Check", "INSERT INTO Setting (Name, Value, ChangedAt, ChangedBy) VALUES (@name, @value, @now, @by)");

    /// <summary>Records the date on which a job runs.</summary>
    /// <param name="session">A session in the transaction of the job.</param>
    /// <param name="job">The job.</param>
    /// <param name="now">The time of this process.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Why the job must not delete anything now; null if it may.</returns>
    public async Task<JobRefusal?> CheckAsync(DbSession session, string job, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var row = new { name = $"clock:{job}", value = Text(today), now, by = Actor.System(job).Code };
        var last = await session.ScalarAsync<string>(Select, row, cancellation);
        if (await session.ExecuteAsync(Update, row, cancellation) == 0)
        {
            await session.ExecuteAsync(Insert, row, cancellation);
        }

        if (await databaseClock.DisagreementAsync(session, now, cancellation) is { } difference)
        {
            return new JobRefusal($"The clocks of this computer and of the database differ by {difference.TotalMinutes:F0} minutes. Correct them.", MayRetryToday: true);
        }

        if (!DateOnly.TryParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return null;
        }

        var jump = today.DayNumber - day.DayNumber;
        return Math.Abs(jump) > MaxDaysBetweenRuns
            ? new JobRefusal($"The last run was on {last}, and today seems to be {Text(today)}. If that is right, nothing needs to be done.", MayRetryToday: jump is > 0 and <= LongestPause)
            : null;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
