namespace HealthEquity.Store.Databases;

/// <summary>
/// Lets others write in the midst of long work. SQLite has one writer and no queue: who waits looks again every 150 ms
/// (Microsoft.Data.Sqlite), and one transaction right after the other would leave no moment in which to find it free.
/// </summary>
/// <param name="database">Where the work writes.</param>
/// <param name="clock">Tells how long the work has gone on.</param>
public sealed class WriterTurns(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private long _since = clock.GetTimestamp();

    /// <summary>Is called between two transactions, and pauses when others have waited long enough.</summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        if (database.Dialect == Dialect.Sqlite && clock.GetElapsedTime(_since) > Longest)
        {
            await Task.Delay(Pause, clock, cancellation);
            _since = clock.GetTimestamp();
        }
    }
}
