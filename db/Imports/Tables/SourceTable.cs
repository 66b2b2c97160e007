namespace HealthEquity.Db.Imports.Tables;

/// <summary>A row of a table as it stands in the file.</summary>
/// <param name="Line">Where it begins: a line, a sheet's row, an item's line.</param>
/// <param name="Cells">Its cells; columns at the end may be missing.</param>
internal readonly record struct TableRow(int Line, string[] Cells)
{
    /// <summary>Where it stands, when that is not said by the line: a JSON pointer.</summary>
    public string? Place { get; init; }

    /// <summary>Why the row can't be relied on, and what to do; null when it can.</summary>
    public (string Reason, string Remedy)? Torn { get; init; }
}

/// <summary>A table of a source file, whatever the format. It may be read several times; each time opens the file anew.</summary>
internal abstract class SourceTable(string path)
{
    /// <summary>Where the file lies.</summary>
    public string Path { get; } = path;

    /// <summary>What the file is, for a person: "a table with semicolons, Windows-1252".</summary>
    public abstract string Description { get; }

    /// <summary>The columns' names.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The rows below the head, those without any text left out.</summary>
    /// <exception cref="ImportFileException">The file can't be read on from here.</exception>
    public abstract IEnumerable<TableRow> Rows();

    /// <summary>Names that tell the columns apart and are not too many.</summary>
    protected static string[] CheckedColumns(string path, IReadOnlyList<string> columns, SourceLimits limits) => columns.Count > limits.MaximumColumns
        ? throw TooManyColumns(path, limits)
        : [.. columns.Select(c => c.Trim())];

    protected static ImportFileException TooManyColumns(string path, SourceLimits limits) =>
        new($"The file '{path}' has more than {limits.MaximumColumns:N0} columns: take out those that are not needed.");

    protected static ImportFileException Empty(string path) =>
        new($"The file '{path}' is empty: its first line must name the columns.");
}
