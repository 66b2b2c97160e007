using System.Data.Common;

namespace HealthEquity.Store.Databases;

/// <summary>Whether the database answers.</summary>
public static class DatabaseHealth
{
    private static readonly Sql Ask = new("DatabaseHealth.Answers", "SELECT COUNT(*) FROM Vocabulary");

    /// <summary>True if the database responds in time. One that hangs is as unavailable as one that refuses.</summary>
    public static async Task<bool> AnswersAsync(Database database, TimeSpan within, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(within);
        try
        {
            await using var session = await database.OpenAsync(limit.Token);
            await session.ScalarAsync<int>(Ask, null, limit.Token);
            return true;
        }
        catch (Exception fault) when (fault is DbException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
