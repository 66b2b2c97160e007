using System.Text.Json;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Uploads;

/// <summary>Stores the detected format and first rows of uploaded files until they are planned, so a large file is examined only once.</summary>
public static class ImportSamples
{
    private const int MaxRows = 200;
    private const int MaxCellLength = 200;

    private static readonly Sql Insert = new("ImportSamples.Add", "INSERT INTO ImportSample (ImportId, Body) VALUES (@import, @body)");

    private static readonly Sql Select = new("ImportSamples.Find", "SELECT Body FROM ImportSample WHERE ImportId = @import");

    private static readonly Sql Delete = new("ImportSamples.Delete", "DELETE FROM ImportSample WHERE ImportId = @import");

    private static readonly Sql DeleteOld = new(
        "ImportSamples.DeleteOld", "DELETE FROM ImportSample WHERE ImportId IN (SELECT i.ImportId FROM Import AS i WHERE i.StartedAt < @before)");

    /// <summary>Adds a sample.</summary>
    public static Task AddAsync(DbSession session, Guid import, RecognizedSource source, CancellationToken cancellation)
    {
        var rows = source.Sample.Rows.Take(MaxRows).Select(r => (IReadOnlyList<string>)[.. r.Select(c => c.Length <= MaxCellLength ? c : c[..MaxCellLength])]);
        var body = JsonSerializer.Serialize(source with { Sample = source.Sample with { Rows = [.. rows] } }, JsonSerializerOptions.Web);
        return session.ExecuteAsync(Insert, new { import, body }, cancellation);
    }

    /// <summary>The detected format of the file; null once it is planned.</summary>
    public static async Task<RecognizedSource?> FindAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        await session.ScalarAsync<string>(Select, new { import }, cancellation) is { } body
            ? JsonSerializer.Deserialize<RecognizedSource>(body, JsonSerializerOptions.Web)
            : null;

    internal static Task DeleteAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.ExecuteAsync(Delete, new { import }, cancellation);

    internal static Task DeleteOldAsync(DbSession session, DateTimeOffset before, CancellationToken cancellation) =>
        session.ExecuteAsync(DeleteOld, new { before }, cancellation);
}
