using HealthEquity.Formats.Sources;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Records;

/// <summary>How much of a source was lost in one column for one reason.</summary>
public sealed record ImportLoss
{
    /// <summary>The column, or the entry's field; empty for the entire row.</summary>
    public string Field { get; init; } = "";

    /// <summary>What is wrong; "…" stands for what differs from row to row.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The rows were loaded without that value; otherwise they were refused or left out.</summary>
    public bool Loaded { get; init; }

    /// <summary>How often.</summary>
    public int Times { get; init; }
}

/// <summary>Totals what an import lost, by column and reason.</summary>
public static class ImportLosses
{
    private const int Most = 200;

    // A value that stands in the reason would make each row a reason of its own.
    private static readonly Sql Select = new(
        "ImportLosses.List",
        sqlServer: """
            SELECT x.Field, x.Reason, x.Loaded, COUNT(*) AS Times
            FROM (
              SELECT r.Field, r.Loaded, REPLACE(r.Reason, N'''' + SUBSTRING(r.Value, 1, 200) + N'''', N'…') AS Reason
              FROM ImportRefusal AS r WHERE r.ImportId = @import
            ) AS x
            GROUP BY x.Field, x.Reason, x.Loaded
            ORDER BY COUNT(*) DESC, x.Field, x.Reason
            """,
        sqlite: """
            SELECT x.Field, x.Reason, x.Loaded, COUNT(*) AS Times
            FROM (
              SELECT r.Field, r.Loaded, REPLACE(r.Reason, '''' || SUBSTR(r.Value, 1, 200) || '''', '…') AS Reason
              FROM ImportRefusal AS r WHERE r.ImportId = @import
            ) AS x
            GROUP BY x.Field, x.Reason, x.Loaded
            ORDER BY COUNT(*) DESC, x.Field, x.Reason
            """);

    /// <summary>What was lost, the most frequent first.</summary>
    public static async Task<IReadOnlyList<ImportLoss>> ListAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        [.. (await session.QueryAsync<ImportLoss>(Select, new { import }, cancellation)).Take(Most)];

    /// <summary>What the source marks as not for the public, in sentences such as "393 rows are marked not for the public."</summary>
    public static IEnumerable<string> Marks(IReadOnlyList<ImportLoss> losses)
    {
        foreach (var (reason, one, many) in new[]
        {
            (SourceMarkers.NotPublic, "row is marked not for the public", "rows are marked not for the public"),
            (SourceMarkers.NotActive, "row is marked inactive", "rows are marked inactive"),
            (SourceMarkers.PrivatePlace, "address is marked private", "addresses are marked private"),
            (SourceMarkers.PrivateCells, "phone or contact is marked private", "phones or contacts are marked private"),
        })
        {
            if (losses.Where(l => l.Reason == reason).Sum(l => l.Times) is > 0 and var times)
            {
                yield return $"{times:N0} {(times == 1 ? one : many)}.";
            }
        }
    }
}
