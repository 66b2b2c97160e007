namespace HealthEquity.Store.Databases;

/// <summary>The clock of the database's server; that of this machine for an embedded database.</summary>
public class DatabaseClock
{
    private static readonly Sql Select = new(
        "DatabaseClock.Now",
        sqlServer: "SELECT TODATETIMEOFFSET(SYSUTCDATETIME(), 0)",
        sqlite: "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')");

    /// <summary>The current time, UTC.</summary>
    public virtual Task<DateTimeOffset> NowAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<DateTimeOffset>(Select, null, cancellation);
}
