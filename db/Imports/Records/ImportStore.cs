using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Records;

/// <summary>How many imports wait for somebody.</summary>
public sealed record ImportsWaiting
{
    /// <summary>Planned, and neither applied nor discarded.</summary>
    public int Planned { get; init; }

    /// <summary>Fields that a source and a curator changed both.</summary>
    public int Conflicts { get; init; }
}

/// <summary>Keeps imports: where each stands, and how far it is.</summary>
public static class ImportStore
{
    private const int MaxFileNameLength = 260;

    private const int MaxTitleLength = 400;

    private const int MaxFaultLength = 1000;

    /// <summary>Whoever works on an import and is not heard of for so long is gone.</summary>
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

    // Whoever moves it first has it: two can't work on one import.
    private static readonly Sql Move = new(
        "ImportStore.Run",
        """
        UPDATE Import SET State = @to, RunSince = @now, AliveAt = @now, Done = 0, Total = @total, Fault = NULL
        WHERE ImportId = @id AND State = @from AND (State NOT IN ('planning', 'applying', 'undoing') OR AliveAt < @abandoned)
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
        WHERE State IN ('planning', 'applying', 'undoing') AND (AliveAt IS NULL OR AliveAt < @abandoned)
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
          (SELECT COUNT(*) FROM ImportConflict WHERE State = 'open') AS Conflicts
        """);

    /// <summary>Notes that a file has come.</summary>
    public static Task AddAsync(DbSession session, Guid id, string fileName, Actor actor, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(Insert, new { ImportId = id, FileName = Short(fileName, MaxFileNameLength), StartedBy = actor.Code, StartedAt = now }, cancellation);

    /// <summary>The import.</summary>
    /// <exception cref="NotFoundException">There is none of that id.</exception>
    public static async Task<Import> ReadAsync(DbSession session, Guid id, CancellationToken cancellation) =>
        await session.FindAsync<Import>(Select, new { id }, cancellation) ?? throw new NotFoundException($"import {id}");

    /// <summary>Imports, the latest first.</summary>
    public static Task<IReadOnlyList<Import>> ListAsync(DbSession session, int offset, int limit, CancellationToken cancellation) =>
        session.QueryAsync<Import>(SelectPage, new { offset, limit }, cancellation);

    /// <summary>Takes an import to work on it.</summary>
    /// <returns>False when somebody else has it, or it is not in that state any more.</returns>
    public static async Task<bool> RunAsync(
        DbSession session, Guid id, ImportState from, ImportState to, int total, DateTimeOffset now, CancellationToken cancellation) =>
        await session.ExecuteAsync(Move, new { id, from = from.Code(), to = to.Code(), total, now, abandoned = now - Patience }, cancellation) == 1;

    /// <summary>Notes how the import is read.</summary>
    public static Task DescribeAsync(DbSession session, Guid id, string source, string title, bool isPart, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateMapping, new { ImportId = id, Source = source, SourceTitle = Short(title, MaxTitleLength), IsPart = isPart }, cancellation);

    /// <summary>Notes how far it is, and that it is alive.</summary>
    public static Task ProgressAsync(DbSession session, Guid id, int done, int total, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateProgress, new { id, done, total, now }, cancellation);

    /// <summary>Notes whether it publishes.</summary>
    public static Task ChooseAsync(DbSession session, Guid id, bool publish, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdatePublish, new { id, publish }, cancellation);

    /// <summary>Adds to what it has published.</summary>
    public static Task CountPublishedAsync(DbSession session, Guid id, int count, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdatePublished, new { id, count }, cancellation);

    /// <summary>Notes the rows of its files.</summary>
    public static Task CountRowsAsync(DbSession session, Guid id, int read, int merged, int refused, int flawed, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateRows, new { id, read, merged, refused, flawed }, cancellation);

    /// <summary>Counts its entries by outcome.</summary>
    public static Task CountAsync(DbSession session, Guid id, CancellationToken cancellation) => session.ExecuteAsync(UpdateCounts, new { id }, cancellation);

    /// <summary>Counts the entries that undoing left alone.</summary>
    public static Task CountLeftAsync(DbSession session, Guid id, CancellationToken cancellation) => session.ExecuteAsync(UpdateLeft, new { id }, cancellation);

    /// <summary>Notes that what ran is through.</summary>
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

    /// <summary>Notes that it stopped half-way, and why.</summary>
    public static Task FailAsync(DbSession session, Guid id, string fault, CancellationToken cancellation) =>
        session.ExecuteAsync(MarkFailed, new { id, fault = Short(fault, MaxFaultLength) }, cancellation);

    /// <summary>Notes of every import whose process died that it stopped.</summary>
    public static Task FailAbandonedAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(MarkAbandoned, new { fault = "The program stopped while it worked on it.", abandoned = now - Patience }, cancellation);

    /// <summary>Gives up an import that has written nothing.</summary>
    /// <exception cref="RefusedException">It has written something, or is being worked on.</exception>
    public static async Task DiscardAsync(DbSession session, Guid id, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(MarkDiscarded, new { id }, cancellation) == 0)
        {
            throw new RefusedException("Only an import that has written nothing can be discarded; one that is applied can be undone.");
        }

        await ImportItems.DeleteAsync(session, id, cancellation);
    }

    /// <summary>Gives up files that came before a moment and that nobody has planned.</summary>
    internal static Task DiscardOldAsync(DbSession session, DateTimeOffset before, CancellationToken cancellation) =>
        session.ExecuteAsync(MarkOldDiscarded, new { before }, cancellation);

    /// <summary>Notes who chose how the file is read. What planning it another way had found is forgotten.</summary>
    /// <exception cref="RefusedException">It is planned already.</exception>
    public static async Task PlanByAsync(DbSession session, Guid id, Actor actor, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(Reopen, new { id }, cancellation) == 1)
        {
            await ImportItems.DeleteAsync(session, id, cancellation);
            await ImportRefusals.DeleteAsync(session, id, cancellation);
        }

        if ((await ReadAsync(session, id, cancellation)).State != ImportState.Uploaded)
        {
            throw new RefusedException("It is planned already.");
        }

        await session.ExecuteAsync(UpdatePlannedBy, new { id, by = actor.Code }, cancellation);
    }

    /// <summary>Notes why something that was asked of it was not done; where it stands stays.</summary>
    public static Task NoteFaultAsync(DbSession session, Guid id, string fault, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateFault, new { id, fault = Short(fault, MaxFaultLength) }, cancellation);

    /// <summary>Says that whoever works on it is still there.</summary>
    internal static Task StayAliveAsync(DbSession session, Guid id, DateTimeOffset now, CancellationToken cancellation) =>
        session.ExecuteAsync(UpdateAlive, new { id, now }, cancellation);

    /// <summary>How many entries came the last time that the whole source was imported; null for the first time.</summary>
    public static Task<int?> LastCountAsync(DbSession session, string source, CancellationToken cancellation) =>
        session.ScalarAsync<int?>(SelectLast, new { source }, cancellation);

    /// <summary>How many imports and conflicts wait for somebody.</summary>
    public static async Task<ImportsWaiting> WaitingAsync(DbSession session, CancellationToken cancellation) =>
        (await session.FindAsync<ImportsWaiting>(SelectWaiting, null, cancellation))!;

    private static string Short(string text, int length) => text.Length <= length ? text : text[..length];
}
