using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Store.Exports;

/// <summary>Reads entries for exports, one batch at a time to limit memory.</summary>
public static class EditorialEntries
{
    private const int Batch = 200;

    private const string Columns =
        """
        e.EntryId, e.Kind, e.Slug, e.Listing, e.ListingReason, e.DraftState, e.LatestRevision, e.PublishedRevision, e.AssuredOn, e.CheckDueOn,
        c.DisplayName AS AssignedTo, e.CreatedAt, e.UpdatedAt, r.Body
        """;

    private const string Texts =
        """
        JOIN Revision r ON r.EntryId = e.EntryId AND r.Number = e.LatestRevision
        LEFT JOIN Curator c ON c.CuratorId = e.AssignedTo
        """;

    private const string From = $"FROM Entry e {Texts}";

    private static readonly Sql SelectFirst = new(
        "EditorialEntries.All",
        sqlServer: $"SELECT TOP (@limit) {Columns} {From} WHERE @kind IS NULL OR e.Kind = @kind ORDER BY e.EntryId",
        sqlite: $"SELECT {Columns} {From} WHERE @kind IS NULL OR e.Kind = @kind ORDER BY e.EntryId LIMIT @limit");

    private static readonly Sql SelectAfter = new(
        "EditorialEntries.All",
        sqlServer: $"SELECT TOP (@limit) {Columns} {From} WHERE e.EntryId > @after AND (@kind IS NULL OR e.Kind = @kind) ORDER BY e.EntryId",
        sqlite: $"SELECT {Columns} {From} WHERE e.EntryId > @after AND (@kind IS NULL OR e.Kind = @kind) ORDER BY e.EntryId LIMIT @limit");

    // The list of ids is one JSON parameter; its positions give the order.
    private static readonly Sql SelectSome = new(
        "EditorialEntries.Of",
        sqlServer: $"SELECT {Columns} FROM OPENJSON(@ids) i JOIN Entry e ON e.EntryId = CAST(i.[value] AS uniqueidentifier) {Texts} ORDER BY CAST(i.[key] AS int)",
        sqlite: $"SELECT {Columns} FROM json_each(@ids) i CROSS JOIN Entry e ON e.EntryId = i.value {Texts} ORDER BY i.key");

    private static readonly Sql SelectSomePublic = new(
        "EditorialEntries.PublicOf",
        sqlServer:
        """
        SELECT p.Kind, p.Body FROM OPENJSON(@ids) i JOIN Published p ON p.EntryId = CAST(i.[value] AS uniqueidentifier)
        WHERE p.Body IS NOT NULL ORDER BY CAST(i.[key] AS int)
        """,
        sqlite: "SELECT p.Kind, p.Body FROM json_each(@ids) i CROSS JOIN Published p ON p.EntryId = i.value WHERE p.Body IS NOT NULL ORDER BY i.key");

    private static readonly Sql SelectFormerSlugs = new("EditorialEntries.FormerSlugs", "SELECT EntryId, Slug FROM FormerSlug ORDER BY Slug");

    /// <summary>Entries in every state, with their latest revision.</summary>
    /// <param name="database">The directory.</param>
    /// <param name="kind">Only this kind; null for all.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async IAsyncEnumerable<EntryDocument> AllAsync(
        Database database, EntryKind? kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var former = await FormerSlugsAsync(database, cancellation);
        Guid? after = null;
        while (true)
        {
            IReadOnlyList<Row> rows;
            await using (var session = await database.OpenAsync(cancellation))
            {
                // One session per batch, so that a slow download does not hold a connection.
                rows = after is null
                    ? await session.QueryAsync<Row>(SelectFirst, new { kind = kind?.Code(), limit = Batch }, cancellation)
                    : await session.QueryAsync<Row>(SelectAfter, new { after = after.Value, kind = kind?.Code(), limit = Batch }, cancellation);
            }

            foreach (var row in rows)
            {
                yield return new EntryDocument(row.Kind, Document(row, former[row.EntryId]));
                after = row.EntryId;
            }

            if (rows.Count < Batch)
            {
                yield break;
            }
        }
    }

    /// <summary>The given entries with their latest revision, in that order. Missing entries are skipped.</summary>
    public static async IAsyncEnumerable<EntryDocument> OfAsync(
        Database database, IReadOnlyList<Guid> ids, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var former = await FormerSlugsAsync(database, cancellation);
        foreach (var part in ids.Chunk(Batch))
        {
            foreach (var row in await SomeAsync<Row>(database, SelectSome, part, cancellation))
            {
                yield return new EntryDocument(row.Kind, Document(row, former[row.EntryId]));
            }
        }
    }

    /// <summary>The public documents of the given entries, in that order. Entries that are not public are skipped.</summary>
    public static async IAsyncEnumerable<EntryDocument> PublicOfAsync(
        Database database, IReadOnlyList<Guid> ids, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var part in ids.Chunk(Batch))
        {
            foreach (var row in await SomeAsync<PublicRow>(database, SelectSomePublic, part, cancellation))
            {
                yield return new EntryDocument(row.Kind, System.Text.Encoding.UTF8.GetBytes(row.Body));
            }
        }
    }

    /// <summary>All public documents.</summary>
    /// <param name="database">The directory.</param>
    /// <param name="kind">Only this kind; null for all.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async IAsyncEnumerable<EntryDocument> PublicAsync(
        Database database, EntryKind? kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = new PublishedReader(database);
        for (long after = 0; ;)
        {
            var changes = await reader.ReadAfterAsync(after, Batch, cancellation);
            foreach (var change in changes)
            {
                after = change.Sequence;
                if (change.Body is not null && (kind is null || change.Kind == kind))
                {
                    yield return new EntryDocument(change.Kind, System.Text.Encoding.UTF8.GetBytes(change.Body));
                }
            }

            if (changes.Count < Batch)
            {
                yield break;
            }
        }
    }

    private static async Task<IReadOnlyList<T>> SomeAsync<T>(Database database, Sql select, Guid[] ids, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.QueryAsync<T>(select, new { ids = JsonSerializer.Serialize(ids) }, cancellation);
    }

    private static async Task<ILookup<Guid, string>> FormerSlugsAsync(Database database, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return (await session.QueryAsync<FormerSlug>(SelectFormerSlugs, null, cancellation)).ToLookup(f => f.EntryId, f => f.Slug);
    }

    /// <summary>The revision's body combined with the entry's state.</summary>
    private static ReadOnlyMemory<byte> Document(Row row, IEnumerable<string> formerSlugs)
    {
        var bytes = new ArrayBufferWriter<byte>(row.Body.Length + 512);
        using var body = JsonDocument.Parse(row.Body);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = EntryJson.Revision.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("kind", row.Kind.Code());
            json.WriteString("id", row.EntryId);
            json.WriteString("slug", row.Slug);
            if (formerSlugs.ToList() is { Count: > 0 } former)
            {
                json.WritePropertyName("formerSlugs");
                JsonSerializer.Serialize(json, former);
            }

            Write(json, "listing", row.Listing.Code());
            Write(json, "listingReason", row.ListingReason);
            Write(json, "draft", row.DraftState.Code());
            json.WriteNumber(ExportedRevision.NumberMember, row.LatestRevision);
            json.WriteString(ExportedRevision.HashMember, ExportedRevision.HashOf(row.Body));
            if (row.PublishedRevision is { } published)
            {
                json.WriteNumber("publishedRevision", published);
            }

            Write(json, "assignedTo", row.AssignedTo);
            json.WriteString("createdAt", row.CreatedAt);
            foreach (var member in body.RootElement.EnumerateObject().Where(m => m.Name != "kind"))
            {
                member.WriteTo(json);
            }

            json.WriteString("updatedAt", row.UpdatedAt);
            Write(json, "assuredOn", row.AssuredOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            Write(json, "checkDueOn", row.CheckDueOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private sealed record PublicRow
    {
        public EntryKind Kind { get; init; }

        public string Body { get; init; } = "";
    }

    private sealed record FormerSlug
    {
        public Guid EntryId { get; init; }

        public string Slug { get; init; } = "";
    }

    private sealed record Row
    {
        public Guid EntryId { get; init; }

        public EntryKind Kind { get; init; }

        public string Slug { get; init; } = "";

        public Listing Listing { get; init; }

        public string? ListingReason { get; init; }

        public DraftState DraftState { get; init; }

        public int LatestRevision { get; init; }

        public int? PublishedRevision { get; init; }

        public DateOnly? AssuredOn { get; init; }

        public DateOnly? CheckDueOn { get; init; }

        public string? AssignedTo { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset UpdatedAt { get; init; }

        public string Body { get; init; } = "";
    }
}
