using System.Runtime.CompilerServices;
using System.Text.Json;
using HealthEquity.Directory.Publication;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>
/// Reads the latest revision of every entry in every state, and then of entries changed since. Every change has a number in the audit log, and
/// the numbers commit in order: a reader that has seen n has not missed anything below n.
/// </summary>
public static class LatestTexts
{
    private const string Columns = "e.EntryId, e.Kind, e.Slug, r.Body, e.AssuredOn, e.UpdatedAt AS ChangedAt";

    private const string Texts = "JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision";

    private static readonly Sql SelectHead = new("LatestTexts.Head", "SELECT COALESCE(MAX(Number), 0) FROM Audit");

    private static readonly Sql SelectFirst = new(
        "LatestTexts.ReadAll",
        sqlServer: $"SELECT TOP (@limit) {Columns} FROM Entry e {Texts} ORDER BY e.EntryId",
        sqlite: $"SELECT {Columns} FROM Entry e {Texts} ORDER BY e.EntryId LIMIT @limit");

    private static readonly Sql SelectNext = new(
        "LatestTexts.ReadAll",
        sqlServer: $"SELECT TOP (@limit) {Columns} FROM Entry e {Texts} WHERE e.EntryId > @after ORDER BY e.EntryId",
        sqlite: $"SELECT {Columns} FROM Entry e {Texts} WHERE e.EntryId > @after ORDER BY e.EntryId LIMIT @limit");

    private static readonly Sql SelectSubjects = new(
        "LatestTexts.Since",
        sqlServer: "SELECT TOP (@limit) Number, Subject FROM Audit WHERE Number > @after ORDER BY Number",
        sqlite: "SELECT Number, Subject FROM Audit WHERE Number > @after ORDER BY Number LIMIT @limit");

    private static readonly Sql SelectSome = new(
        "LatestTexts.Since",
        sqlServer: $"SELECT {Columns} FROM OPENJSON(@ids) i JOIN Entry e ON e.EntryId = CAST(i.[value] AS uniqueidentifier) {Texts}",
        sqlite: $"SELECT {Columns} FROM json_each(@ids) i CROSS JOIN Entry e ON e.EntryId = i.value {Texts}");

    /// <summary>The number of the latest change.</summary>
    public static Task<long> HeadAsync(DbSession session, CancellationToken cancellation) =>
        session.ScalarAsync<long>(SelectHead, null, cancellation);

    /// <summary>The latest revision of every entry, in batches, with the given change number.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<PublishedEntry>> ReadAllAsync(
        Database database, long head, int batch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Guid? after = null;
        IReadOnlyList<PublishedEntry> rows;
        do
        {
            await using (var session = await database.OpenAsync(cancellation))
            {
                rows = after is null
                    ? await session.QueryAsync<PublishedEntry>(SelectFirst, new { limit = batch }, cancellation)
                    : await session.QueryAsync<PublishedEntry>(SelectNext, new { after = after.Value, limit = batch }, cancellation);
            }

            if (rows.Count > 0)
            {
                after = rows[^1].EntryId;
                yield return [.. rows.Select(r => r with { Sequence = head })];
            }
        }
        while (rows.Count == batch);
    }

    /// <summary>The entries changed since, and whether these are all of them.</summary>
    /// <param name="session">A session.</param>
    /// <param name="after">The number of the last change seen.</param>
    /// <param name="limit">The maximum number of log rows to read.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    internal static async Task<(IReadOnlyList<Guid> Entries, bool IsAll)> ChangedAsync(DbSession session, long after, int limit, CancellationToken cancellation)
    {
        var done = await session.QueryAsync<(long Number, string Subject)>(SelectSubjects, new { after, limit }, cancellation);
        return ([.. EntriesOf(done).Select(Guid.Parse)], done.Count < limit);
    }

    private static List<string> EntriesOf(IEnumerable<(long Number, string Subject)> changes) =>
        [.. changes.Where(c => c.Subject.StartsWith("entry:", StringComparison.Ordinal)).Select(c => c.Subject[6..]).Distinct()];

    /// <summary>The latest revisions of entries changed since, and the number of the last change included.</summary>
    /// <param name="session">A session.</param>
    /// <param name="after">The number of the last change seen.</param>
    /// <param name="limit">The maximum number of log rows to read.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<(IReadOnlyList<PublishedEntry> Texts, long Head, bool IsAll)> SinceAsync(
        DbSession session, long after, int limit, CancellationToken cancellation)
    {
        var done = await session.QueryAsync<(long Number, string Subject)>(SelectSubjects, new { after, limit }, cancellation);
        if (done.Count == 0)
        {
            return ([], after, true);
        }

        var head = done[^1].Number;
        var ids = EntriesOf(done);
        var texts = ids.Count == 0
            ? []
            : await session.QueryAsync<PublishedEntry>(SelectSome, new { ids = JsonSerializer.Serialize(ids) }, cancellation);
        return ([.. texts.Select(t => t with { Sequence = head })], head, done.Count < limit);
    }
}
