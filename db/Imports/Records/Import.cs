namespace HealthEquity.Imports.Records;

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>A file has come; how to read it is not decided.</summary>
    Uploaded,

    /// <summary>The file is being read.</summary>
    Planning,

    /// <summary>What would happen is known; nothing of it has happened.</summary>
    Planned,

    /// <summary>It is being written.</summary>
    Applying,

    /// <summary>It is done.</summary>
    Applied,

    /// <summary>It is being undone.</summary>
    Undoing,

    /// <summary>It was done, and undone.</summary>
    Undone,

    /// <summary>It stopped half-way; what was written is whole, and it can be taken up again or undone.</summary>
    Failed,

    /// <summary>It was planned, and nobody wanted it.</summary>
    Discarded,
}

/// <summary>What an import means for an entry.</summary>
public enum ImportOutcome
{
    /// <summary>The directory does not have it.</summary>
    New,

    /// <summary>The source says something new.</summary>
    Changed,

    /// <summary>The source says what it said before.</summary>
    Same,

    /// <summary>The source and a curator have changed the same field.</summary>
    Conflicting,

    /// <summary>It can't be taken as it is.</summary>
    Refused,

    /// <summary>It asked not to be listed.</summary>
    NotListed,

    /// <summary>The source has it no more.</summary>
    Vanished,
}

/// <summary>What has become of one entry of an import.</summary>
public enum ImportItemState
{
    /// <summary>Nothing so far.</summary>
    Planned,

    /// <summary>Done.</summary>
    Applied,

    /// <summary>Done, and undone.</summary>
    Undone,

    /// <summary>Done, and left so: somebody has worked on it since.</summary>
    Left,
}

/// <summary>The written forms in the database.</summary>
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

/// <summary>One import. Its counts are of entries, but for rows read, merged and refused.</summary>
public sealed record Import
{
    /// <summary>The import's id.</summary>
    public Guid ImportId { get; init; }

    /// <summary>The source, under whose name entries are found again.</summary>
    public string Source { get; init; } = "";

    /// <summary>What the source is called in front of people.</summary>
    public string SourceTitle { get; init; } = "";

    /// <summary>How columns became fields.</summary>
    public string Mapping { get; init; } = "";

    /// <summary>The file's name.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Who began it: an actor's code.</summary>
    public string StartedBy { get; init; } = "";

    /// <summary>Who chose how the file is read: an actor's code; null where nobody was asked.</summary>
    public string? PlannedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public ImportState State { get; init; }

    /// <summary>What is new or changed is published.</summary>
    public bool Publish { get; init; }

    /// <summary>The file tells of a part of the source: what is not in it has not vanished.</summary>
    public bool IsPart { get; init; }

    /// <summary>When it was planned, UTC.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>When it was done, UTC.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When it was undone, UTC.</summary>
    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>When what runs now began, UTC.</summary>
    public DateTimeOffset? RunSince { get; init; }

    /// <summary>When whoever works on it was last heard of, UTC.</summary>
    public DateTimeOffset? AliveAt { get; init; }

    /// <summary>Why it stopped.</summary>
    public string? Fault { get; init; }

    /// <summary>How much of what runs now is done: rows while it is planned, entries afterwards.</summary>
    public int Done { get; init; }

    /// <summary>All of it.</summary>
    public int Total { get; init; }

    /// <summary>Rows of the first file.</summary>
    public int RowsRead { get; init; }

    /// <summary>Rows that told of an entry of which an earlier row had told.</summary>
    public int RowsMerged { get; init; }

    /// <summary>Entries that are new.</summary>
    public int RowsNew { get; init; }

    /// <summary>Entries that change.</summary>
    public int RowsChanged { get; init; }

    /// <summary>Entries about which nothing new is said.</summary>
    public int RowsSame { get; init; }

    /// <summary>Entries in which the source and a curator changed the same field.</summary>
    public int RowsConflicting { get; init; }

    /// <summary>Rows of all files that were refused.</summary>
    public int RowsRefused { get; init; }

    /// <summary>Rows that were loaded without a value that can't be read.</summary>
    public int RowsFlawed { get; init; }

    /// <summary>Entries that asked not to be listed.</summary>
    public int RowsNotListed { get; init; }

    /// <summary>Entries that the source has no more.</summary>
    public int RowsVanished { get; init; }

    /// <summary>Entries that were published.</summary>
    public int RowsPublished { get; init; }

    /// <summary>Entries that undoing left as they were.</summary>
    public int RowsLeft { get; init; }

    /// <summary>Entries of which the source tells.</summary>
    public int Arrived => RowsNew + RowsChanged + RowsSame + RowsConflicting + RowsNotListed;

    /// <summary>Somebody works on it.</summary>
    public bool IsRunning => State is ImportState.Planning or ImportState.Applying or ImportState.Undoing;

    /// <summary>How far what runs now is, with its rate and the time that remains; null when nothing runs.</summary>
    public ImportProgress? Progress => IsRunning && RunSince is { } since && AliveAt is { } alive
        ? new ImportProgress(Done, Total, alive > since ? alive - since : TimeSpan.Zero)
        : null;

    /// <summary>It can be applied, or taken up again.</summary>
    public bool CanApply => State == ImportState.Planned || (State == ImportState.Failed && PlannedAt is not null && UndoneAt is null && FinishedAt is null);

    /// <summary>Its file could not be planned, and may be with another mapping.</summary>
    public bool CanPlanAgain => State == ImportState.Failed && PlannedAt is null;

    /// <summary>It is applied, and what it made drafts can be published.</summary>
    public bool CanPublish => FinishedAt is not null && UndoneAt is null && State is ImportState.Applied or ImportState.Failed && PlannedAt is not null;

    /// <summary>It has written nothing and can be given up.</summary>
    public bool CanDiscard => State is ImportState.Uploaded or ImportState.Planned || (State == ImportState.Failed && FinishedAt is null && RowsPublished == 0);

    /// <summary>It can be undone; what an earlier version imported kept no journal to undo it by.</summary>
    public bool CanUndo => PlannedAt is not null && State is ImportState.Applied or ImportState.Failed && UndoneAt is null;
}
