using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Records;

/// <summary>What a source last said of an entry, and where the entry stands now.</summary>
public sealed record ImportRecord
{
    /// <summary>Stands for what the source said when the import that brought it is undone: nothing.</summary>
    public static readonly string Nothing = new('0', 64);

    /// <summary>The entry's id in the source.</summary>
    public string SourceId { get; init; } = "";

    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The import in which the source said it.</summary>
    public Guid ImportId { get; init; }

    /// <summary>The import's item that holds what it said; null where the revision does.</summary>
    public int? Item { get; init; }

    /// <summary>What the source said, as a hash.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The revision that the source wrote.</summary>
    public int Revision { get; init; }

    /// <summary>The import in which the source had it no more.</summary>
    public Guid? VanishedIn { get; init; }

    /// <summary>What the source said is not what the revision says: a curator's changes were kept in it.</summary>
    public bool IsMerged { get; init; }

    /// <summary>A curator merged entries into it: several rows of the source may tell of it, each of its part.</summary>
    public bool IsSurvivor { get; init; }

    /// <summary>The entry's latest revision.</summary>
    public int LatestRevision { get; init; }

    /// <summary>The entry's public revision.</summary>
    public int? PublishedRevision { get; init; }

    /// <summary>Whether the public sees the entry.</summary>
    public Listing Listing { get; init; }

    /// <summary>Why the public does not see it.</summary>
    public string? ListingReason { get; init; }

    /// <summary>The day by which it is to be checked.</summary>
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>Why an entry is retired whose import was undone. Where another reason stands, somebody has decided since.</summary>
    public const string UndoReason = "The import that made it was undone.";

    /// <summary>The import that made the entry was undone, and nobody has worked on it or decided about it since.</summary>
    public bool IsUndone => Listing == Listing.Retired && IsUntouched && Fingerprint == Nothing && ListingReason == UndoReason;

    /// <summary>The latest revision is the one that the source wrote.</summary>
    public bool IsUntouched => LatestRevision == Revision;
}

/// <summary>What the source said, and what stands here now, as JSON.</summary>
internal sealed record ImportTexts
{
    public string SourceId { get; init; } = "";

    public string Said { get; init; } = "";

    public string Stands { get; init; } = "";
}

/// <summary>An entry of which a source knows the id.</summary>
internal sealed record ExportOrigin
{
    public Guid EntryId { get; init; }

    public int LatestRevision { get; init; }

    public int? PublishedRevision { get; init; }

    public Listing Listing { get; init; }

    public DateOnly? CheckDueOn { get; init; }

    /// <summary>What stands there, JSON.</summary>
    public string Stands { get; init; } = "";

    /// <summary>Who made it: an actor's code.</summary>
    public string MadeBy { get; init; } = "";

    /// <summary>The entry that it was merged into.</summary>
    public Guid? MergedInto { get; init; }
}

/// <summary>An entry that the source has no more.</summary>
internal sealed record MissingEntry
{
    public Guid EntryId { get; init; }

    public string Name { get; init; } = "";

    public string SourceId { get; init; } = "";
}

/// <summary>Keeps what each source last said.</summary>
internal static class ImportRecords
{
    /// <summary>Ids in one statement; SQL Server takes 2,100 parameters.</summary>
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

    // Where it is not known what the source said, it is taken to have said nothing: whatever differs then waits for a person.
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

    /// <summary>What the source last said under these ids, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, ImportRecord>> ReadAsync(
        DbSession session, string source, IEnumerable<string> ids, CancellationToken cancellation) =>
        (await ReadAsync<ImportRecord>(session, Select, source, ids, cancellation)).ToDictionary(r => r.SourceId, Comparer(session));

    /// <summary>The texts behind those records, by id in the source.</summary>
    public static async Task<IReadOnlyDictionary<string, ImportTexts>> ReadTextsAsync(
        DbSession session, string source, IEnumerable<string> ids, CancellationToken cancellation) =>
        (await ReadAsync<ImportTexts>(session, SelectTexts, source, ids, cancellation)).ToDictionary(r => r.SourceId, Comparer(session));

    /// <summary>Those of the entries that exist, by id.</summary>
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

    /// <summary>The texts from which those of an export were edited, by entry; none where this directory has no such revision.</summary>
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

    /// <summary>Remembers what a source says under ids that it has not used before.</summary>
    public static Task AddAsync(DbSession session, string source, IEnumerable<ImportRecord> records, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(Insert, records.Select(r => Row(source, r)).ToList(), cancellation);

    /// <summary>Remembers what a source says now.</summary>
    public static Task ChangeAsync(DbSession session, string source, IEnumerable<ImportRecord> records, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(Update, records.Select(r => Row(source, r)).ToList(), cancellation);

    /// <summary>Entries that the source once told of and that are not among an import's items; an entry of several ids comes several times.</summary>
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

    /// <summary>As the database's primary key compares.</summary>
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
