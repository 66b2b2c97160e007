namespace HealthEquity.Store.Databases;

/// <summary>Stores the keys that protect the console's cookies and forms, so that all nodes share them.</summary>
public static class DataProtectionKeys
{
    private static readonly Sql Select = new("DataProtectionKeys.Read", "SELECT Xml FROM DataProtectionKey ORDER BY CreatedAt");

    private static readonly Sql Insert = new(
        "DataProtectionKeys.Add",
        "INSERT INTO DataProtectionKey (DataProtectionKeyId, FriendlyName, Xml, CreatedAt) VALUES (@id, @friendlyName, @xml, @now)");

    /// <summary>All keys, as XML.</summary>
    public static Task<IReadOnlyList<string>> ReadAsync(DbSession session, CancellationToken cancellation) =>
        session.QueryAsync<string>(Select, null, cancellation);

    /// <summary>Adds a key.</summary>
    public static Task AddAsync(DbSession session, string friendlyName, string xml, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(Insert, new { id = Guid.CreateVersion7(now), friendlyName, xml, now }, cancellation);
}
