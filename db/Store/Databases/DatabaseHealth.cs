using System.Data.Common;

namespace HealthEquity.Store.Databases;

/// <summary>Whether the database answers.</summary>
public static class DatabaseHealth
{
    private static readonly Sql Ask = new("DatabaseHealth.Answers", "SELECT COUNT(*) FROM Vocabulary");

    /// <summary>True if the database responds. Errors are only logged.</summary>
    public static async Task<bool> AnswersAsync(Database database, CancellationToken cancellation)
    {
        try
        {
            await using var session = await database.OpenAsync(cancellation);
            await session.ScalarAsync<int>(Ask, null, cancellation);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
