using System.Runtime.CompilerServices;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Publishing;

/// <summary>Reads the public projection in the order of changes. Requires only <see cref="DatabaseAccess.Public"/>.</summary>
public sealed class PublishedReader(Database database)
{
    private static readonly Sql SelectLatest = new("PublishedReader.Latest", "SELECT Value AS Sequence, Epoch FROM ChangeCounter WHERE Id = 1");

    private static readonly Sql SelectAfter = new(
        "PublishedReader.ReadAfter",
        sqlServer:
        """
        SELECT TOP (@limit) EntryId, Kind, Slug, Body, Sequence, AssuredOn, ChangedAt, WithdrawnAt, MergedInto
        FROM Published WHERE Sequence > @after ORDER BY Sequence
        """,
        sqlite:
        """
        SELECT EntryId, Kind, Slug, Body, Sequence, AssuredOn, ChangedAt, WithdrawnAt, MergedInto
        FROM Published WHERE Sequence > @after ORDER BY Sequence LIMIT @limit
        """);

    private static readonly Sql SelectVersions = new(
        "PublishedReader.Versions",
        "SELECT EntryId, Sequence, ChangedAt, CASE WHEN Body IS NULL THEN 1 ELSE 0 END AS IsWithdrawn FROM Published");

    /// <summary>The latest change, and the epoch. Read it before the changes: if the database is restored in between, the next read shows it.</summary>
    public async Task<ChangeMark> LatestAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        var latest = (await session.FindAsync<Latest>(SelectLatest, null, cancellation))!;
        return new ChangeMark(latest.Sequence, latest.Epoch);
    }

    /// <summary>All changes after a number, as in <see cref="ReadAfterAsync"/>, in batches.</summary>
    /// <param name="after">The number of the last change seen; 0 for all.</param>
    /// <param name="batch">The batch size.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async IAsyncEnumerable<IReadOnlyList<PublishedEntry>> ReadAllAfterAsync(
        long after, int batch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<PublishedEntry> rows;
        do
        {
            rows = await ReadAfterAsync(after, batch, cancellation);
            if (rows.Count > 0)
            {
                after = rows[^1].Sequence;
                yield return rows;
            }
        }
        while (rows.Count == batch);
    }

    /// <summary>
    /// The changes after a number, oldest first. An entry that changed again appears only under its latest number, so reading to the end gives the
    /// latest state of every entry.
    /// </summary>
    /// <param name="after">The number of the last change seen; 0 for all.</param>
    /// <param name="limit">The maximum number of rows.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<IReadOnlyList<PublishedEntry>> ReadAfterAsync(long after, int limit, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.QueryAsync<PublishedEntry>(SelectAfter, new { after, limit }, cancellation);
    }

    /// <summary>Which version of every entry is published, or was withdrawn last, in no order.</summary>
    public async Task<IReadOnlyList<PublishedVersion>> VersionsAsync(CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.QueryAsync<PublishedVersion>(SelectVersions, null, cancellation);
    }

    private sealed record Latest
    {
        public long Sequence { get; init; }

        public Guid Epoch { get; init; }
    }
}
