using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Records;

/// <summary>Operations on imports that run in the background.</summary>
public enum ImportWork
{
    /// <summary>Plan the import.</summary>
    Plan,

    /// <summary>Apply the plan.</summary>
    Apply,

    /// <summary>Publish the imported drafts.</summary>
    Publish,

    /// <summary>Undo the import.</summary>
    Undo,
}

/// <summary>A requested operation on an import.</summary>
public sealed record ImportTask
{
    /// <summary>The operation.</summary>
    public required ImportWork Work { get; init; }

    /// <summary>Who requested it, an actor code.</summary>
    public required string AskedBy { get; init; }

    /// <summary>The mapping for planning; null for an export of this directory.</summary>
    public string? Mapping { get; init; }

    /// <summary>HSDS: the name that identifies the source; null to derive it.</summary>
    public string? SourceName { get; init; }

    /// <summary>HSDS: the title for people; null for the source's own title.</summary>
    public string? SourceTitle { get; init; }

    /// <summary>HSDS: the kind of entry for services; null to guess it for each.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>True to publish while applying.</summary>
    public bool Publish { get; init; }

    /// <summary>True to apply it even if it has far fewer entries than last time.</summary>
    public bool AllowFewer { get; init; }
}

/// <summary>
/// A queue of operations on imports, for any node of the console. A task stays until it is finished, and its worker sends heartbeats; a task of a
/// dead node is dropped, so it can be requested again.
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

    // The first node to mark it gets it.
    private static readonly Sql Claim = new("ImportTasks.Take", "UPDATE ImportTask SET AliveAt = @now WHERE ImportId = @import AND AliveAt IS NULL");

    private static readonly Sql UpdateAlive = new("ImportTasks.StayAlive", "UPDATE ImportTask SET AliveAt = @now WHERE ImportId = @import");

    private static readonly Sql Delete = new("ImportTasks.Finish", "DELETE FROM ImportTask WHERE ImportId = @import");

    private static readonly Sql DeleteAbandoned = new("ImportTasks.DropAbandoned", "DELETE FROM ImportTask WHERE AliveAt < @abandoned OR AliveAt > @future");

    /// <summary>Requests an operation.</summary>
    /// <exception cref="RefusedException">An operation is already requested, or there is no such import.</exception>
    public static async Task AskAsync(DbSession session, Guid import, ImportTask task, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await session.ExecuteAsync(Insert, new { import, body = JsonSerializer.Serialize(task, Written), now }, cancellation) == 0)
        {
            throw new RefusedException("This import is already in progress. Reload the page.");
        }
    }

    /// <summary>The requested operation of an import; null for none.</summary>
    public static async Task<ImportTask?> FindAsync(DbSession session, Guid import, CancellationToken cancellation) =>
        await session.ScalarAsync<string>(Select, new { import }, cancellation) is { } body ? Read(body) : null;

    /// <summary>Claims the oldest task; null if there is none, or another node was faster.</summary>
    public static async Task<(Guid Import, ImportTask Task)?> TakeAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation) =>
        await session.FindAsync<Row>(SelectNext, null, cancellation) is { } row
        && await session.ExecuteAsync(Claim, new { import = row.ImportId, now }, cancellation) == 1
            ? (row.ImportId, Read(row.Body))
            : null;

    /// <summary>Saves a heartbeat for a task.</summary>
    public static async Task StayAliveAsync(DbSession session, Guid import, DateTimeOffset now, CancellationToken cancellation)
    {
        await session.ExecuteAsync(UpdateAlive, new { import, now }, cancellation);
        await ImportStore.StayAliveAsync(session, import, now, cancellation);
    }

    /// <summary>Removes a finished or failed task.</summary>
    public static Task FinishAsync(DbSession session, Guid import, CancellationToken cancellation) => session.ExecuteAsync(Delete, new { import }, cancellation);

    /// <summary>Drops the tasks of dead nodes. Their imports failed.</summary>
    public static async Task DropAbandonedAsync(DbSession session, DateTimeOffset now, CancellationToken cancellation)
    {
        await session.ExecuteAsync(DeleteAbandoned, new { abandoned = now - ImportStore.Patience, future = now + ImportStore.Patience }, cancellation);
        await ImportStore.FailAbandonedAsync(session, now, cancellation);
    }

    private static ImportTask Read(string body) => JsonSerializer.Deserialize<ImportTask>(body, Written)!;

    private sealed record Row
    {
        public Guid ImportId { get; init; }

        public string Body { get; init; } = "";
    }
}
