using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Imports.Records;

/// <summary>A changed field, for people.</summary>
/// <param name="Path">The path, such as <c>phones[0].number</c>.</param>
/// <param name="Before">The value before.</param>
/// <param name="After">The value in the source.</param>
/// <param name="Contested">True if a curator changed it, too. The value is kept until the conflict is settled.</param>
public sealed record ImportChange(string Path, string? Before, string? After, bool Contested = false);

/// <summary>The state before the import, for undoing it.</summary>
internal sealed record FormerState
{
    public Listing? Listing { get; init; }

    public int? PublishedRevision { get; init; }

    public DateOnly? CheckDueOn { get; init; }

    public IReadOnlyList<ImportRecord> Records { get; init; } = [];

    /// <summary>Until it is applied: the exported revision that was edited.</summary>
    public ExportedRevision? Base { get; init; }
}

/// <summary>One entry of an import: the plan and the result.</summary>
public sealed record ImportItem
{
    /// <summary>The id of the import.</summary>
    public Guid ImportId { get; init; }

    /// <summary>The number, starting with 1.</summary>
    public int Number { get; init; }

    /// <summary>The outcome.</summary>
    public ImportOutcome Outcome { get; init; }

    /// <summary>The state.</summary>
    public ImportItemState State { get; init; }

    /// <summary>The id of the entry; null until it is created.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>The name of the entry.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its ids in the source, a JSON list.</summary>
    public string SourceIds { get; init; } = "[]";

    /// <summary>The requested id: the one in the directory that it was exported from.</summary>
    public Guid? RequestedId { get; init; }

    /// <summary>The requested slug.</summary>
    public string? Slug { get; init; }

    /// <summary>A hash of the source data.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The source data, JSON; null if the revision has it, or if it is unchanged.</summary>
    public string? Body { get; init; }

    /// <summary>The revision before the import.</summary>
    public int? BasedOn { get; init; }

    /// <summary>The revision written by the import.</summary>
    public int? Revision { get; init; }

    /// <summary>The changed fields, JSON.</summary>
    public string? Changes { get; init; }

    /// <summary>The state to restore when undoing, JSON.</summary>
    public string? Former { get; init; }

    /// <summary>Why it was kept, refused, or not published.</summary>
    public string? Note { get; init; }

    /// <summary>The changed fields.</summary>
    public IReadOnlyList<ImportChange> ChangeList() =>
        Changes is null ? [] : JsonSerializer.Deserialize<List<ImportChange>>(Changes, JsonSerializerOptions.Web)!;

    internal IReadOnlyList<string> IdList() => JsonSerializer.Deserialize<List<string>>(SourceIds)!;

    /// <summary>Sets the reason why the entry was not published, or removes it once the entry is published.</summary>
    internal ImportItem With(PublicationReport report) =>
        EntryId is not { } id ? this
        : report.Refused.TryGetValue(id, out var why) ? this with { Note = why }
        : report.Published.Contains(id) ? this with { Note = null }
        : this;

    internal FormerState FormerState() =>
        Former is null ? new FormerState() : JsonSerializer.Deserialize<FormerState>(Former, JsonSerializerOptions.Web)!;
}

/// <summary>Stores the entries of imports.</summary>
public static class ImportItems
{
    private const int MaxNameLength = 200;

    private const int MaxNoteLength = 1000;

    private const string Columns =
        "ImportId, Number, Outcome, State, EntryId, Name, SourceIds, WishedId AS RequestedId, Slug, Fingerprint, Body, BasedOn, Revision, Changes, Former, Note";

    private static readonly RowList Rows = new(
        "ImportId uniqueidentifier", "Number int", "Outcome nvarchar(4000)", "State nvarchar(4000)", "EntryId uniqueidentifier",
        "Name nvarchar(4000)", "SourceIds nvarchar(max)", "RequestedId uniqueidentifier", "Slug nvarchar(4000)", "Fingerprint char(64)",
        "Body nvarchar(max)", "BasedOn int", "Revision int", "Changes nvarchar(max)", "Former nvarchar(max)", "Note nvarchar(4000)");

    private static readonly Sql Insert = Rows.Statement(
        "ImportItems.Add",
        """
        INSERT INTO ImportItem (ImportId, Number, Outcome, State, EntryId, Name, SourceIds, WishedId, Slug, Fingerprint, Body, BasedOn, Revision, Changes, Former, Note)
        SELECT r.ImportId, r.Number, r.Outcome, r.State, r.EntryId, r.Name, r.SourceIds, r.RequestedId, r.Slug, r.Fingerprint, r.Body, r.BasedOn, r.Revision, r.Changes, r.Former, r.Note FROM @rows AS r
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

    // The same conditions as when undoing. A later import that changed an entry also wrote a revision.
    private const string Touched =
        """
        FROM ImportItem AS i INNER JOIN Entry AS e ON e.EntryId = i.EntryId
        WHERE i.ImportId = @import AND i.State = 'applied' AND i.Outcome <> 'vanished'
          AND (e.LatestRevision <> i.Revision OR (i.Outcome = 'new' AND e.AssuredOn IS NOT NULL)
            OR EXISTS (SELECT 1 FROM MergedEntry AS m WHERE m.EntryId = e.EntryId OR m.SurvivorId = e.EntryId))
        """;

    private static readonly Sql CountTouched = new("ImportItems.CountTouched", $"SELECT COUNT(*) {Touched}");

    private static readonly Sql SelectPublic = new(
        "ImportItems.ListWithdrawn",
        """
        SELECT i.EntryId, i.Outcome, i.Former FROM ImportItem i INNER JOIN Entry e ON e.EntryId = i.EntryId
        WHERE i.ImportId = @import AND i.State = 'applied' AND i.Outcome <> 'vanished' AND e.Listing = 'published' AND e.LatestRevision = i.Revision
        """);

    private static readonly Sql SelectLastNumber = new("ImportItems.LastNumber", "SELECT MAX(Number) FROM ImportItem WHERE ImportId = @import");

    private static readonly Sql Delete = new("ImportItems.Delete", "DELETE FROM ImportItem WHERE ImportId = @import");

    private static readonly Sql DeleteSame = new(
        "ImportItems.Forget", "DELETE FROM ImportItem WHERE ImportId = @import AND Outcome = 'same' AND State = 'planned'");

    /// <summary>One page of an import's entries with an outcome, in file order.</summary>
    public static Task<IReadOnlyList<ImportItem>> ListAsync(
        DbSession session, Guid import, ImportOutcome outcome, ImportItemState? state, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<ImportItem>(SelectPage, new { import, outcome = outcome.Code(), state = state?.Code(), offset, limit }, cancellation);

    /// <summary>The entries that undoing kept, with reasons.</summary>
    public static Task<IReadOnlyList<ImportItem>> ListLeftAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.QueryAsync<ImportItem>(SelectLeft, new { import }, cancellation);

    /// <summary>One entry of an import.</summary>
    /// <exception cref="NotFoundException">There is no such entry.</exception>
    public static async Task<ImportItem> ReadAsync(DbSession session, Guid import, int number, CancellationToken cancellation) =>
        await session.FindAsync<ImportItem>(SelectOne, new { import, number }, cancellation) ?? throw new NotFoundException($"item {number} of import {import}");

    /// <summary>The kinds of the entries, by id.</summary>
    public static async Task<IReadOnlyDictionary<Guid, EntryKind>> KindsAsync(DbSession session, IEnumerable<ImportItem> items, CancellationToken cancellation)
    {
        var ids = DbSession.Ids(items.Select(i => i.EntryId).OfType<Guid>().Distinct());
        return ids.Count == 0
            ? new Dictionary<Guid, EntryKind>()
            : (await session.QueryAsync<(Guid EntryId, string Kind)>(SelectKinds, new { ids }, cancellation)).ToDictionary(e => e.EntryId, e => EntryKinds.TryParse(e.Kind, out var kind) ? kind : default);
    }

    /// <summary>The number of refused entries, not rows.</summary>
    public static Task<int> CountRefusedAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountRefused, new { import }, cancellation);

    /// <summary>The number of entries that undoing would keep because someone has worked on them since.</summary>
    public static Task<int> CountTouchedAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountTouched, new { import }, cancellation);

    /// <summary>The public entries that undoing the import takes down: those that the import created, or published for the first time.</summary>
    public static async Task<IReadOnlyList<Guid>> ListWithdrawnAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        [.. (await session.QueryAsync<ImportItem>(SelectPublic, new { import }, cancellation))
            .Where(i => i.Outcome == ImportOutcome.New || i.FormerState().Listing != Listing.Published).Select(i => i.EntryId!.Value).Distinct()];

    internal static Task AddAsync(DbSession session, IEnumerable<ImportItem> items, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(Insert, items.Select(Row).ToList(), cancellation);

    internal static Task ChangeAsync(DbSession session, IEnumerable<ImportItem> items, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(Update, items.Select(Row).ToList(), cancellation);

    /// <summary>The next items in a state, by number.</summary>
    internal static Task<IReadOnlyList<ImportItem>> ReadBatchAsync(
        DbSession session, Guid import, int after, ImportItemState state, int limit, CancellationToken cancellation) =>
        session.QueryAsync<ImportItem>(SelectBatch, new { import, after, state = state.Code(), limit }, cancellation);

    internal static Task<int> CountAsync(DbSession session, Guid import, ImportItemState state, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountState, new { import, state = state.Code() }, cancellation);

    internal static async Task<int> LastNumberAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        await session.ScalarAsync<int?>(SelectLastNumber, new { import }, cancellation) ?? 0;

    internal static Task DeleteAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        session.ExecuteAsync(Delete, new { import }, cancellation);

    /// <summary>Deletes items without changes.</summary>
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
        item.RequestedId,
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
