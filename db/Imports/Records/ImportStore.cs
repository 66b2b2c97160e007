using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Records;

/// <summary>The number of imports that need attention.</summary>
public sealed record ImportsWaiting
{
    /// <summary>Planned imports, neither applied nor discarded.</summary>
    public int Planned { get; init; }

    /// <summary>Open conflicts.</summary>
    public int Conflicts { get; init; }

    /// <summary>Imports that were applied as drafts, of which nothing is public yet.</summary>
    public int Unpublished { get; init; }
}

/// <summary>Stores imports with their state and progress.</summary>
public static class ImportStore
{
    private const int MaxFileNameLength = 260;

    private const int MaxTitleLength = 400;

    private const int MaxFaultLength = 1000;

    /// <summary>A process without a heartbeat for this long is considered dead.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const string Columns =
        """
        ImportId, Source, SourceTitle, Mapping, FileName, StartedBy, PlannedBy, StartedAt, State, Publish, IsPart, PlannedAt, FinishedAt, UndoneAt,
        RunSince, AliveAt, Fault, Done, Total, RowsRead, RowsMerged, RowsNew, RowsChanged, RowsSame, RowsConflicting, RowsRefused,
        RowsFlawed, RowsNotListed, RowsVanished, RowsPublished, RowsLeft
        """;

    private static readonly Sql Insert = new(
        "ImportStore.Add",
        """
        INSERT INTO Import (ImportId, Source, SourceTitle, Mapping, FileName, StartedBy, StartedAt, State, AliveAt)
        VALUES (@ImportId, '', '', '', @FileName, @StartedBy, @StartedAt, 'uploaded', @StartedAt)
        """);

    private static readonly Sql Select = new("ImportStore.Find", $"SELECT {Columns} FROM Import WHERE ImportId = @id");

    private static readonly Sql SelectPage = new(
        "ImportStore.List",
        sqlServer: $"SELECT {Columns} FROM Import ORDER BY StartedAt DESC, ImportId DESC OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
        sqlite: $"SELECT {Columns} FROM Import ORDER BY StartedAt DESC, ImportId DESC LIMIT @limit OFFSET @offset");

    // The first process to move it gets it, so two can't work on one import.
    // A heartbeat in the future comes from a node whose clock was wrong, and must not keep the import busy until that time comes.
    private static readonly Sql Move = new(
        "ImportStore.Run",
        """
        UPDATE Import SET State = @to, RunSince = @now, AliveAt = @now, Done = 0, Total = @total, Fault = NULL
        WHERE ImportId = @id AND State = @from AND (State NOT IN ('planning', 'applying', 'undoing') OR AliveAt < @abandoned OR AliveAt > @future)
        """);

    private static readonly Sql UpdateMapping = new(
        "ImportStore.Describe",
        "UPDATE Import SET Source = @Source, SourceTitle = @SourceTitle, Mapping = @Source, IsPart = @IsPart WHERE ImportId = @ImportId");

    private static readonly Sql UpdateProgress = new(
        "ImportStore.Progress", "UPDATE Import SET Done = @done, Total = @total, AliveAt = @now WHERE ImportId = @id");

    private static readonly Sql UpdatePublished = new(
        "ImportStore.CountPublished", "UPDATE Import SET RowsPublished = RowsPublished + @count WHERE ImportId = @id");

    private static readonly Sql UpdatePublish = new("ImportStore.Choose", "UPDATE Import SET Publish = @publish WHERE ImportId = @id");

    private static readonly Sql UpdateRows = new(
        "ImportStore.CountRows", "UPDATE Import SET RowsRead = @read, RowsMerged = @merged, RowsRefused = @refused, RowsFlawed = @flawed WHERE ImportId = @id");

    private static readonly Sql UpdateCounts = new(
        "ImportStore.Count",
        """
        UPDATE Import
        SET RowsNew = (SELECT COUNT(*) FROM ImportItem i WHERE i.ImportId = @id AND i.Outcome = 'new'),
            RowsChanged = (SELECT COUNT(*) FROM ImportItem i WHERE i.ImportId = @id AND i.Outcome = 'changed'),
            RowsSame = (SELECT COUNT(*) FROM ImportItem i WHERE i.ImportId = @id AND i.Outcome = 'same'),
            RowsConflicting = (SELECT COUNT(*) FROM ImportItem i WHERE i.ImportId = @id AND i.Outcome = 'conflicting'),
            RowsNotListed = (SELECT COUNT(*) FROM ImportItem i WHERE i.ImportId = @id AND i.Outcome = 'notListed'),
            RowsVanished = (SELECT COUNT(*) FROM ImportItem i WHERE i.ImportId = @id AND i.Outcome = 'vanished')
        WHERE ImportId = @id
        """);

    private static readonly Sql UpdateLeft = new(
        "ImportStore.CountLeft",
        "UPDATE Import SET RowsLeft = (SELECT COUNT(*) FROM ImportItem i WHERE i.ImportId = @id AND i.State = 'left') WHERE ImportId = @id");

    private static readonly Sql Finish = new(
        "ImportStore.Finish",
        """
        UPDATE Import
        SET State = @state, Done = Total, Fault = NULL, PlannedAt = COALESCE(@plannedAt, PlannedAt), FinishedAt = COALESCE(@finishedAt, FinishedAt),
            UndoneAt = COALESCE(@undoneAt, UndoneAt)
        WHERE ImportId = @id
        """);

    private static readonly Sql MarkFailed = new(
        "ImportStore.Fail",
        "UPDATE Import SET State = 'failed', Fault = @fault WHERE ImportId = @id AND State IN ('planning', 'applying', 'undoing')");

    private static readonly Sql MarkAbandoned = new(
        "ImportStore.FailAbandoned",
        """
        UPDATE Import SET State = 'failed', Fault = @fault
        WHERE State IN ('planning', 'applying', 'undoing') AND (AliveAt IS NULL OR AliveAt < @abandoned OR AliveAt > @future)
        """);

    private static readonly Sql MarkDiscarded = new(
        "ImportStore.Discard",
        "UPDATE Import SET State = 'discarded' WHERE ImportId = @id AND (State IN ('uploaded', 'planned') OR (State = 'failed' AND FinishedAt IS NULL AND RowsPublished = 0))");

    private static readonly Sql MarkOldDiscarded = new(
        "ImportStore.DiscardOld", "UPDATE Import SET State = 'discarded' WHERE State = 'uploaded' AND StartedAt < @before");

    private static readonly Sql Reopen = new(
        "ImportStore.Reopen", "UPDATE Import SET State = 'uploaded', Fault = NULL WHERE ImportId = @id AND State = 'failed' AND PlannedAt IS NULL");

    private static readonly Sql UpdatePlannedBy = new("ImportStore.PlanBy", "UPDATE Import SET PlannedBy = @by WHERE ImportId = @id");

    private static readonly Sql UpdateFault = new("ImportStore.NoteFault", "UPDATE Import SET Fault = @fault WHERE ImportId = @id");

    private static readonly Sql UpdateAlive = new(
        "ImportStore.StayAlive", "UPDATE Import SET AliveAt = @now WHERE ImportId = @id AND State IN ('planning', 'applying', 'undoing')");

    private static readonly Sql SelectLast = new(
        "ImportStore.LastCount",
        """
        SELECT MAX(RowsNew + RowsChanged + RowsSame + RowsConflicting + RowsNotListed) FROM Import
        WHERE Source = @source AND State = 'applied' AND IsPart = 0
          AND FinishedAt = (SELECT MAX(FinishedAt) FROM Import WHERE Source = @source AND State = 'applied' AND IsPart = 0)
        """);

    private static readonly Sql SelectWaiting = new(
        "ImportStore.Waiting",
        """
        SELECT (SELECT COUNT(*) FROM Import WHERE State = 'planned') AS Planned,
          (SELECT COUNT(*) FROM ImportConflict WHERE State = 'open') AS Conflicts,
          (SELECT COUNT(*) FROM Import p WHERE p.State = 'applied' AND p.RowsPublished = 0 AND p.RowsNew > 0 AND EXISTS (
            SELECT 1 FROM ImportItem i INNER JOIN Entry e ON e.EntryId = i.EntryId
            WHERE i.ImportId = p.ImportId AND i.Outcome = 'new' AND i.State = 'applied' AND e.PublishedRevision IS NULL AND e.Listing = 'unpublished')) AS Unpublished
        """);

    /// <summary>Adds an import for a file.</summary>
    public static Task AddAsync(DbSession session, Guid id, string fileName, Actor actor, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(Insert, new { ImportId = id, FileName = Short(fileName, MaxFileNameLength), StartedBy = actor.Code, StartedAt = now }, cancellation);

    /// <summary>The import.</summary>
    /// <exception cref="NotFoundException">There is no such import.</exception>
    public static async Task<Import> ReadAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        await session.FindAsync<Import>(Select, new { id }, cancellation) ?? throw new NotFoundException($"import {id}");

    /// <summary>Imports, latest first.</summary>
    public static Task<IReadOnlyList<Import>> ListAsync(DbSession session, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<Import>(SelectPage, new { offset, limit }, cancellation);

    /// <summary>Claims an import to work on it.</summary>
    /// <returns>False if another process has it, or it is no longer in this state.</returns>
    public static async Task<bool> RunAsync(
        DbSession session, Guid id, ImportState from, ImportState to, int total, DateTimeOffset now, CancellationToken cancellation) =>
        await session.ExecuteAsync(Move, new { id, from = from.Code(), to = to.Code(), total, now, abandoned = now - Patience, future = now + Patience }, cancellation) == 1;

    /// <summary>Saves how the import is read.</summary>
    public static Task DescribeAsync(DbSession session, Guid id, string source, string title, bool isPart, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateMapping, new { ImportId = id, Source = source, SourceTitle = Short(title, MaxTitleLength), IsPart = isPart }, cancellation);

    /// <summary>Saves the progress and a heartbeat.</summary>
    public static Task ProgressAsync(DbSession session, Guid id, int done, int total, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateProgress, new { id, done, total, now }, cancellation);

    /// <summary>Saves whether it publishes.</summary>
    public static Task ChooseAsync(DbSession session, Guid id, bool publish, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdatePublish, new { id, publish }, cancellation);

    /// <summary>Adds to the number of published entries.</summary>
    public static Task CountPublishedAsync(DbSession session, Guid id, int count, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdatePublished, new { id, count }, cancellation);

    /// <summary>Saves the row counts.</summary>
    public static Task CountRowsAsync(DbSession session, Guid id, int read, int merged, int refused, int flawed, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateRows, new { id, read, merged, refused, flawed }, cancellation);

    /// <summary>Saves the counts of entries by outcome.</summary>
    public static Task CountAsync(DbSession session, Guid id, CancellationToken cancellation) => session.ExecuteAsync(UpdateCounts, new { id }, cancellation);

    /// <summary>Saves the number of entries that undoing kept.</summary>
    public static Task CountLeftAsync(DbSession session, Guid id, CancellationToken cancellation) => session.ExecuteAsync(UpdateLeft, new { id }, cancellation);

    /// <summary>Marks the current operation as finished.</summary>
    public static Task FinishAsync(DbSession session, Guid id, ImportState state, DateTimeOffset now, CancellationToken cancellation) => session.ExecuteAsync(
        Finish,
        new
        {
            id,
            state = state.Code(),
            plannedAt = state == ImportState.Planned ? now : (DateTimeOffset?)null,
            finishedAt = state == ImportState.Applied ? now : (DateTimeOffset?)null,
            undoneAt = state == ImportState.Undone ? now : (DateTimeOffset?)null,
        },
        cancellation);

    /// <summary>Marks it as failed, with the reason.</summary>
    public static Task FailAsync(DbSession session, Guid id, string fault, CancellationToken cancellation) =>
        session.ExecuteAsync(MarkFailed, new { id, fault = Short(fault, MaxFaultLength) }, cancellation);

    /// <summary>Marks imports of dead processes as failed.</summary>
    public static Task FailAbandonedAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(MarkAbandoned, new { fault = "The program stopped while working on this import.", abandoned = now - Patience, future = now + Patience }, cancellation);

    /// <summary>Discards an import that has written nothing.</summary>
    /// <exception cref="RefusedException">The import has written something, or is in progress.</exception>
    public static async Task DiscardAsync(DbSession session, Guid id, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(MarkDiscarded, new { id }, cancellation) == 0)
        {
            throw new RefusedException("Only an import that has written nothing can be discarded. An applied import can be undone.");
        }

        await ImportItems.DeleteAsync(session, id, cancellation);
    }

    /// <summary>Discards uploads from before a time that were never planned.</summary>
    internal static Task DiscardOldAsync(DbSession session, DateTimeOffset before, CancellationToken cancellation) =>
        session.ExecuteAsync(MarkOldDiscarded, new { before }, cancellation);

    /// <summary>Saves who chose how to read the file. Resets an earlier failed plan.</summary>
    /// <exception cref="RefusedException">The import is already planned.</exception>
    public static async Task PlanByAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(Reopen, new { id }, cancellation) == 1)
        {
            await ImportItems.DeleteAsync(session, id, cancellation);
            await ImportRefusals.DeleteAsync(session, id, cancellation);
        }

        if ((await ReadAsync(session, id, cancellation)).State != ImportState.Uploaded)
        {
            throw new RefusedException("This import is already planned.");
        }

        await session.ExecuteAsync(UpdatePlannedBy, new { id, by = actor.Code }, cancellation);
    }

    /// <summary>Saves why a requested operation was not done, without changing the state.</summary>
    public static Task NoteFaultAsync(DbSession session, Guid id, string fault, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateFault, new { id, fault = Short(fault, MaxFaultLength) }, cancellation);

    /// <summary>Saves a heartbeat.</summary>
    internal static Task StayAliveAsync(DbSession session, Guid id, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateAlive, new { id, now }, cancellation);

    /// <summary>The number of entries in the last complete import of the source; null if there is none.</summary>
    public static Task<int?> LastCountAsync(DbSession session, string source, CancellationToken cancellation) =>
        session.ScalarAsync<int?>(SelectLast, new { source }, cancellation);

    /// <summary>The number of imports and conflicts that need attention.</summary>
    public static async Task<ImportsWaiting> WaitingAsync(DbSession session, CancellationToken cancellation) =>
        (await session.FindAsync<ImportsWaiting>(SelectWaiting, null, cancellation))!;

    private static string Short(string text, int length) => text.Length <= length ? text : text[..length];
}
