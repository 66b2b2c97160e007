namespace HealthEquity.Store.Databases;

/// <summary>
/// Pauses long-running work so that other writers get a chance. SQLite allows one writer and has no queue: a waiting connection tries
/// again every 15 ms, for two seconds (<see cref="WritePatience"/>), and back-to-back transactions would never leave it a free moment.
/// </summary>
/// <param name="database">The database that the work writes to.</param>
/// <param name="clock">Measures how long the work has run.</param>
public sealed class WriteThrottle(Database database, TimeProvider clock)
{
    private static readonly TimeSpan MaxRun = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private long _since = clock.GetTimestamp();

    /// <summary>Call between two transactions. Pauses if other writers have waited long enough.</summary>
    public async Task PauseAsync(CancellationToken cancellation)
    {
        if (database.Dialect == Dialect.Sqlite && clock.GetElapsedTime(_since) > MaxRun)
        {
            await Task.Delay(Pause, clock, cancellation);
            _since = clock.GetTimestamp();
        }
    }
}
