using HealthEquity.Db.Auditing;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Storage;

namespace HealthEquity.Db.Imports;

/// <summary>What a source last said of an entry, and where the entry stands now.</summary>
public sealed record ImportRecord
{
    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>What the source said, as a hash.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The revision that the source wrote.</summary>
    public int Revision { get; init; }

    /// <summary>The entry's latest revision.</summary>
    public int LatestRevision { get; init; }

    /// <summary>Whether the public sees the entry.</summary>
    public Listing Listing { get; init; }
}

/// <summary>Keeps imports, and what each source last said.</summary>
public static class ImportStore
{
    // Any one of these is enough to leave a person or an office alone; an address is not, for neighbors share it.
    private static readonly HashSet<string> Telling =
        [EntryKeys.Phone, EntryKeys.Email, EntryKeys.Licence, EntryKeys.Npi, EntryKeys.Bar, EntryKeys.Ein, EntryKeys.NameAndAddress];

    private static readonly Sql InsertImport = new(
        "ImportStore.Begin",
        """
        INSERT INTO Import (ImportId, Source, Mapping, FileName, StartedBy, StartedAt)
        VALUES (@ImportId, @Source, @Mapping, @FileName, @StartedBy, @StartedAt)
        """);

    private static readonly Sql UpdateImport = new(
        "ImportStore.Count",
        """
        UPDATE Import
        SET FinishedAt = @FinishedAt, RowsRead = @Rows, RowsNew = @New, RowsChanged = @Changed, RowsSame = @Same,
            RowsConflicting = @Conflicting, RowsRefused = @Refused
        WHERE ImportId = @ImportId
        """);

    private static readonly Sql SelectRecord = new(
        "ImportStore.Find",
        """
        SELECT r.EntryId, r.Fingerprint, r.Revision, e.LatestRevision, e.Listing
        FROM ImportRecord AS r INNER JOIN Entry AS e ON e.EntryId = r.EntryId
        WHERE r.Source = @source AND r.SourceId = @sourceId
        """);

    private static readonly Sql UpdateRecord = new(
        "ImportStore.Remember",
        """
        UPDATE ImportRecord SET EntryId = @EntryId, ImportId = @ImportId, Fingerprint = @Fingerprint, Revision = @Revision
        WHERE Source = @Source AND SourceId = @SourceId
        """);

    private static readonly Sql InsertRecord = new(
        "ImportStore.Remember",
        """
        INSERT INTO ImportRecord (Source, SourceId, EntryId, ImportId, Fingerprint, Revision)
        VALUES (@Source, @SourceId, @EntryId, @ImportId, @Fingerprint, @Revision)
        """);

    private static readonly Sql SelectUnlistedKeys = new(
        "ImportStore.UnlistedKeys",
        """
        SELECT k.Type, k.Value
        FROM EntryKey AS k INNER JOIN Entry AS e ON e.EntryId = k.EntryId
        WHERE e.Listing = 'doNotList'
        """);

    /// <summary>Notes that an import begins.</summary>
    public static Task BeginAsync(
        DbSession session, Guid id, string source, ImportRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(
            InsertImport,
            new
            {
                ImportId = id,
                Source = source,
                Mapping = request.Mapping?.Name ?? "",
                FileName = Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Path)),
                StartedBy = actor.Code,
                StartedAt = now,
            },
            cancellation);

    /// <summary>Notes how far an import is; with a moment, that it is done.</summary>
    public static Task CountAsync(DbSession session, ImportSummary summary, DateTimeOffset? finishedAt, CancellationToken cancellation) =>
        session.ExecuteAsync(
            UpdateImport,
            new
            {
                summary.ImportId,
                FinishedAt = finishedAt,
                summary.Rows,
                summary.New,
                summary.Changed,
                summary.Same,
                summary.Conflicting,
                summary.Refused,
            },
            cancellation);

    /// <summary>What a source last said under an id, or null.</summary>
    public static Task<ImportRecord?> FindAsync(DbSession session, string source, string sourceId, CancellationToken cancellation) =>
        session.FindAsync<ImportRecord>(SelectRecord, new { source, sourceId }, cancellation);

    /// <summary>Remembers what a source says under an id.</summary>
    public static async Task RememberAsync(
        DbSession session, Guid import, string source, string sourceId, Guid entry, string fingerprint, int revision, CancellationToken cancellation)
    {
        var row = new { Source = source, SourceId = sourceId, EntryId = entry, ImportId = import, Fingerprint = fingerprint, Revision = revision };
        if (await session.ExecuteAsync(UpdateRecord, row, cancellation) == 0)
        {
            await session.ExecuteAsync(InsertRecord, row, cancellation);
        }
    }

    /// <summary>The keys by which those are recognized who asked not to be listed.</summary>
    public static async Task<IReadOnlySet<(string Type, string Value)>> UnlistedKeysAsync(DbSession session, CancellationToken cancellation) =>
        (await session.QueryAsync<(string Type, string Value)>(SelectUnlistedKeys, null, cancellation)).Where(k => Telling.Contains(k.Type)).ToHashSet();

    /// <summary>True when the entry is recognized as one that asked not to be listed.</summary>
    public static bool IsUnlisted(Entry entry, IReadOnlySet<(string Type, string Value)> unlisted) =>
        unlisted.Count > 0 && EntryKeys.Of(entry).Any(k => Telling.Contains(k.Type) && unlisted.Contains(k));
}
