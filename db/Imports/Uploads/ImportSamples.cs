using System.Text.Json;
using HealthEquity.Imports.Sources;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Uploads;

/// <summary>Keeps what uploaded files were recognized as, with their first rows, until they are planned: a large file is looked at once.</summary>
public static class ImportSamples
{
    private const int MostRows = 200;
    private const int LongestCell = 200;

    private static readonly Sql Insert = new("ImportSamples.Add", "INSERT INTO ImportSample (ImportId, Body) VALUES (@import, @body)");

    private static readonly Sql Select = new("ImportSamples.Find", "SELECT Body FROM ImportSample WHERE ImportId = @import");

    private static readonly Sql Delete = new("ImportSamples.Delete", "DELETE FROM ImportSample WHERE ImportId = @import");

    private static readonly Sql DeleteOld = new(
        "ImportSamples.DeleteOld", "DELETE FROM ImportSample WHERE ImportId IN (SELECT i.ImportId FROM Import AS i WHERE i.StartedAt < @before)");

    /// <summary>Keeps it.</summary>
    public static Task AddAsync(DbSession session, Guid import, RecognizedSource source, CancellationToken cancellation)
    {
        var rows = source.Sample.Rows.Take(MostRows).Select(r => (IReadOnlyList<string>)[.. r.Select(c => c.Length <= LongestCell ? c : c[..LongestCell])]);
        var body = JsonSerializer.Serialize(source with { Sample = source.Sample with { Rows = [.. rows] } }, JsonSerializerOptions.Web);
        return session.ExecuteAsync(Insert, new { import, body }, cancellation);
    }

    /// <summary>What the file was recognized as; null once it is planned.</summary>
    public static async Task<RecognizedSource?> FindAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        await session.ScalarAsync<string>(Select, new { import }, cancellation) is { } body
            ? JsonSerializer.Deserialize<RecognizedSource>(body, JsonSerializerOptions.Web)
            : null;

    internal static Task DeleteAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.ExecuteAsync(Delete, new { import }, cancellation);

    internal static Task DeleteOldAsync(DbSession session, DateTimeOffset before, CancellationToken cancellation) =>
        session.ExecuteAsync(DeleteOld, new { before }, cancellation);
}
