namespace HealthEquity.Imports.Columns;

/// <summary>What several columns that feed one target make.</summary>
public enum TargetJoin
{
    /// <summary>Only one column may feed it.</summary>
    Single,

    /// <summary>One text of all of them.</summary>
    Text,

    /// <summary>A list, to which each adds.</summary>
    List,
}

/// <summary>A field of an entry that a column can feed.</summary>
/// <param name="Code">What saved mappings call it, such as "locations.1.postalCode"; it never changes.</param>
/// <param name="Label">What people call it: "ZIP code".</param>
/// <param name="Group">The part of the entry to which it belongs: "Place".</param>
public sealed record ImportTarget(string Code, string Label, string Group)
{
    /// <summary>What several columns make.</summary>
    public TargetJoin Join { get; init; } = TargetJoin.Single;

    /// <summary>Several columns may feed it.</summary>
    public bool IsRepeatable => Join != TargetJoin.Single;

    /// <summary>How cells may be written, where that is not plain from the label.</summary>
    public string? Hint { get; init; }

    /// <summary>The transforms of a mapping file's "as", in JSON; null for none.</summary>
    internal string? As { get; init; }

    /// <summary>A cell that is a yes gives this code; for columns such as "Sliding scale: yes".</summary>
    internal string? Yes { get; init; }

    /// <summary>A row whose cell can't be read is refused; otherwise it is loaded without the cell, which is reported.</summary>
    internal bool IsNeeded { get; init; }

    /// <summary>What stands between the texts of several columns.</summary>
    internal string Separator { get; init; } = " ";

    /// <summary>Where in the entry it goes, when that is not its code.</summary>
    internal string? Place { get; init; }
}
