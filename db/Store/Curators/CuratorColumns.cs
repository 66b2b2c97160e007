using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>The columns that a curator keeps for the list of entries.</summary>
public static class CuratorColumns
{
    private static readonly Sql Select = new("CuratorColumns.Read", "SELECT Columns FROM CuratorColumns WHERE CuratorId = @curator");

    private static readonly Sql Delete = new("CuratorColumns.Keep", "DELETE FROM CuratorColumns WHERE CuratorId = @curator");

    private static readonly Sql Insert = new("CuratorColumns.Keep", "INSERT INTO CuratorColumns (CuratorId, Columns) VALUES (@curator, @columns)");

    /// <summary>Codes of the columns; none when the curator keeps none.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(DbSession session, Guid curator, CancellationToken cancellation) =>
        await session.ScalarAsync<string>(Select, new { curator }, cancellation) is { } columns ? columns.Split(' ') : [];

    /// <summary>Keeps columns in place of those before; none, for the usual ones. Wants a transaction.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="curator">Whose.</param>
    /// <param name="columns">Their codes, each one word.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task KeepAsync(DbSession session, Guid curator, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        await session.ExecuteAsync(Delete, new { curator }, cancellation);
        if (columns.Count > 0)
        {
            await session.ExecuteAsync(Insert, new { curator, columns = string.Join(' ', columns) }, cancellation);
        }
    }
}
