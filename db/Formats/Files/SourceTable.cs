using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>A row of a table as it stands in the file.</summary>
/// <param name="Line">Where it begins: a line, a sheet's row, an item's line.</param>
/// <param name="Cells">Its cells; columns at the end may be missing.</param>
public readonly record struct TableRow(int Line, string[] Cells)
{
    /// <summary>Where it stands, when that is not said by the line: a JSON pointer.</summary>
    public string? Place { get; init; }

    /// <summary>Why the row can't be relied on, and what to do; null when it can.</summary>
    public (string Reason, string Remedy)? Torn { get; init; }
}

/// <summary>A table of a source file, whatever the format. It may be read several times; each time opens the file anew.</summary>
public abstract class SourceTable(string path)
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

    /// <summary>Names that tell the columns apart and are not too many: one without a name gets its number, one of two of a name "(2)".</summary>
    protected static string[] CheckedColumns(string path, IReadOnlyList<string> columns, SourceLimits limits)
    {
        if (columns.Count > limits.MaximumColumns)
        {
            throw TooManyColumns(path, limits);
        }

        var known = new HashSet<string>(columns.Select(c => c.Trim()), StringComparer.OrdinalIgnoreCase);
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. columns.Select((c, i) => c.Trim() is { Length: > 0 } name ? name : $"column {i + 1}").Select(Tell)];

        string Tell(string name)
        {
            var told = name;
            for (var n = 2; !given.Add(told); n++)
            {
                // A name that another column has by itself is left to that one.
                told = $"{name} ({n})";
                while (known.Contains(told))
                {
                    told = $"{name} ({++n})";
                }
            }

            return told;
        }
    }

    /// <summary>The head of a table among its first rows: the first that has more than a title's single cell.</summary>
    /// <param name="rows">The rows from the top; no more than some are looked at.</param>
    protected static TableRow? Head(IEnumerable<TableRow> rows)
    {
        // A title may stand above the head.
        const int linesBeforeHead = 10;
        TableRow[] first = [.. rows.Where(HasText).Take(linesBeforeHead)];
        return first.Length == 0 ? null : Array.Find(first, r => r.Cells.Count(c => !string.IsNullOrWhiteSpace(c)) > 1) is { Cells: not null } found ? found : first[0];
    }

    /// <summary>True when any cell says something.</summary>
    protected static bool HasText(TableRow row) => row.Cells.Any(c => !string.IsNullOrWhiteSpace(c));

    /// <summary>The error for a table that has more columns than the limit.</summary>
    protected static ImportFileException TooManyColumns(string path, SourceLimits limits) =>
        new($"The file '{path}' has more than {limits.MaximumColumns:N0} columns: take out those that are not needed.");

    /// <summary>The error for a file without rows.</summary>
    protected static ImportFileException Empty(string path) =>
        new($"The file '{path}' is empty: its first line must name the columns.");
}
