using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Plans;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Reviews;

namespace HealthEquity.Imports.Applying;

/// <summary>A field changed by both the source and a curator, until it is settled.</summary>
public sealed record ImportConflict
{
    /// <summary>The id of the conflict.</summary>
    public Guid ConflictId { get; init; }

    /// <summary>The import that found it.</summary>
    public Guid ImportId { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The current name of the entry.</summary>
    public string Name { get; init; } = "";

    /// <summary>The entry's kind.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The source.</summary>
    public string Source { get; init; } = "";

    /// <summary>The field.</summary>
    public string Path { get; init; } = "";

    /// <summary>The previous value in the source, JSON.</summary>
    public string? Base { get; init; }

    /// <summary>The value here when the conflict was found, JSON.</summary>
    public string? Ours { get; init; }

    /// <summary>The new value in the source, JSON.</summary>
    public string? Theirs { get; init; }

    /// <summary>open, ours, theirs or superseded.</summary>
    public string State { get; init; } = "";

    /// <summary>When it was found, UTC.</summary>
    public DateTimeOffset RaisedAt { get; init; }
}

/// <summary>Stores and settles conflicts between sources and curators.</summary>
/// <param name="audit">The audit log.</param>
/// <param name="entries">Entries and their revisions.</param>
/// <param name="clock">The clock.</param>
/// <param name="validate">The validation rules.</param>
public sealed class ImportConflicts(AuditLog audit, EntryStore entries, TimeProvider clock, Func<Entry, ValidationResult> validate)
{
    private const string Columns =
        "c.ConflictId, c.ImportId, c.EntryId, e.Name, e.Kind, c.Source, c.Path, c.Base, c.Ours, c.Theirs, c.State, c.RaisedAt";

    private static readonly RowList Raised = new(
        "ConflictId uniqueidentifier", "ImportId uniqueidentifier", "EntryId uniqueidentifier", "Source nvarchar(4000)", "Path nvarchar(4000)",
        "Base nvarchar(max)", "Ours nvarchar(max)", "Theirs nvarchar(max)", "RaisedAt datetimeoffset(3)");

    private static readonly Sql Insert = Raised.Statement(
        "ImportConflicts.Raise",
        """
        INSERT INTO ImportConflict (ConflictId, ImportId, EntryId, Source, Path, Base, Ours, Theirs, State, RaisedAt)
        SELECT r.ConflictId, r.ImportId, r.EntryId, r.Source, r.Path, r.Base, r.Ours, r.Theirs, 'open', r.RaisedAt FROM @rows AS r
        """);

    private static readonly RowList Superseded = new(
        "EntryId uniqueidentifier", "Source nvarchar(4000)", "Path nvarchar(4000)", "SettledAt datetimeoffset(3)");

    // The latest value of the source replaces its earlier one.
    private static readonly Sql Supersede = Superseded.Statement(
        "ImportConflicts.Supersede",
        """
        UPDATE ImportConflict SET State = 'superseded', SettledAt = r.SettledAt
        FROM @rows AS r
        WHERE ImportConflict.EntryId = r.EntryId AND ImportConflict.Source = r.Source AND ImportConflict.Path = r.Path AND ImportConflict.State = 'open'
        """);

    private static readonly Sql SupersedeImport = new(
        "ImportConflicts.Undo",
        "UPDATE ImportConflict SET State = 'superseded', SettledAt = @now WHERE EntryId = @entry AND ImportId = @import AND State = 'open'");

    private static readonly Sql Select = new(
        "ImportConflicts.Find",
        $"SELECT {Columns} FROM ImportConflict c INNER JOIN Entry e ON e.EntryId = c.EntryId WHERE c.ConflictId = @id");

    private static readonly Sql SelectOpen = new(
        "ImportConflicts.List",
        sqlServer:
        $"""
        SELECT {Columns} FROM ImportConflict c INNER JOIN Entry e ON e.EntryId = c.EntryId
        WHERE c.State = 'open' AND (@import IS NULL OR c.ImportId = @import)
        ORDER BY c.RaisedAt, c.EntryId, c.Path OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY
        """,
        sqlite:
        $"""
        SELECT {Columns} FROM ImportConflict c INNER JOIN Entry e ON e.EntryId = c.EntryId
        WHERE c.State = 'open' AND (@import IS NULL OR c.ImportId = @import)
        ORDER BY c.RaisedAt, c.EntryId, c.Path LIMIT @limit OFFSET @offset
        """);

    private static readonly Sql CountOpen = new(
        "ImportConflicts.Count", "SELECT COUNT(*) FROM ImportConflict WHERE State = 'open' AND (@import IS NULL OR ImportId = @import)");

    private static readonly Sql Settle = new(
        "ImportConflicts.Settle",
        "UPDATE ImportConflict SET State = @state, SettledAt = @now, SettledBy = @by WHERE ConflictId = @id AND State = 'open'");

    /// <summary>Open conflicts, oldest first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="import">The import; null for all.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<IReadOnlyList<ImportConflict>> ListAsync(DbSession session, Guid? import, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<ImportConflict>(SelectOpen, new { import, offset, limit }, cancellation);

    /// <summary>The number of open conflicts.</summary>
    /// <param name="session">A session.</param>
    /// <param name="import">The import; null for all.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static Task<int> CountAsync(DbSession session, Guid? import, CancellationToken cancellation) =>
        session.ScalarAsync<int>(CountOpen, new { import }, cancellation);

    /// <summary>Settles a conflict: keeps the value here, or saves the source's value as a new revision, a draft for review.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="id">The conflict.</param>
    /// <param name="takeTheirs">True to use the source's value.</param>
    /// <param name="actor">Who settles it.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="RefusedException">The conflict is already settled.</exception>
    /// <exception cref="InvalidEntryException">The entry would be invalid with the source's value.</exception>
    public async Task SettleAsync(DbSession session, Guid id, bool takeTheirs, Actor actor, CancellationToken cancellation)
    {
        var conflict = await session.FindAsync<ImportConflict>(Select, new { id }, cancellation) ?? throw new NotFoundException($"conflict {id}");
        var state = takeTheirs ? "theirs" : "ours";
        if (await session.ExecuteAsync(Settle, new { id, state, now = clock.GetUtcNow(), by = actor.Code }, cancellation) == 0)
        {
            throw new RefusedException("This conflict is already settled.");
        }

        if (takeTheirs)
        {
            var row = await EntryStore.ReadAsync(session, conflict.EntryId, cancellation);
            var latest = await EntryStore.ReadRevisionAsync(session, row.EntryId, row.LatestRevision, cancellation);
            var entry = SourceMerge.Put(latest.Body, conflict.Path, conflict.Theirs);
            if (validate(entry) is { IsValid: false } broken)
            {
                throw new InvalidEntryException(broken);
            }

            if (EntryJson.Write(entry) != latest.Body)
            {
                await entries.SaveAsync(
                    session, row.EntryId, row.LatestRevision, entry, actor, $"{conflict.Path} from {conflict.Source}.", cancellation);
            }
        }

        await audit.AppendAsync(session, actor, "settleConflict", $"entry:{conflict.EntryId}", $"{conflict.Path}: {state}", cancellation);
    }

    internal static async Task RaiseAsync(
        DbSession session, Guid import, Guid entry, string source, IReadOnlyList<ContestedField> fields, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = fields.Select(f => new
        {
            ConflictId = Guid.CreateVersion7(now),
            ImportId = import,
            EntryId = entry,
            Source = source,
            f.Path,
            f.Base,
            f.Ours,
            f.Theirs,
            RaisedAt = now,
        }).ToList();
        await session.ExecuteRowsAsync(Insert, rows, cancellation);
    }

    /// <summary>Closes conflicts in fields that the source changed again.</summary>
    internal static Task SupersedeAsync(
        DbSession session, Guid entry, string source, IEnumerable<string> paths, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteRowsAsync(Supersede, paths.Select(path => new { EntryId = entry, Source = source, Path = path, SettledAt = now }).ToList(), cancellation);

    /// <summary>Closes the conflicts of an undone import.</summary>
    internal static Task SupersedeAsync(DbSession session, Guid entry, Guid import, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(SupersedeImport, new { entry, import, now }, cancellation);
}
