using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Store.Entries;

/// <summary>Reads the content of the entries on a page of the list, in one statement.</summary>
public static class EntryContents
{
    private static readonly Sql Select = new(
        "EntryContents.Read",
        sqlServer:
        """
        SELECT e.EntryId, r.Body FROM OPENJSON(@ids) i JOIN Entry e ON e.EntryId = CAST(i.[value] AS uniqueidentifier)
        JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = CASE WHEN @published = 1 THEN e.PublishedRevision ELSE e.LatestRevision END
        """,
        sqlite:
        """
        SELECT e.EntryId, r.Body FROM json_each(@ids) i CROSS JOIN Entry e ON e.EntryId = i.value
        JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = CASE WHEN @published = 1 THEN e.PublishedRevision ELSE e.LatestRevision END
        """);

    /// <summary>The latest content by id. Unknown ids are omitted.</summary>
    public static Task<IReadOnlyDictionary<Guid, Entry>> ReadAsync(DbSession session, IEnumerable<Guid> ids, CancellationToken cancellation) =>
        ReadAsync(session, ids, published: false, cancellation);

    /// <summary>The content that was published last, by id. Entries that were never public are omitted.</summary>
    public static Task<IReadOnlyDictionary<Guid, Entry>> ReadPublishedAsync(DbSession session, IEnumerable<Guid> ids, CancellationToken cancellation) =>
        ReadAsync(session, ids, published: true, cancellation);

    private static async Task<IReadOnlyDictionary<Guid, Entry>> ReadAsync(DbSession session, IEnumerable<Guid> ids, bool published, CancellationToken cancellation) =>
        (await session.QueryAsync<(Guid Id, string Body)>(Select, new { ids = JsonSerializer.Serialize(ids), published }, cancellation))
            .ToDictionary(r => r.Id, r => EntryJson.Read(r.Body));
}
