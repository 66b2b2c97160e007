namespace HealthEquity.Store.Databases;

/// <summary>The clock of the database's server; that of this machine for an embedded database.</summary>
public class DatabaseClock
{
    /// <summary>How much the clocks of the database and of this process may differ.</summary>
    private static readonly TimeSpan MaxDifference = TimeSpan.FromMinutes(5);

    private static readonly Sql Select = new(
        "DatabaseClock.Now",
        sqlServer: "SELECT TODATETIMEOFFSET(SYSUTCDATETIME(), 0)",
        sqlite: "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')");

    /// <summary>The current time, UTC.</summary>
    public virtual Task<DateTimeOffset> NowAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<DateTimeOffset>(Select, null, cancellation);

    /// <summary>By how much this clock and that of the process differ, if it is too much for a job that trusts the date; null otherwise.</summary>
    public async Task<TimeSpan?> DisagreementAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation)
    {
        var difference = (await NowAsync(session, cancellation) - now).Duration();
        return difference > MaxDifference ? difference : null;
    }
}
