namespace HealthEquity.Imports.Columns;

/// <summary>How several columns for one field are combined.</summary>
public enum TargetJoin
{
    /// <summary>Only one column is allowed.</summary>
    Single,

    /// <summary>They are joined to one text.</summary>
    Text,

    /// <summary>Each adds to a list.</summary>
    List,
}

/// <summary>A field of an entry that a column can map to.</summary>
/// <param name="Code">The code in saved mappings, such as "locations.1.postalCode"; it never changes.</param>
/// <param name="Label">The label, such as "ZIP code".</param>
/// <param name="Group">The group in the list of fields, such as "Location".</param>
public sealed record ImportTarget(string Code, string Label, string Group)
{
    /// <summary>How several columns are combined.</summary>
    public TargetJoin Join { get; init; } = TargetJoin.Single;

    /// <summary>True if several columns can map to it.</summary>
    public bool IsRepeatable => Join != TargetJoin.Single;

    /// <summary>A hint about the format of cells, if the label does not make it clear.</summary>
    public string? Hint { get; init; }

    /// <summary>The transforms, the "as" of a mapping file, in JSON; null for none.</summary>
    internal string? As { get; init; }

    /// <summary>The code for a cell with "yes", for columns such as "Sliding scale: yes".</summary>
    internal string? Yes { get; init; }

    /// <summary>True if a row is refused when its cell can't be read. Otherwise, the error is reported and the row is loaded without the cell.</summary>
    internal bool IsNeeded { get; init; }

    /// <summary>The separator between the texts of several columns.</summary>
    internal string Separator { get; init; } = " ";

    /// <summary>The path in the entry, if it is not the code.</summary>
    internal string? Place { get; init; }
}
