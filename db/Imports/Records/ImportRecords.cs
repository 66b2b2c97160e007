using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Records;

/// <summary>The record of an entry in a source's last import, and the current state of the entry.</summary>
public sealed record ImportRecord
{
    /// <summary>Marks a record whose import was undone.</summary>
    public static readonly string Nothing = new('0', 64);

    /// <summary>The id in the source.</summary>
    public string SourceId { get; init; } = "";

    /// <summary>The id of the entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The import that wrote the record.</summary>
    public Guid ImportId { get; init; }

    /// <summary>The import item with the source data; null if the revision has it.</summary>
    public int? Item { get; init; }

    /// <summary>A hash of the source data.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The revision written by the import.</summary>
    public int Revision { get; init; }

    /// <summary>The import in which it was missing.</summary>
    public Guid? VanishedIn { get; init; }

    /// <summary>True if the revision differs from the source data because a curator's changes were kept.</summary>
    public bool IsMerged { get; init; }

    /// <summary>True if a curator merged entries into it, so several rows of the source may be about it.</summary>
    public bool IsSurvivor { get; init; }

    /// <summary>The latest revision of the entry.</summary>
    public int LatestRevision { get; init; }

    /// <summary>The public revision of the entry.</summary>
    public int? PublishedRevision { get; init; }

    /// <summary>The listing of the entry.</summary>
    public Listing Listing { get; init; }

    /// <summary>The reason for the listing.</summary>
    public string? ListingReason { get; init; }

    /// <summary>The due date of the next verification.</summary>
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>The reason for retiring an entry when its import was undone. Any other reason is a later decision by a person.</summary>
    public const string UndoReason = "The import that created it was undone.";

    /// <summary>True if the import that created the entry was undone, and nobody has worked on it since.</summary>
    public bool IsUndone => Listing == Listing.Retired && IsUntouched && Fingerprint == Nothing && ListingReason == UndoReason;

    /// <summary>True if the latest revision was written by the import.</summary>
    public bool IsUntouched => LatestRevision == Revision;
}

/// <summary>The source data and the current entry, as JSON.</summary>
internal sealed record ImportTexts
{
    public string SourceId { get; init; } = "";

    public string Said { get; init; } = "";

    public string Stands { get; init; } = "";
}

/// <summary>An entry whose id is in the source.</summary>
internal sealed record ExportOrigin
{
    public Guid EntryId { get; init; }

    public int LatestRevision { get; init; }

    public int? PublishedRevision { get; init; }

    public Listing Listing { get; init; }

    public DateOnly? CheckDueOn { get; init; }

    /// <summary>The current entry, JSON.</summary>
    public string Stands { get; init; } = "";

    /// <summary>Who created it, an actor code.</summary>
    public string MadeBy { get; init; } = "";

    /// <summary>The entry it was merged into.</summary>
    public Guid? MergedInto { get; init; }
}

/// <summary>An entry missing from the source.</summary>
internal sealed record MissingEntry
{
    public Guid EntryId { get; init; }

    public string Name { get; init; } = "";

    public string SourceId { get; init; } = "";
}

/// <summary>Stores the records of each source's last import.</summary>
internal static class ImportRecords
{
    /// <summary>The number of ids per statement. SQL Server allows 2,100 parameters.</summary>
    private const int Chunk = 500;

    private static readonly Sql Select = new(
        "ImportRecords.Read",
        """
        SELECT r.SourceId, r.EntryId, r.ImportId, r.Item, r.Fingerprint, r.Revision, r.VanishedIn,
          CASE WHEN i.Body IS NULL THEN 0 ELSE 1 END AS IsMerged,
          CASE WHEN EXISTS (SELECT 1 FROM MergedEntry AS m WHERE m.SurvivorId = r.EntryId) THEN 1 ELSE 0 END AS IsSurvivor, e.LatestRevision, e.PublishedRevision, e.Listing, e.ListingReason, e.CheckDueOn
        FROM ImportRecord AS r INNER JOIN Entry AS e ON e.EntryId = r.EntryId
        LEFT JOIN ImportItem AS i ON i.ImportId = r.ImportId AND i.Number = r.Item
        WHERE r.Source = @source AND r.SourceId IN @ids
        """);

    // Without the previous source data, every difference becomes a conflict.
    private static readonly Sql SelectTexts = new(
        "ImportRecords.ReadTexts",
        """
        SELECT r.SourceId, COALESCE(i.Body, b.Body, '{}') AS Said, l.Body AS Stands
        FROM ImportRecord AS r INNER JOIN Entry AS e ON e.EntryId = r.EntryId
        LEFT JOIN Revision AS b ON b.EntryId = r.EntryId AND b.Number = r.Revision
        INNER JOIN Revision AS l ON l.EntryId = r.EntryId AND l.Number = e.LatestRevision
        LEFT JOIN ImportItem AS i ON i.ImportId = r.ImportId AND i.Number = r.Item
        WHERE r.Source = @source AND r.SourceId IN @ids
        """);

    private static readonly Sql SelectEntries = new(
        "ImportRecords.ReadEntries",
        """
        SELECT e.EntryId, e.LatestRevision, e.PublishedRevision, e.Listing, e.CheckDueOn, l.Body AS Stands,
          (SELECT f.Author FROM Revision AS f WHERE f.EntryId = e.EntryId AND f.Number = 1) AS MadeBy,
          (SELECT m.SurvivorId FROM MergedEntry AS m WHERE m.EntryId = e.EntryId) AS MergedInto
        FROM Entry AS e INNER JOIN Revision AS l ON l.EntryId = e.EntryId AND l.Number = e.LatestRevision
        WHERE e.EntryId IN @ids
        """);

    private static readonly Sql SelectRevisions = new(
        "ImportRecords.ReadBases", "SELECT EntryId, Number, Body FROM Revision WHERE EntryId IN @ids AND Number IN @numbers");

    private static readonly RowList Rows = new(
        "Source nvarchar(4000)", "SourceId nvarchar(4000)", "EntryId uniqueidentifier", "ImportId uniqueidentifier", "Item int",
        "Fingerprint char(64)", "Revision int", "VanishedIn uniqueidentifier");

    private static readonly Sql Insert = Rows.Statement(
        "ImportRecords.Add",
        """
        INSERT INTO ImportRecord (Source, SourceId, EntryId, ImportId, Item, Fingerprint, Revision)
        SELECT r.Source, r.SourceId, r.EntryId, r.ImportId, r.Item, r.Fingerprint, r.Revision FROM @rows AS r
        """);

    private static readonly Sql Update = Rows.Statement(
        "ImportRecords.Change",
        """
        UPDATE ImportRecord
        SET ImportId = r.ImportId, Item = r.Item, Fingerprint = r.Fingerprint, Revision = r.Revision, VanishedIn = r.VanishedIn
        FROM @rows AS r WHERE ImportRecord.Source = r.Source AND ImportRecord.SourceId = r.SourceId
        """);

    private static readonly Sql SelectMissing = new(
        "ImportRecords.Missing",
        """
        SELECT e.EntryId, e.Name, r.SourceId
        FROM ImportRecord AS r INNER JOIN Entry AS e ON e.EntryId = r.EntryId
        WHERE r.Source = @source AND r.VanishedIn IS NULL AND r.Fingerprint <> @nothing AND e.Listing NOT IN ('retired', 'doNotList')
          AND NOT EXISTS (SELECT 1 FROM ImportItem AS i WHERE i.EntryId = r.EntryId AND i.ImportId = @import)
        ORDER BY e.EntryId, r.SourceId
        """);

    /// <summary>The records for ids in the source, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, ImportRecord>> ReadAsync(
        DbSession session, string source, IEnumerable<string> ids, CancellationToken cancellation) =>
        (await ReadAsync<ImportRecord>(session, Select, source, ids, cancellation)).ToDictionary(r => r.SourceId, Comparer(session));

    /// <summary>The entries of records, by id in the source.</summary>
    public static async Task<IReadOnlyDictionary<string, ImportTexts>> ReadTextsAsync(
        DbSession session, string source, IEnumerable<string> ids, CancellationToken cancellation) =>
        (await ReadAsync<ImportTexts>(session, SelectTexts, source, ids, cancellation)).ToDictionary(r => r.SourceId, Comparer(session));

    /// <summary>The existing entries, by id.</summary>
    public static async Task<IReadOnlyDictionary<Guid, ExportOrigin>> ReadEntriesAsync(
        DbSession session, IEnumerable<Guid> entries, CancellationToken cancellation)
    {
        var found = new List<ExportOrigin>();
        foreach (var ids in entries.Distinct().Chunk(Chunk).Select(DbSession.Ids))
        {
            found.AddRange(await session.QueryAsync<ExportOrigin>(SelectEntries, new { ids }, cancellation));
        }

        return found.ToDictionary(e => e.EntryId);
    }

    /// <summary>The revisions that an edited export is based on, by entry, if this directory has them.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> ReadBasesAsync(
        DbSession session, IEnumerable<(ExportOrigin Entry, ExportedRevision Base)> exported, CancellationToken cancellation)
    {
        var (found, older) = (new Dictionary<Guid, string>(), new Dictionary<Guid, ExportedRevision>());
        foreach (var (entry, basis) in exported)
        {
            if (basis.Matches(entry.Stands))
            {
                found[entry.EntryId] = entry.Stands;
            }
            else if (basis.Number < entry.LatestRevision)
            {
                older[entry.EntryId] = basis;
            }
        }

        foreach (var chunk in older.Keys.Chunk(Chunk))
        {
            var numbers = chunk.Select(id => older[id].Number).Distinct().ToList();
            var revisions = await session.QueryAsync<Revision>(SelectRevisions, new { ids = DbSession.Ids(chunk), numbers }, cancellation);
            foreach (var revision in revisions.Where(r => r.Number == older[r.EntryId].Number && older[r.EntryId].Matches(r.Body)))
            {
                found[revision.EntryId] = revision.Body;
            }
        }

        return found;
    }

    /// <summary>Adds records for new ids.</summary>
    public static Task AddAsync(DbSession session, string source, IEnumerable<ImportRecord> records, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(Insert, records.Select(r => Row(source, r)).ToList(), cancellation);

    /// <summary>Updates records.</summary>
    public static Task ChangeAsync(DbSession session, string source, IEnumerable<ImportRecord> records, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(Update, records.Select(r => Row(source, r)).ToList(), cancellation);

    /// <summary>Entries of the source that are not among the import's items. An entry with several ids appears several times.</summary>
    public static Task<IReadOnlyList<MissingEntry>> MissingAsync(
        DbSession session, string source, Guid import, CancellationToken cancellation) =>
        session.QueryAsync<MissingEntry>(SelectMissing, new { source, import, nothing = ImportRecord.Nothing }, cancellation);

    private static async Task<IEnumerable<T>> ReadAsync<T>(
        DbSession session, Sql sql, string source, IEnumerable<string> ids, CancellationToken cancellation)
    {
        var found = new List<T>();
        foreach (var chunk in ids.Distinct(Comparer(session)).Chunk(Chunk))
        {
            found.AddRange(await session.QueryAsync<T>(sql, new { source, ids = chunk }, cancellation));
        }

        return found;
    }

    /// <summary>Compares like the primary key in the database.</summary>
    private static StringComparer Comparer(DbSession session) =>
        session.Dialect == Dialect.SqlServer ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private static object Row(string source, ImportRecord record) => new
    {
        Source = source,
        record.SourceId,
        record.EntryId,
        record.ImportId,
        record.Item,
        record.Fingerprint,
        record.Revision,
        record.VanishedIn,
    };
}
