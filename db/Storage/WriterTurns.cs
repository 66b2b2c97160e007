using System.Diagnostics;

namespace HealthEquity.Db.Storage;

/// <summary>
/// Lets others write in the midst of long work. SQLite has one writer and no queue: who waits looks again every 150 ms
/// (Microsoft.Data.Sqlite), and one transaction right after the other would leave no moment in which to find it free.
/// </summary>
internal sealed class WriterTurns(Database database)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _since = Stopwatch.StartNew();

    /// <summary>Is called between two transactions, and pauses when others have waited long enough.</summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        if (database.Dialect == Dialect.Sqlite && _since.Elapsed > Longest)
        {
            await Task.Delay(Pause, cancellation);
            _since.Restart();
        }
    }
}
