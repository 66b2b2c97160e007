using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Records;

/// <summary>What can be asked of an import that takes longer than anybody waits for a page.</summary>
public enum ImportWork
{
    /// <summary>Read the file and say what would happen.</summary>
    Plan,

    /// <summary>Write what was planned.</summary>
    Apply,

    /// <summary>Publish what was applied as drafts.</summary>
    Publish,

    /// <summary>Take it back.</summary>
    Undo,
}

/// <summary>Something asked of an import.</summary>
public sealed record ImportTask
{
    /// <summary>What.</summary>
    public required ImportWork Work { get; init; }

    /// <summary>Who asked: an actor's code.</summary>
    public required string AskedBy { get; init; }

    /// <summary>The mapping to plan by; null for an export of this directory.</summary>
    public string? Mapping { get; init; }

    /// <summary>HSDS: the name under which entries are found again; null for the one that is made for it.</summary>
    public string? SourceName { get; init; }

    /// <summary>HSDS: what the source is called in front of people; null for what it says of itself.</summary>
    public string? SourceTitle { get; init; }

    /// <summary>HSDS: what a service becomes; null to have it guessed for each.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>Publishes while it applies.</summary>
    public bool Publish { get; init; }

    /// <summary>Applies it even if far fewer entries came than last time.</summary>
    public bool EvenIfFewer { get; init; }
}

/// <summary>
/// What waits to be done with imports, for whichever node of the console comes first. A task stays until it is done, and whoever
/// works on it says now and then that it is alive; one whose node has died is dropped, so that it can be asked for again.
/// </summary>
public static class ImportTasks
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static readonly Sql Insert = new(
        "ImportTasks.Ask",
        """
        INSERT INTO ImportTask (ImportId, Body, AskedAt)
        SELECT i.ImportId, @body, @now FROM Import AS i
        WHERE i.ImportId = @import AND NOT EXISTS (SELECT 1 FROM ImportTask AS t WHERE t.ImportId = @import)
        """);

    private static readonly Sql Select = new("ImportTasks.Find", "SELECT Body FROM ImportTask WHERE ImportId = @import");

    private static readonly Sql SelectNext = new(
        "ImportTasks.Take",
        sqlServer: "SELECT TOP (1) ImportId, Body FROM ImportTask WHERE AliveAt IS NULL ORDER BY AskedAt, ImportId",
        sqlite: "SELECT ImportId, Body FROM ImportTask WHERE AliveAt IS NULL ORDER BY AskedAt, ImportId LIMIT 1");

    // Whoever marks it first has it.
    private static readonly Sql Claim = new("ImportTasks.Take", "UPDATE ImportTask SET AliveAt = @now WHERE ImportId = @import AND AliveAt IS NULL");

    private static readonly Sql UpdateAlive = new("ImportTasks.StayAlive", "UPDATE ImportTask SET AliveAt = @now WHERE ImportId = @import");

    private static readonly Sql Delete = new("ImportTasks.Finish", "DELETE FROM ImportTask WHERE ImportId = @import");

    private static readonly Sql DeleteAbandoned = new("ImportTasks.DropAbandoned", "DELETE FROM ImportTask WHERE AliveAt < @abandoned");

    /// <summary>Asks for something.</summary>
    /// <exception cref="RefusedException">Something is asked of it already, or there is no such import.</exception>
    public static async Task AskAsync(DbSession session, Guid import, ImportTask task, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(Insert, new { import, body = JsonSerializer.Serialize(task, Written), now }, cancellation) == 0)
        {
            throw new RefusedException("Somebody is working on this import already. Look at it again.");
        }
    }

    /// <summary>What is asked of an import; null for nothing.</summary>
    public static async Task<ImportTask?> FindAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        await session.ScalarAsync<string>(Select, new { import }, cancellation) is { } body ? Read(body) : null;

    /// <summary>Takes the task that has waited longest; null when none waits, or another node was quicker.</summary>
    public static async Task<(Guid Import, ImportTask Task)?> TakeAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation) =>
        await session.FindAsync<Row>(SelectNext, null, cancellation) is { } row
        && await session.ExecuteAsync(Claim, new { import = row.ImportId, now }, cancellation) == 1
            ? (row.ImportId, Read(row.Body))
            : null;

    /// <summary>Says that whoever has taken a task is still there.</summary>
    public static async Task StayAliveAsync(DbSession session, Guid import, DateTimeOffset now, CancellationToken cancellation)
    {
        await session.ExecuteAsync(UpdateAlive, new { import, now }, cancellation);
        await ImportStore.StayAliveAsync(session, import, now, cancellation);
    }

    /// <summary>Notes that a task is done, well or badly.</summary>
    public static Task FinishAsync(DbSession session, Guid import, CancellationToken cancellation) => session.ExecuteAsync(Delete, new { import }, cancellation);

    /// <summary>Drops the tasks of nodes that have died; what they worked on failed.</summary>
    public static async Task DropAbandonedAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation)
    {
        await session.ExecuteAsync(DeleteAbandoned, new { abandoned = now - ImportStore.Patience }, cancellation);
        await ImportStore.FailAbandonedAsync(session, now, cancellation);
    }

    private static ImportTask Read(string body) => JsonSerializer.Deserialize<ImportTask>(body, Written)!;

    private sealed record Row
    {
        public Guid ImportId { get; init; }

        public string Body { get; init; } = "";
    }
}
