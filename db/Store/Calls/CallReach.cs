using System.Text.Json;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Calls;

/// <summary>Where an entry is listed, and for what.</summary>
/// <param name="Areas">The number of states and counties served.</param>
/// <param name="IsNationwide">Whether it serves the whole country.</param>
/// <param name="IsCrisis">Whether it is a crisis line or hotline.</param>
internal readonly record struct Reach(int Areas, bool IsNationwide, bool IsCrisis);

/// <summary>
/// Keeps the reach of all entries, because counting their terms takes longer than reading the queue. It changes only when an entry is saved,
/// and then only that entry is read again.
/// </summary>
internal sealed class CallReach
{
    /// <summary>With more changes than this, everything is read again.</summary>
    private const int MaxChanges = 1_000;

    private const string Kept =
        "(t.Vocabulary IN ('county', 'state', 'area') OR t.Vocabulary = 'phoneType' AND t.Code = 'hotline' OR t.Vocabulary = 'organizationFunction' AND t.Code = 'crisisLine')";

    private const string Counted =
        """
        SELECT t.EntryId, SUM(CASE WHEN t.Vocabulary IN ('county', 'state') THEN 1 ELSE 0 END) AS Areas,
          MAX(CASE WHEN t.Vocabulary = 'area' THEN 1 ELSE 0 END) AS IsNationwide,
          MAX(CASE WHEN t.Vocabulary IN ('phoneType', 'organizationFunction') THEN 1 ELSE 0 END) AS IsCrisis
        """;

    private static readonly Sql SelectAll = new("CallReach.Read", $"{Counted} FROM EntryTerm t WHERE {Kept} GROUP BY t.EntryId");

    private static readonly Sql SelectSome = new(
        "CallReach.Read",
        sqlServer: $"{Counted} FROM OPENJSON(@ids) i JOIN EntryTerm t ON t.EntryId = CAST(i.[value] AS uniqueidentifier) WHERE {Kept} GROUP BY t.EntryId",
        sqlite: $"{Counted} FROM json_each(@ids) i CROSS JOIN EntryTerm t ON t.EntryId = i.value WHERE {Kept} GROUP BY t.EntryId");

    private volatile Snapshot? _last;

    /// <summary>The reach of all entries as of now. Entries without any are omitted.</summary>
    public async Task<IReadOnlyDictionary<Guid, Reach>> ReadAsync(DbSession session, CancellationToken cancellation)
    {
        var head = await LatestTexts.HeadAsync(session, cancellation);
        if (_last is { } last && last.Head == head)
        {
            return last.Reach;
        }

        // Two readers at once do the same work; neither is wrong.
        var renewed = await RenewAsync(session, _last, head, cancellation);
        _last = renewed;
        return renewed.Reach;
    }

    private static async Task<Snapshot> RenewAsync(DbSession session, Snapshot? last, long head, CancellationToken cancellation)
    {
        // A database that was restored may be behind.
        if (last is not null && last.Head <= head && await LatestTexts.ChangedAsync(session, last.Head, MaxChanges, cancellation) is var (changed, isAll) && isAll)
        {
            if (changed.Count == 0)
            {
                return last with { Head = head };
            }

            var rows = await session.QueryAsync<Row>(SelectSome, new { ids = JsonSerializer.Serialize(changed) }, cancellation);
            var reach = new Dictionary<Guid, Reach>(last.Reach);
            foreach (var id in changed)
            {
                reach.Remove(id);
            }

            Add(reach, rows);
            return new Snapshot(head, reach);
        }

        var all = new Dictionary<Guid, Reach>();
        Add(all, await session.QueryAsync<Row>(SelectAll, null, cancellation));
        return new Snapshot(head, all);
    }

    private static void Add(Dictionary<Guid, Reach> reach, IReadOnlyList<Row> rows)
    {
        foreach (var row in rows)
        {
            reach[row.EntryId] = new Reach(row.Areas, row.IsNationwide, row.IsCrisis);
        }
    }

    private sealed record Snapshot(long Head, IReadOnlyDictionary<Guid, Reach> Reach);

    private sealed record Row
    {
        public Guid EntryId { get; init; }

        public int Areas { get; init; }

        public bool IsNationwide { get; init; }

        public bool IsCrisis { get; init; }
    }
}
