using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HealthEquity.Store.Databases;

/// <summary>
/// SQLite's one write lock. Microsoft.Data.Sqlite waits for it by putting the thread to sleep. This class retries without holding a thread,
/// so that waiting writers block nobody else.
/// </summary>
internal static class SqliteWriteLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>Takes the lock (BEGIN IMMEDIATE), runs the work and commits it; when the work throws, nothing of it stays.</summary>
    /// <exception cref="DatabaseBusyException">The lock stayed taken for <see cref="WritePatience.Current"/>.</exception>
    public static async Task<T> HoldAsync<T>(SqliteConnection connection, Func<Task<T>> work, CancellationToken cancellation)
    {
        await TakeAsync(connection, cancellation);
        try
        {
            var result = await work();
            cancellation.ThrowIfCancellationRequested();
            SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, "COMMIT"), connection.Handle);
            return result;
        }
        catch
        {
            // After some faults SQLite has rolled back by itself.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                raw.sqlite3_exec(connection.Handle, "ROLLBACK");
            }

            throw;
        }
    }

    private static async Task TakeAsync(SqliteConnection connection, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var code = raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
            if ((code & 0xFF) is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED))
            {
                SqliteException.ThrowExceptionForRC(code, connection.Handle);
                return;
            }

            if (TimeProvider.System.GetElapsedTime(began) > WritePatience.Current)
            {
                throw new DatabaseBusyException();
            }

            await Task.Delay(Pause, cancellation);
        }
    }
}
