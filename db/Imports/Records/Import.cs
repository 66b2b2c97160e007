namespace HealthEquity.Imports.Records;

/// <summary>The state of an import.</summary>
public enum ImportState
{
    /// <summary>A file was uploaded; how to read it is not decided yet.</summary>
    Uploaded,

    /// <summary>Being planned.</summary>
    Planning,

    /// <summary>Planned, not applied.</summary>
    Planned,

    /// <summary>Being applied.</summary>
    Applying,

    /// <summary>Applied.</summary>
    Applied,

    /// <summary>Being undone.</summary>
    Undoing,

    /// <summary>Undone.</summary>
    Undone,

    /// <summary>It stopped. What was written is consistent, and it can be resumed or undone.</summary>
    Failed,

    /// <summary>Discarded.</summary>
    Discarded,
}

/// <summary>The outcome of an import for an entry.</summary>
public enum ImportOutcome
{
    /// <summary>The entry is new.</summary>
    New,

    /// <summary>The entry changes.</summary>
    Changed,

    /// <summary>The source data is unchanged.</summary>
    Same,

    /// <summary>The source and a curator changed the same field.</summary>
    Conflicting,

    /// <summary>The entry is refused.</summary>
    Refused,

    /// <summary>It asked not to be listed.</summary>
    NotListed,

    /// <summary>It is missing from the source.</summary>
    Vanished,
}

/// <summary>The state of one entry of an import.</summary>
public enum ImportItemState
{
    /// <summary>Planned.</summary>
    Planned,

    /// <summary>Applied.</summary>
    Applied,

    /// <summary>Undone.</summary>
    Undone,

    /// <summary>Applied and not undone, because someone has worked on it since.</summary>
    Left,
}

/// <summary>The codes in the database.</summary>
public static class ImportCodes
{
    /// <summary>The code of a state, such as "planned".</summary>
    public static string Code(this ImportState state) => CamelCase(state.ToString());

    /// <summary>The code of an outcome, such as "notListed".</summary>
    public static string Code(this ImportOutcome outcome) => CamelCase(outcome.ToString());

    /// <summary>The code of an item's state, such as "applied".</summary>
    public static string Code(this ImportItemState state) => CamelCase(state.ToString());

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>One import. Counts are of entries, except for rows read, merged and refused.</summary>
public sealed record Import
{
    /// <summary>The id of the import.</summary>
    public Guid ImportId { get; init; }

    /// <summary>The name of the source.</summary>
    public string Source { get; init; } = "";

    /// <summary>The title of the source.</summary>
    public string SourceTitle { get; init; } = "";

    /// <summary>The mapping.</summary>
    public string Mapping { get; init; } = "";

    /// <summary>The file name.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Who started it, an actor code.</summary>
    public string StartedBy { get; init; } = "";

    /// <summary>Who chose how to read the file, an actor code; null if nobody did.</summary>
    public string? PlannedBy { get; init; }

    /// <summary>When it was started, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The state.</summary>
    public ImportState State { get; init; }

    /// <summary>True if new and changed entries are published.</summary>
    public bool Publish { get; init; }

    /// <summary>True if the file is only part of the source: entries not in it are not missing.</summary>
    public bool IsPart { get; init; }

    /// <summary>When it was planned, UTC.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>When it was applied, UTC.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When it was undone, UTC.</summary>
    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>When the current operation began, UTC.</summary>
    public DateTimeOffset? RunSince { get; init; }

    /// <summary>The last heartbeat of the process working on it, UTC.</summary>
    public DateTimeOffset? AliveAt { get; init; }

    /// <summary>Why it stopped.</summary>
    public string? Fault { get; init; }

    /// <summary>The progress of the current operation: rows while planning, then entries.</summary>
    public int Done { get; init; }

    /// <summary>The total of the current operation.</summary>
    public int Total { get; init; }

    /// <summary>Rows in the first file.</summary>
    public int RowsRead { get; init; }

    /// <summary>Rows about the same entry as an earlier row.</summary>
    public int RowsMerged { get; init; }

    /// <summary>New entries.</summary>
    public int RowsNew { get; init; }

    /// <summary>Changed entries.</summary>
    public int RowsChanged { get; init; }

    /// <summary>Unchanged entries.</summary>
    public int RowsSame { get; init; }

    /// <summary>Entries with a field changed by both the source and a curator.</summary>
    public int RowsConflicting { get; init; }

    /// <summary>Refused rows of all files.</summary>
    public int RowsRefused { get; init; }

    /// <summary>Rows loaded without an unreadable value.</summary>
    public int RowsFlawed { get; init; }

    /// <summary>Entries that asked not to be listed.</summary>
    public int RowsNotListed { get; init; }

    /// <summary>Entries missing from the source.</summary>
    public int RowsVanished { get; init; }

    /// <summary>Published entries.</summary>
    public int RowsPublished { get; init; }

    /// <summary>Entries that undoing kept.</summary>
    public int RowsLeft { get; init; }

    /// <summary>Entries in the source.</summary>
    public int Arrived => RowsNew + RowsChanged + RowsSame + RowsConflicting + RowsNotListed;

    /// <summary>True while a process works on it.</summary>
    public bool IsRunning => State is ImportState.Planning or ImportState.Applying or ImportState.Undoing;

    /// <summary>The progress, rate and remaining time of the current operation; null if none.</summary>
    public ImportProgress? Progress => IsRunning && RunSince is { } since && AliveAt is { } alive
        ? new ImportProgress(Done, Total, alive > since ? alive - since : TimeSpan.Zero)
        : null;

    /// <summary>True if it can be applied or resumed.</summary>
    public bool CanApply => State == ImportState.Planned || (State == ImportState.Failed && PlannedAt is not null && UndoneAt is null && FinishedAt is null);

    /// <summary>True if planning failed and can be repeated with another mapping.</summary>
    public bool CanPlanAgain => State == ImportState.Failed && PlannedAt is null;

    /// <summary>True if its drafts can be published.</summary>
    public bool CanPublish => FinishedAt is not null && UndoneAt is null && State is ImportState.Applied or ImportState.Failed && PlannedAt is not null;

    /// <summary>True if it has written nothing and can be discarded.</summary>
    public bool CanDiscard => State is ImportState.Uploaded or ImportState.Planned || (State == ImportState.Failed && FinishedAt is null && RowsPublished == 0);

    /// <summary>True if it can be undone.</summary>
    public bool CanUndo => PlannedAt is not null && State is ImportState.Applied or ImportState.Failed && UndoneAt is null;
}
