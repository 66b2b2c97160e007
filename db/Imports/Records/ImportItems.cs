using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Imports.Records;

/// <summary>A field that an import changes, as people read it.</summary>
/// <param name="Path">Where, such as <c>phones[0].number</c>.</param>
/// <param name="Before">What stands there.</param>
/// <param name="After">What the source says.</param>
/// <param name="Contested">A curator has changed it too: it stays until somebody settles it.</param>
public sealed record ImportChange(string Path, string? Before, string? After, bool Contested = false);

/// <summary>What was known before an import touched an entry, to go back to.</summary>
internal sealed record FormerState
{
    public Listing? Listing { get; init; }

    public int? PublishedRevision { get; init; }

    public DateOnly? CheckDueOn { get; init; }

    public IReadOnlyList<ImportRecord> Records { get; init; } = [];

    /// <summary>Until it is applied: the revision that an export wrote, and whose text is edited.</summary>
    public ExportedRevision? Base { get; init; }
}

/// <summary>One entry of an import: what was planned for it, and what was done.</summary>
public sealed record ImportItem
{
    /// <summary>The import's id.</summary>
    public Guid ImportId { get; init; }

    /// <summary>1 for the first.</summary>
    public int Number { get; init; }

    /// <summary>What the import means for it.</summary>
    public ImportOutcome Outcome { get; init; }

    /// <summary>What has become of it.</summary>
    public ImportItemState State { get; init; }

    /// <summary>The entry; null for one that is still to be made.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>The entry's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its ids in the source, a JSON list.</summary>
    public string SourceIds { get; init; } = "[]";

    /// <summary>The id that it has in the directory from which it was exported.</summary>
    public Guid? WishedId { get; init; }

    /// <summary>The slug wished for.</summary>
    public string? Slug { get; init; }

    /// <summary>A hash of what the source says.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>What the source says, JSON; null where the revision says it, or where it says nothing new.</summary>
    public string? Body { get; init; }

    /// <summary>The revision that stood before.</summary>
    public int? BasedOn { get; init; }

    /// <summary>The revision that the import wrote.</summary>
    public int? Revision { get; init; }

    /// <summary>The fields that change, JSON.</summary>
    public string? Changes { get; init; }

    /// <summary>What undoing goes back to, JSON.</summary>
    public string? Former { get; init; }

    /// <summary>Why it was left, refused, or not published.</summary>
    public string? Note { get; init; }

    /// <summary>The fields that change.</summary>
    public IReadOnlyList<ImportChange> ChangeList() =>
        Changes is null ? [] : JsonSerializer.Deserialize<List<ImportChange>>(Changes, JsonSerializerOptions.Web)!;

    internal IReadOnlyList<string> IdList() => JsonSerializer.Deserialize<List<string>>(SourceIds)!;

    /// <summary>The item with the reason why its entry was not published, or without it once the entry is.</summary>
    internal ImportItem With(PublicationReport report) =>
        EntryId is not { } id ? this
        : report.Refused.TryGetValue(id, out var why) ? this with { Note = why }
        : report.Published.Contains(id) ? this with { Note = null }
        : this;

    internal FormerState FormerState() =>
        Former is null ? new FormerState() : JsonSerializer.Deserialize<FormerState>(Former, JsonSerializerOptions.Web)!;
}

/// <summary>Keeps the entries of imports.</summary>
public static class ImportItems
{
    private const int MaxNameLength = 200;

    private const int MaxNoteLength = 1000;

    private const string Columns =
        "ImportId, Number, Outcome, State, EntryId, Name, SourceIds, WishedId, Slug, Fingerprint, Body, BasedOn, Revision, Changes, Former, Note";

    private static readonly RowList Rows = new(
        "ImportId uniqueidentifier", "Number int", "Outcome nvarchar(4000)", "State nvarchar(4000)", "EntryId uniqueidentifier",
        "Name nvarchar(4000)", "SourceIds nvarchar(max)", "WishedId uniqueidentifier", "Slug nvarchar(4000)", "Fingerprint char(64)",
        "Body nvarchar(max)", "BasedOn int", "Revision int", "Changes nvarchar(max)", "Former nvarchar(max)", "Note nvarchar(4000)");

    private static readonly Sql Insert = Rows.Statement(
        "ImportItems.Add",
        """
        INSERT INTO ImportItem (ImportId, Number, Outcome, State, EntryId, Name, SourceIds, WishedId, Slug, Fingerprint, Body, BasedOn, Revision, Changes, Former, Note)
        SELECT r.ImportId, r.Number, r.Outcome, r.State, r.EntryId, r.Name, r.SourceIds, r.WishedId, r.Slug, r.Fingerprint, r.Body, r.BasedOn, r.Revision, r.Changes, r.Former, r.Note FROM @rows AS r
        """);

    private static readonly Sql Update = Rows.Statement(
        "ImportItems.Change",
        """
        UPDATE ImportItem
        SET Outcome = r.Outcome, State = r.State, EntryId = r.EntryId, Body = r.Body, BasedOn = r.BasedOn, Revision = r.Revision, Changes = r.Changes,
            Former = r.Former, Note = r.Note
        FROM @rows AS r WHERE ImportItem.ImportId = r.ImportId AND ImportItem.Number = r.Number
        """);

    private static readonly Sql SelectBatch = new(
        "ImportItems.ReadBatch",
        sqlServer: $"SELECT TOP (@limit) {Columns} FROM ImportItem WHERE ImportId = @import AND Number > @after AND State = @state ORDER BY Number",
        sqlite: $"SELECT {Columns} FROM ImportItem WHERE ImportId = @import AND Number > @after AND State = @state ORDER BY Number LIMIT @limit");

    private static readonly Sql SelectPage = new(
        "ImportItems.List",
        sqlServer:
        $"""
        SELECT {Columns} FROM ImportItem WHERE ImportId = @import AND Outcome = @outcome AND (@state IS NULL OR State = @state)
        ORDER BY Number OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY
        """,
        sqlite:
        $"""
        SELECT {Columns} FROM ImportItem WHERE ImportId = @import AND Outcome = @outcome AND (@state IS NULL OR State = @state)
        ORDER BY Number LIMIT @limit OFFSET @offset
        """);

    private static readonly Sql SelectLeft = new(
        "ImportItems.ListLeft", $"SELECT {Columns} FROM ImportItem WHERE ImportId = @import AND State = 'left' ORDER BY Number");

    private static readonly Sql CountState = new(
        "ImportItems.Count", "SELECT COUNT(*) FROM ImportItem WHERE ImportId = @import AND State = @state");

    private static readonly Sql SelectOne = new("ImportItems.Find", $"SELECT {Columns} FROM ImportItem WHERE ImportId = @import AND Number = @number");

    private static readonly Sql SelectKinds = new("ImportItems.Kinds", "SELECT EntryId, Kind FROM Entry WHERE EntryId IN @ids");

    private static readonly Sql CountRefused = new(
        "ImportItems.CountRefused", "SELECT COUNT(*) FROM ImportItem WHERE ImportId = @import AND Outcome = 'refused'");

    // As undoing will find them; a later import that changed one wrote a revision too.
    private const string Touched =
        """
        FROM ImportItem AS i INNER JOIN Entry AS e ON e.EntryId = i.EntryId
        WHERE i.ImportId = @import AND i.State = 'applied' AND i.Outcome <> 'vanished'
          AND (e.LatestRevision <> i.Revision OR (i.Outcome = 'new' AND e.AssuredOn IS NOT NULL)
            OR EXISTS (SELECT 1 FROM MergedEntry AS m WHERE m.EntryId = e.EntryId OR m.SurvivorId = e.EntryId))
        """;

    private static readonly Sql CountTouched = new("ImportItems.CountTouched", $"SELECT COUNT(*) {Touched}");

    private static readonly Sql SelectLastNumber = new("ImportItems.LastNumber", "SELECT MAX(Number) FROM ImportItem WHERE ImportId = @import");

    private static readonly Sql Delete = new("ImportItems.Delete", "DELETE FROM ImportItem WHERE ImportId = @import");

    private static readonly Sql DeleteSame = new(
        "ImportItems.Forget", "DELETE FROM ImportItem WHERE ImportId = @import AND Outcome = 'same' AND State = 'planned'");

    /// <summary>One page of an import's entries with an outcome, in the order of the file.</summary>
    public static Task<IReadOnlyList<ImportItem>> ListAsync(
        DbSession session, Guid import, ImportOutcome outcome, ImportItemState? state, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<ImportItem>(SelectPage, new { import, outcome = outcome.Code(), state = state?.Code(), offset, limit }, cancellation);

    /// <summary>The entries that undoing left as they were, each with the reason.</summary>
    public static Task<IReadOnlyList<ImportItem>> ListLeftAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.QueryAsync<ImportItem>(SelectLeft, new { import }, cancellation);

    /// <summary>One entry of an import.</summary>
    /// <exception cref="NotFoundException">There is none of that number.</exception>
    public static async Task<ImportItem> ReadAsync(DbSession session, Guid import, int number, CancellationToken cancellation) =>
        await session.FindAsync<ImportItem>(SelectOne, new { import, number }, cancellation) ?? throw new NotFoundException($"item {number} of import {import}");

    /// <summary>The kinds of the entries that items speak of, by entry.</summary>
    public static async Task<IReadOnlyDictionary<Guid, EntryKind>> KindsAsync(DbSession session, IEnumerable<ImportItem> items, CancellationToken cancellation)
    {
        var ids = DbSession.Ids(items.Select(i => i.EntryId).OfType<Guid>().Distinct());
        return ids.Count == 0
            ? new Dictionary<Guid, EntryKind>()
            : (await session.QueryAsync<(Guid EntryId, string Kind)>(SelectKinds, new { ids }, cancellation)).ToDictionary(e => e.EntryId, e => EntryKinds.TryParse(e.Kind, out var kind) ? kind : default);
    }

    /// <summary>How many entries, and not rows of the file, were refused: the directory does not let the source speak of them.</summary>
    public static Task<int> CountRefusedAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountRefused, new { import }, cancellation);

    /// <summary>How many entries undoing would leave as they are, because somebody has worked on them since.</summary>
    public static Task<int> CountTouchedAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountTouched, new { import }, cancellation);

    internal static Task AddAsync(DbSession session, IEnumerable<ImportItem> items, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(Insert, items.Select(Row).ToList(), cancellation);

    internal static Task ChangeAsync(DbSession session, IEnumerable<ImportItem> items, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(Update, items.Select(Row).ToList(), cancellation);

    /// <summary>The next items in a state, in the order of their numbers.</summary>
    internal static Task<IReadOnlyList<ImportItem>> ReadBatchAsync(
        DbSession session, Guid import, int after, ImportItemState state, int limit, CancellationToken cancellation) =>
        session.QueryAsync<ImportItem>(SelectBatch, new { import, after, state = state.Code(), limit }, cancellation);

    internal static Task<int> CountAsync(DbSession session, Guid import, ImportItemState state, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountState, new { import, state = state.Code() }, cancellation);

    internal static async Task<int> LastNumberAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        await session.ScalarAsync<int?>(SelectLastNumber, new { import }, cancellation) ?? 0;

    internal static Task DeleteAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.ExecuteAsync(Delete, new { import }, cancellation);

    /// <summary>Lets go of the items about which there was nothing to do.</summary>
    internal static Task ForgetSameAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.ExecuteAsync(DeleteSame, new { import }, cancellation);

    private static object Row(ImportItem item) => new
    {
        item.ImportId,
        item.Number,
        Outcome = item.Outcome.Code(),
        State = item.State.Code(),
        item.EntryId,
        Name = Short(item.Name, MaxNameLength),
        item.SourceIds,
        item.WishedId,
        item.Slug,
        item.Fingerprint,
        item.Body,
        item.BasedOn,
        item.Revision,
        item.Changes,
        item.Former,
        Note = item.Note is null ? null : Short(item.Note, MaxNoteLength),
    };

    private static string Short(string text, int length) => text.Length <= length ? text : text[..length];
}
