using HealthEquity.Directory.Duplicates;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.Duplicates;

/// <summary>Stores pairs of possible duplicates and curators' decisions about them.</summary>
public sealed class DuplicateStore(TimeProvider clock, AuditLog audit)
{
    /// <summary>Entries per transaction when scanning the whole directory.</summary>
    private const int BatchSize = 400;

    // Only pairs that need a decision. If one entry asked not to be listed, the question is whether the other is the same, and branches of
    // one organization count too.
    private const string Listed =
        """
        FROM DuplicatePair AS p
        INNER JOIN Entry AS a ON a.EntryId = p.FirstId
        INNER JOIN Entry AS b ON b.EntryId = p.SecondId
        WHERE p.State = 'open' AND a.Listing <> 'retired' AND b.Listing <> 'retired' AND (a.Listing <> 'doNotList' OR b.Listing <> 'doNotList')
          AND (p.IsRelated = 0 OR a.Listing = 'doNotList' OR b.Listing = 'doNotList')
          AND (@kind IS NULL OR a.Kind = @kind)
          AND (@entry IS NULL OR p.FirstId = @entry OR p.SecondId = @entry)
          AND (@import IS NULL OR EXISTS (
            SELECT 1 FROM ImportItem AS i WHERE i.ImportId = @import AND i.State = 'applied' AND i.EntryId IN (p.FirstId, p.SecondId)))
        """;

    private const string Order =
        "ORDER BY CASE WHEN a.Listing = 'doNotList' OR b.Listing = 'doNotList' THEN 0 ELSE 1 END, p.Score DESC, p.FirstId, p.SecondId";

    private const string ListedColumns =
        """
        p.FirstId, p.SecondId, p.Score, p.Evidence, p.IsRelated, a.Kind, a.Name AS FirstName, a.Listing AS FirstListing, b.Name AS SecondName,
        b.Listing AS SecondListing
        """;

    private static readonly Sql SelectListed = new(
        "DuplicateStore.List",
        sqlServer: $"SELECT {ListedColumns} {Listed} {Order} OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
        sqlite: $"SELECT {ListedColumns} {Listed} {Order} LIMIT @limit OFFSET @offset");

    private static readonly Sql SelectLinks = new(
        "DuplicateStore.Links",
        $"SELECT p.FirstId, p.SecondId, CASE WHEN a.Listing = 'doNotList' OR b.Listing = 'doNotList' THEN 1 ELSE 0 END AS IsUnlisted {Listed} {Order}");

    private static readonly Sql SelectAmong = new(
        "DuplicateStore.ListAmong", $"SELECT {ListedColumns} {Listed} AND p.FirstId IN @ids AND p.SecondId IN @ids {Order}");

    private static readonly Sql CountUnlisted = new(
        "DuplicateStore.NotSame", "SELECT COUNT(*) FROM Entry WHERE EntryId IN @ids AND Listing = 'doNotList'");

    private static readonly RowList Decisions = new("FirstId uniqueidentifier", "SecondId uniqueidentifier", "DecidedBy nvarchar(4000)", "DecidedAt datetimeoffset(3)");

    private static readonly Sql DecidePairs = Decisions.Statement(
        "DuplicateStore.NotSame",
        """
        UPDATE DuplicatePair SET State = 'notSame', DecidedBy = r.DecidedBy, DecidedAt = r.DecidedAt
        FROM @rows AS r WHERE DuplicatePair.FirstId = r.FirstId AND DuplicatePair.SecondId = r.SecondId AND DuplicatePair.State = 'open'
        """);

    private static readonly Sql CountListed = new("DuplicateStore.Count", $"SELECT COUNT(*) {Listed}");

    private static readonly Sql SelectPair = new(
        "DuplicateStore.Find",
        """
        SELECT FirstId, SecondId, Score, Evidence, IsRelated, FoundAt, State, DecidedBy, DecidedAt
        FROM DuplicatePair WHERE FirstId = @first AND SecondId = @second
        """);

    private static readonly Sql SelectPairsOf = new(
        "DuplicateStore.Detect", "SELECT FirstId, SecondId, Score, State FROM DuplicatePair WHERE FirstId IN @ids OR SecondId IN @ids");

    private static readonly RowList Pairs = new(
        "FirstId uniqueidentifier", "SecondId uniqueidentifier", "Score float", "Evidence nvarchar(max)", "IsRelated bit", "FoundAt datetimeoffset(3)");

    private static readonly Sql InsertPair = Pairs.Statement(
        "DuplicateStore.Detect",
        sqlServer:
        """
        INSERT INTO DuplicatePair (FirstId, SecondId, Score, Evidence, IsRelated, FoundAt, State)
        SELECT r.FirstId, r.SecondId, r.Score, r.Evidence, r.IsRelated, r.FoundAt, 'open' FROM @rows AS r
        WHERE NOT EXISTS (SELECT 1 FROM DuplicatePair AS p WITH (UPDLOCK, HOLDLOCK) WHERE p.FirstId = r.FirstId AND p.SecondId = r.SecondId)
        """,
        sqlite:
        """
        INSERT INTO DuplicatePair (FirstId, SecondId, Score, Evidence, IsRelated, FoundAt, State)
        SELECT r.FirstId, r.SecondId, r.Score, r.Evidence, r.IsRelated, r.FoundAt, 'open' FROM @rows AS r
        WHERE NOT EXISTS (SELECT 1 FROM DuplicatePair AS p WHERE p.FirstId = r.FirstId AND p.SecondId = r.SecondId)
        """);

    private static readonly Sql UpdatePair = Pairs.Statement(
        "DuplicateStore.Detect",
        """
        UPDATE DuplicatePair SET Score = r.Score, Evidence = r.Evidence, IsRelated = r.IsRelated
        FROM @rows AS r WHERE DuplicatePair.FirstId = r.FirstId AND DuplicatePair.SecondId = r.SecondId
        """);

    private static readonly Sql DeletePair = Pairs.Statement(
        "DuplicateStore.Detect",
        """
        DELETE FROM DuplicatePair
        WHERE State = 'open' AND EXISTS (SELECT 1 FROM @rows AS r WHERE r.FirstId = DuplicatePair.FirstId AND r.SecondId = DuplicatePair.SecondId)
        """);

    private static readonly Sql DecidePair = new(
        "DuplicateStore.Decide",
        "UPDATE DuplicatePair SET State = @state, DecidedBy = @by, DecidedAt = @at WHERE FirstId = @first AND SecondId = @second");

    private static readonly Sql DeleteChecked = new("DuplicateStore.Detect", "DELETE FROM DuplicateLook WHERE EntryId IN @ids");

    private static readonly Sql InsertLooks = new(
        "DuplicateStore.Detect", "INSERT INTO DuplicateLook (EntryId, Revision) SELECT EntryId, LatestRevision FROM Entry WHERE EntryId IN @ids");

    private static readonly Sql SelectUnscanned = new(
        "DuplicateStore.CatchUp",
        sqlServer:
        """
        SELECT TOP (@limit) e.EntryId FROM Entry AS e LEFT JOIN DuplicateLook AS l ON l.EntryId = e.EntryId AND l.Revision = e.LatestRevision
        WHERE l.EntryId IS NULL AND e.EntryId > @after ORDER BY e.EntryId
        """,
        sqlite:
        """
        SELECT e.EntryId FROM Entry AS e LEFT JOIN DuplicateLook AS l ON l.EntryId = e.EntryId AND l.Revision = e.LatestRevision
        WHERE l.EntryId IS NULL AND e.EntryId > @after ORDER BY e.EntryId LIMIT @limit
        """);

    /// <summary>Open pairs: first those with an entry that asked not to be listed, then by probability.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<ListedPair>> ListAsync(DbSession session, PairFilter filter, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<ListedPair>(SelectListed, new { kind = filter.Kind?.Code(), entry = filter.EntryId, import = filter.ImportId, offset, limit }, cancellation);

    /// <summary>The number of open pairs.</summary>
    public static Task<int> CountAsync(DbSession session, PairFilter filter, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountListed, new { kind = filter.Kind?.Code(), entry = filter.EntryId, import = filter.ImportId }, cancellation);

    /// <summary>The open pairs without details, in the order of <see cref="ListAsync"/>.</summary>
    internal static Task<IReadOnlyList<PairLink>> LinksAsync(DbSession session, PairFilter filter, CancellationToken cancellation) =>
        session.QueryAsync<PairLink>(SelectLinks, new { kind = filter.Kind?.Code(), entry = filter.EntryId, import = filter.ImportId }, cancellation);

    /// <summary>The open pairs of these entries with each other.</summary>
    internal static Task<IReadOnlyList<ListedPair>> ListAmongAsync(DbSession session, Guid[] ids, CancellationToken cancellation) =>
        session.QueryAsync<ListedPair>(SelectAmong, new { kind = (string?)null, entry = (Guid?)null, import = (Guid?)null, ids = DbSession.Ids(ids) }, cancellation);

    /// <summary>The pair of two entries, or null if they were never a possible duplicate.</summary>
    public static Task<DuplicatePair?> FindAsync(DbSession session, Guid one, Guid other, CancellationToken cancellation)
    {
        var (first, second) = DuplicatePair.Ordered(one, other);
        return session.FindAsync<DuplicatePair>(SelectPair, new { first, second }, cancellation);
    }

    /// <summary>
    /// Finds and stores possible duplicates of entries that were just saved or imported. Pairs that a curator marked as "not the same" stay
    /// that way.
    /// </summary>
    /// <param name="session">A session in a transaction, preferably the one that saved the entries.</param>
    /// <param name="entryIds">The entries, any number.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The entries that have a possible duplicate. Branches of one organization do not count.</returns>
    public async Task<IReadOnlyList<Guid>> DetectAsync(DbSession session, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellation)
    {
        var matched = new List<Guid>();
        foreach (var ids in entryIds.Distinct().Chunk(BatchSize))
        {
            var found = await ScoreAsync(session, ids, cancellation);
            await SavePairsAsync(session, ids, found, cancellation);
            matched.AddRange(ids.Intersect(found.Where(p => !p.IsRelated).SelectMany(p => new[] { p.FirstId, p.SecondId })));
        }

        return matched;
    }

    /// <summary>Scans every entry that changed since its last scan, a few hundred per transaction.</summary>
    /// <returns>The number of scanned entries.</returns>
    public async Task<int> CatchUpAsync(Database database, CancellationToken cancellation)
    {
        var (count, after) = (0, Guid.Empty);
        var throttle = new WriteThrottle(database, clock);
        while (true)
        {
            await throttle.PauseAsync(cancellation);
            var ids = await database.TransactAsync(session => DetectNextAsync(session, after, cancellation), cancellation);
            if (ids.Count == 0)
            {
                return count;
            }

            (count, after) = (count + ids.Count, ids[^1]);
        }
    }

    /// <summary>Records permanently that two entries are not duplicates.</summary>
    /// <exception cref="RefusedException">The entries have different kinds, or one was merged into the other.</exception>
    /// <exception cref="NotFoundException">The entry does not exist.</exception>
    public async Task NotSameAsync(DbSession session, Guid one, Guid other, Actor actor, CancellationToken cancellation)
    {
        if (await FindAsync(session, one, other, cancellation) is { State: PairState.Merged })
        {
            throw new RefusedException("One of these entries was merged into the other. Undo the merge first.");
        }

        await DecideAsync(session, one, other, PairState.NotSame, actor, cancellation);
        var (first, second) = DuplicatePair.Ordered(one, other);
        await audit.AppendAsync(session, actor, "notSame", $"entry:{first}", $"entry:{second}", cancellation);
    }

    /// <summary>
    /// Records permanently that some entries of a group are not the same as any other entry of it: all pairs at once, also those that were not
    /// found to be similar yet.
    /// </summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="entries">The entries that are not the same as any other.</param>
    /// <param name="group">All entries of the group.</param>
    /// <param name="actor">Who decided.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The number of pairs.</returns>
    /// <exception cref="RefusedException">
    /// The group is too large, has entries of different kinds, or one that asked not to be listed; or two of them were merged.
    /// </exception>
    public async Task<int> NotSameAsync(DbSession session, IReadOnlyCollection<Guid> entries, IReadOnlyCollection<Guid> group, Actor actor, CancellationToken cancellation)
    {
        Guid[] ids = [.. group.Union(entries)];
        var pairs = (from one in entries from other in ids where one != other select DuplicatePair.Ordered(one, other)).Distinct().Order().ToList();
        if (ids.Length > DuplicateGroup.MaxEntries)
        {
            throw new RefusedException($"Select at most {DuplicateGroup.MaxEntries} entries.");
        }

        var traits = await DuplicateCandidates.ReadTraitsAsync(session, ids, cancellation);
        if (traits.Count < ids.Length || traits.Values.DistinctBy(t => t.Kind).Count() != 1)
        {
            throw new RefusedException("Only entries of the same kind can be compared.");
        }

        if (await session.ScalarAsync<int>(CountUnlisted, new { ids = DbSession.Ids(ids) }, cancellation) > 0)
        {
            throw new RefusedException("One of these entries asked not to be listed. Compare it with each other entry by itself.");
        }

        var known = (await session.QueryAsync<DuplicatePair>(SelectPairsOf, new { ids = DbSession.Ids(ids) }, cancellation)).ToDictionary(p => (p.FirstId, p.SecondId), p => p.State);
        if (pairs.Any(p => known.GetValueOrDefault(p) == PairState.Merged))
        {
            throw new RefusedException("One of these entries was merged into another. Undo the merge first.");
        }

        pairs.RemoveAll(p => known.GetValueOrDefault(p) == PairState.NotSame);
        var now = clock.GetUtcNow();
        var found = pairs.Where(p => !known.ContainsKey(p)).Select(p => Row(DuplicatePair.Of(p.First, p.Second, DuplicateScorer.Score(traits[p.First], traits[p.Second]), now)));
        await session.ExecuteRowsAsync(InsertPair, found.ToList(), cancellation);
        await session.ExecuteRowsAsync(DecidePairs, pairs.Select(p => new { FirstId = p.First, SecondId = p.Second, DecidedBy = actor.Code, DecidedAt = now }).ToList(), cancellation);
        await audit.AppendAsync(
            session, actor, [.. pairs.GroupBy(p => p.First).Select(g => ("notSame", $"entry:{g.Key}", (string?)string.Join(", ", g.Select(p => $"entry:{p.Second}"))))], cancellation);
        return pairs.Count;
    }

    /// <summary>Takes back the decision that two entries are not duplicates.</summary>
    /// <exception cref="RefusedException">There is no such decision.</exception>
    public async Task ReopenAsync(DbSession session, Guid one, Guid other, Actor actor, CancellationToken cancellation)
    {
        if (await FindAsync(session, one, other, cancellation) is not { State: PairState.NotSame })
        {
            throw new RefusedException("These entries are not marked as different.");
        }

        await DecideAsync(session, one, other, PairState.Open, actor, cancellation);
        var (first, second) = DuplicatePair.Ordered(one, other);
        await audit.AppendAsync(session, actor, "undoNotSame", $"entry:{first}", $"entry:{second}", cancellation);
    }

    /// <summary>Scores two entries as they are now.</summary>
    /// <exception cref="RefusedException">The two are the same entry, or have different kinds and neither asked not to be listed.</exception>
    /// <exception cref="NotFoundException">The entry does not exist.</exception>
    public static async Task<DuplicateScore> CompareAsync(DbSession session, Guid one, Guid other, CancellationToken cancellation)
    {
        var (first, second) = (await EntryStore.ReadAsync(session, one, cancellation), await EntryStore.ReadAsync(session, other, cancellation));
        // One that asked not to be listed is compared with any kind: what they share keeps the other from being public.
        var isUnlisted = first.Listing == Listing.DoNotList || second.Listing == Listing.DoNotList;
        if (one == other || (first.Kind != second.Kind && !isUnlisted))
        {
            throw new RefusedException("Only two different entries of the same kind can be compared.");
        }

        var traits = await DuplicateCandidates.ReadTraitsAsync(session, [one, other], cancellation);
        return DuplicateScorer.Score(traits[one], traits[other]);
    }

    /// <summary>Sets the state of a pair, whether or not it exists yet.</summary>
    internal async Task DecideAsync(DbSession session, Guid one, Guid other, PairState state, Actor actor, CancellationToken cancellation)
    {
        var (first, second) = DuplicatePair.Ordered(one, other);
        var score = await CompareAsync(session, one, other, cancellation);
        await session.ExecuteRowsAsync(InsertPair, [Row(DuplicatePair.Of(one, other, score, clock.GetUtcNow()))], cancellation);
        var open = state == PairState.Open;
        var row = new
        {
            first,
            second,
            state = Code(state),
            by = open ? null : actor.Code,
            at = open ? (DateTimeOffset?)null : clock.GetUtcNow(),
        };
        await session.ExecuteAsync(DecidePair, row, cancellation);
    }

    private async Task<List<Guid>> DetectNextAsync(DbSession session, Guid after, CancellationToken cancellation)
    {
        var ids = await session.QueryAsync<Guid>(SelectUnscanned, new { after, limit = BatchSize }, cancellation);
        // The stored keys may come from older rules.
        await EntryStore.RenewKeysAsync(session, ids, cancellation);
        await DetectAsync(session, ids, cancellation);
        return [.. ids];
    }

    private async Task<List<DuplicatePair>> ScoreAsync(DbSession session, Guid[] ids, CancellationToken cancellation)
    {
        var candidates = await DuplicateCandidates.FindAsync(session, ids, cancellation);
        var traits = await DuplicateCandidates.ReadTraitsAsync(session, [.. candidates.SelectMany(c => new[] { c.First, c.Second }).Distinct()], cancellation);
        return
        [
            .. candidates.Select(c => (c.First, c.Second, Score: DuplicateScorer.Score(traits[c.First], traits[c.Second])))
                .Where(c => c.Score.Probability >= DuplicateScorer.Threshold || c.Score.IsRelated)
                .Select(c => DuplicatePair.Of(c.First, c.Second, c.Score, clock.GetUtcNow())),
        ];
    }

    /// <summary>Saves the pairs found for these entries, deletes open pairs that no longer match, and leaves decided pairs alone.</summary>
    private static async Task SavePairsAsync(DbSession session, Guid[] ids, List<DuplicatePair> found, CancellationToken cancellation)
    {
        var known = (await session.QueryAsync<DuplicatePair>(SelectPairsOf, new { ids = DbSession.Ids(ids) }, cancellation))
            .ToDictionary(p => (p.FirstId, p.SecondId));
        found.RemoveAll(p => known.TryGetValue((p.FirstId, p.SecondId), out var pair) && pair.State != PairState.Open);
        var kept = found.Select(p => (p.FirstId, p.SecondId)).ToHashSet();
        await session.ExecuteRowsAsync(DeletePair, known.Values.Where(p => p.State == PairState.Open && !kept.Contains((p.FirstId, p.SecondId))).Select(Row).ToList(), cancellation);
        await session.ExecuteRowsAsync(UpdatePair, found.Where(p => known.ContainsKey((p.FirstId, p.SecondId))).Select(Row).ToList(), cancellation);
        await session.ExecuteRowsAsync(InsertPair, found.Where(p => !known.ContainsKey((p.FirstId, p.SecondId))).Select(Row).ToList(), cancellation);
        await session.ExecuteAsync(DeleteChecked, new { ids = DbSession.Ids(ids) }, cancellation);
        await session.ExecuteAsync(InsertLooks, new { ids = DbSession.Ids(ids) }, cancellation);
    }

    private static object Row(DuplicatePair pair) => new { pair.FirstId, pair.SecondId, pair.Score, pair.Evidence, pair.IsRelated, pair.FoundAt };

    private static string Code(PairState state) => state switch
    {
        PairState.NotSame => "notSame",
        PairState.Merged => "merged",
        _ => "open",
    };
}
