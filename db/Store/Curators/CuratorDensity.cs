using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Curators;

/// <summary>How dense a curator wants the list of entries.</summary>
public static class CuratorDensity
{
    /// <summary>More rows on a screen.</summary>
    public const string Compact = "compact";

    /// <summary>More space; the default.</summary>
    public const string Comfortable = "comfortable";

    private static readonly Sql Select = new("CuratorDensity.Read", "SELECT Density FROM CuratorDensity WHERE CuratorId = @curator");

    private static readonly Sql Delete = new("CuratorDensity.Save", "DELETE FROM CuratorDensity WHERE CuratorId = @curator");

    private static readonly Sql Insert = new("CuratorDensity.Save", "INSERT INTO CuratorDensity (CuratorId, Density) VALUES (@curator, @density)");

    /// <summary>The curator's choice.</summary>
    public static async Task<string> ReadAsync(DbSession session, Guid curator, CancellationToken cancellation) =>
        await session.ScalarAsync<string>(Select, new { curator }, cancellation) ?? Comfortable;

    /// <summary>Saves the curator's choice. Requires a transaction.</summary>
    public static async Task SaveAsync(DbSession session, Guid curator, bool compact, CancellationToken cancellation)
    {
        await session.ExecuteAsync(Delete, new { curator }, cancellation);
        if (compact)
        {
            await session.ExecuteAsync(Insert, new { curator, density = Compact }, cancellation);
        }
    }
}
