using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>A row of a table, as in the file.</summary>
/// <param name="Line">Where it begins: the line of the file or item, or the row of the sheet.</param>
/// <param name="Cells">The cells; trailing ones may be missing.</param>
public readonly record struct TableRow(int Line, string[] Cells)
{
    /// <summary>The location, if it is not the line: a JSON pointer.</summary>
    public string? Place { get; init; }

    /// <summary>Why the row is unreliable, and how to fix it; null if it is reliable.</summary>
    public (string Reason, string Remedy)? Damage { get; init; }
}

/// <summary>A table of a source file in any format. It can be read several times; each time opens the file again.</summary>
public abstract class SourceTable(string path)
{
    /// <summary>The path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>A description for people, such as "a table separated by semicolons (Windows-1252)".</summary>
    public abstract string Description { get; }

    /// <summary>The column names.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The rows below the header, without empty rows.</summary>
    /// <exception cref="ImportFileException">The file can't be read further.</exception>
    public abstract IEnumerable<TableRow> Rows();

    /// <summary>Unique column names: an unnamed column gets its number, the second of two with the same name gets "(2)". Checks the number of columns.</summary>
    protected static string[] CheckedColumns(string path, IReadOnlyList<string> columns, SourceLimits limits)
    {
        if (columns.Count > limits.MaximumColumns)
        {
            throw TooManyColumns(path, limits);
        }

        var known = new HashSet<string>(columns.Select(c => c.Trim()), StringComparer.OrdinalIgnoreCase);
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. columns.Select((c, i) => c.Trim() is { Length: > 0 } name ? name : $"column {i + 1}").Select(Distinguish)];

        string Distinguish(string name)
        {
            var unique = name;
            for (var n = 2; !given.Add(unique); n++)
            {
                // Don't take a name that another column already has.
                unique = $"{name} ({n})";
                while (known.Contains(unique))
                {
                    unique = $"{name} ({++n})";
                }
            }

            return unique;
        }
    }

    /// <summary>Finds the header among the first rows: the first row with more than one cell, because a title has one.</summary>
    /// <param name="rows">The rows from the top; only the first few are read.</param>
    protected static TableRow? FindHeader(IEnumerable<TableRow> rows)
    {
        // A title may precede the header.
        const int linesBeforeHeader = 10;
        TableRow[] first = [.. rows.Where(HasText).Take(linesBeforeHeader)];
        return first.Length == 0 ? null : Array.Find(first, r => r.Cells.Count(c => !string.IsNullOrWhiteSpace(c)) > 1) is { Cells: not null } found ? found : first[0];
    }

    /// <summary>True if any cell has text.</summary>
    protected static bool HasText(TableRow row) => row.Cells.Any(c => !string.IsNullOrWhiteSpace(c));

    /// <summary>The error for a table that has more columns than the limit.</summary>
    protected static ImportFileException TooManyColumns(string path, SourceLimits limits) =>
        new($"The file '{path}' has more than {limits.MaximumColumns:N0} columns. Remove the ones that are not needed.");

    /// <summary>The error for a file without rows.</summary>
    protected static ImportFileException Empty(string path) =>
        new($"The file '{path}' is empty. Its first line must name the columns.");
}
