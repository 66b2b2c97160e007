using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Store.Entries;

namespace HealthEquity.Store.BulkChanges;

/// <summary>The state of a bulk change.</summary>
public enum BulkState
{
    /// <summary>Waits for a second person.</summary>
    Proposed,

    /// <summary>Being made, batch by batch.</summary>
    Running,

    /// <summary>Made.</summary>
    Done,

    /// <summary>Turned down before anything changed.</summary>
    Rejected,

    /// <summary>Made, and undoing it waits for a second person.</summary>
    UndoProposed,

    /// <summary>Being undone, batch by batch.</summary>
    Undoing,

    /// <summary>Undone.</summary>
    Undone,
}

/// <summary>The state of one entry in a bulk change.</summary>
public enum BulkItemState
{
    /// <summary>Not changed yet.</summary>
    Planned,

    /// <summary>Changed.</summary>
    Done,

    /// <summary>Could not be changed; the note says why.</summary>
    Refused,

    /// <summary>As it was before.</summary>
    Undone,

    /// <summary>Not undone, because someone has worked on it since; the note says so.</summary>
    Kept,
}

/// <summary>A change of many entries at once: who made it, when, and why. It can be undone as a unit.</summary>
public sealed record BulkChange
{
    /// <summary>The change's id.</summary>
    public Guid BulkChangeId { get; init; }

    /// <summary>The action: the code of a <see cref="IBulkAction"/>.</summary>
    public string Action { get; init; } = "";

    /// <summary>What the action needs to know; the action defines the format.</summary>
    public string? Parameter { get; init; }

    /// <summary>The reason, if any.</summary>
    public string? Reason { get; init; }

    /// <summary>The state.</summary>
    public BulkState State { get; init; }

    /// <summary>Who asked for it: an actor's code.</summary>
    public string RequestedBy { get; init; } = "";

    /// <summary>When it was asked for, UTC.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>The second person who confirmed or rejected it; null for none.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When the second person decided, UTC.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who asked to undo it; null if nobody did.</summary>
    public string? UndoneBy { get; init; }

    /// <summary>When undoing it began, UTC.</summary>
    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>The number of entries not changed yet.</summary>
    public int Planned { get; init; }

    /// <summary>The number of changed entries.</summary>
    public int Changed { get; init; }

    /// <summary>The number of entries that could not be changed.</summary>
    public int Refused { get; init; }

    /// <summary>The number of entries that are as they were before.</summary>
    public int Restored { get; init; }

    /// <summary>The number of entries that were kept when the rest was undone.</summary>
    public int Kept { get; init; }

    /// <summary>The number of all entries.</summary>
    public int Total => Planned + Changed + Refused + Restored + Kept;

    /// <summary>Whether another batch remains, of the change or of undoing it.</summary>
    public bool IsUnfinished => State is BulkState.Running or BulkState.Undoing;
}

/// <summary>One entry of a bulk change.</summary>
public sealed record BulkItem
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The change.</summary>
    public Guid BulkChangeId { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The entry's name, in lists.</summary>
    public string Name { get; init; } = "";

    /// <summary>The state.</summary>
    public BulkItemState State { get; init; }

    /// <summary>What the action needs to know about this entry.</summary>
    public string? Value { get; init; }

    /// <summary>The entry's row before the change, JSON; see <see cref="Before"/>.</summary>
    public string? Former { get; init; }

    /// <summary>The entry's row after the change, JSON; see <see cref="After"/>.</summary>
    public string? Later { get; init; }

    /// <summary>Why it was refused or kept.</summary>
    public string? Note { get; init; }

    /// <summary>The entry's row before the change.</summary>
    public EntryRow Before => Read(Former);

    /// <summary>The entry's row after the change.</summary>
    public EntryRow After => Read(Later);

    internal static string Write(EntryRow row) => JsonSerializer.Serialize(row, Written);

    private static EntryRow Read(string? row) => row is null ? new EntryRow() : JsonSerializer.Deserialize<EntryRow>(row, Written)!;
}

/// <summary>A bulk change that someone asks for.</summary>
/// <param name="Action">The code of the action.</param>
/// <param name="Entries">The entries.</param>
public sealed record BulkRequest(string Action, IReadOnlyCollection<Guid> Entries)
{
    /// <summary>What the action needs to know.</summary>
    public string? Parameter { get; init; }

    /// <summary>What the action needs to know about each entry.</summary>
    public IReadOnlyDictionary<Guid, string>? Values { get; init; }

    /// <summary>The reason, if any.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of public entries as the person typed it; needed for a large withdrawal where two-person review is off.</summary>
    public int? Typed { get; init; }
}
