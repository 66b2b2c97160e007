using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>The columns a curator chose for the list of entries.</summary>
public static class CuratorColumns
{
    private static readonly Sql Select = new("CuratorColumns.Read", "SELECT Columns FROM CuratorColumns WHERE CuratorId = @curator");

    private static readonly Sql Delete = new("CuratorColumns.Save", "DELETE FROM CuratorColumns WHERE CuratorId = @curator");

    private static readonly Sql Insert = new("CuratorColumns.Save", "INSERT INTO CuratorColumns (CuratorId, Columns) VALUES (@curator, @columns)");

    /// <summary>Codes of the columns; empty for the default columns.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(DbSession session, Guid curator, CancellationToken cancellation) =>
        await session.ScalarAsync<string>(Select, new { curator }, cancellation) is { } columns ? columns.Split(' ') : [];

    /// <summary>Saves the curator's columns; empty for the default columns. Requires a transaction.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="curator">The curator's id.</param>
    /// <param name="columns">The column codes, each a single word.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task SaveAsync(DbSession session, Guid curator, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        await session.ExecuteAsync(Delete, new { curator }, cancellation);
        if (columns.Count > 0)
        {
            await session.ExecuteAsync(Insert, new { curator, columns = string.Join(' ', columns) }, cancellation);
        }
    }
}
