using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Duplicates;

/// <summary>Finds candidate pairs: entries that share a key. No other pairs are compared.</summary>
internal static class DuplicateCandidates
{
    // A key shared by more entries than this (a switchboard, a portal) is ignored.
    private const int MaxBlockSize = 40;

    private const string SharedKeys = "'npi', 'license', 'bar', 'ein', 'email', 'phone', 'host', 'name', 'address', 'nearby'";

    private static readonly Sql SelectCandidates = new(
        "DuplicateCandidates.Find",
        sqlServer:
        $"""
        SELECT DISTINCT mine.EntryId AS First, theirs.EntryId AS Second
        FROM EntryKey AS mine
        INNER JOIN EntryKey AS theirs ON theirs.Type = mine.Type AND theirs.Value = mine.Value AND theirs.EntryId <> mine.EntryId
        INNER JOIN Entry AS a ON a.EntryId = mine.EntryId
        INNER JOIN Entry AS b ON b.EntryId = theirs.EntryId AND b.Kind = a.Kind
        WHERE mine.EntryId IN @ids AND mine.Type IN ({SharedKeys})
          AND (SELECT COUNT(*) FROM (SELECT TOP ({MaxBlockSize} + 1) k.EntryId FROM EntryKey AS k WHERE k.Type = mine.Type AND k.Value = mine.Value) AS block) <= {MaxBlockSize}
          AND a.EntryId NOT IN (SELECT m.EntryId FROM MergedEntry AS m) AND b.EntryId NOT IN (SELECT m.EntryId FROM MergedEntry AS m)
        """,
        sqlite:
        // CROSS JOIN keeps this join order, from few rows to many.
        $"""
        SELECT DISTINCT mine.EntryId AS First, theirs.EntryId AS Second
        FROM EntryKey AS mine
        CROSS JOIN EntryKey AS theirs ON theirs.Type = mine.Type AND theirs.Value = mine.Value AND theirs.EntryId <> mine.EntryId
        CROSS JOIN Entry AS a ON a.EntryId = mine.EntryId
        CROSS JOIN Entry AS b ON b.EntryId = theirs.EntryId AND b.Kind = a.Kind
        WHERE mine.EntryId IN @ids AND mine.Type IN ({SharedKeys})
          AND (SELECT COUNT(*) FROM (SELECT k.EntryId FROM EntryKey AS k WHERE k.Type = mine.Type AND k.Value = mine.Value LIMIT {MaxBlockSize} + 1) AS block) <= {MaxBlockSize}
          AND a.EntryId NOT IN (SELECT m.EntryId FROM MergedEntry AS m) AND b.EntryId NOT IN (SELECT m.EntryId FROM MergedEntry AS m)
        """);

    private static readonly Sql SelectKeys = new(
        "DuplicateCandidates.ReadTraits",
        """
        SELECT e.EntryId, e.Kind, k.Type, k.Value
        FROM Entry AS e LEFT JOIN EntryKey AS k ON k.EntryId = e.EntryId
        WHERE e.EntryId IN @ids
        """);

    /// <summary>Pairs that include at least one of these entries, without repeats.</summary>
    public static async Task<IReadOnlyList<(Guid First, Guid Second)>> FindAsync(DbSession session, Guid[] ids, CancellationToken cancellation)
    {
        var found = await session.QueryAsync<Candidate>(SelectCandidates, new { ids = DbSession.Ids(ids) }, cancellation);
        return [.. found.Select(c => DuplicatePair.Ordered(c.First, c.Second)).Distinct()];
    }

    /// <summary>The traits of entries, by id.</summary>
    public static async Task<IReadOnlyDictionary<Guid, DuplicateTraits>> ReadTraitsAsync(
        DbSession session, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        const int batchSize = 1000;
        var keys = new List<Key>();
        foreach (var batch in ids.Chunk(batchSize))
        {
            keys.AddRange(await session.QueryAsync<Key>(SelectKeys, new { ids = DbSession.Ids(batch) }, cancellation));
        }

        return keys.GroupBy(k => (k.EntryId, k.Kind))
            .ToDictionary(g => g.Key.EntryId, g => new DuplicateTraits(g.Key.EntryId, g.Key.Kind, g.Where(k => k.Type is not null).ToLookup(k => k.Type!, k => k.Value!)));
    }

    private sealed record Candidate
    {
        public Guid First { get; init; }

        public Guid Second { get; init; }
    }

    private sealed record Key
    {
        public Guid EntryId { get; init; }

        public EntryKind Kind { get; init; }

        /// <summary>Null for an entry without keys.</summary>
        public string? Type { get; init; }

        public string? Value { get; init; }
    }
}
