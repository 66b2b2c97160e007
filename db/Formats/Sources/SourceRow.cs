using System.Globalization;
using FluentValidation.Results;

namespace HealthEquity.Formats.Sources;

/// <summary>The header of a source file: its columns, and the texts that mean "empty".</summary>
public sealed class SourceHeader
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _empty;

    /// <summary>Creates a header.</summary>
    /// <param name="file">The name of the file in the mapping.</param>
    /// <param name="columns">The column names, as in the first line.</param>
    /// <param name="empty">Texts that mean "empty", such as "NA".</param>
    public SourceHeader(string file, IReadOnlyList<string> columns, IEnumerable<string> empty)
    {
        File = file;
        Columns = columns;
        _empty = new HashSet<string>(empty, StringComparer.OrdinalIgnoreCase);
        foreach (var (index, column) in columns.Index())
        {
            _columns.TryAdd(column.Trim(), index);
        }
    }

    /// <summary>The name of the file in the mapping.</summary>
    public string File { get; }

    /// <summary>The column names, as in the first line.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>True if the file has the column, ignoring case.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    internal string Cell(IReadOnlyList<string> cells, string column)
    {
        var text = _columns.TryGetValue(column, out var index) && index < cells.Count ? cells[index].Trim() : "";
        return _empty.Contains(text) ? "" : text;
    }
}

/// <summary>One row of a source file.</summary>
/// <param name="Header">The header of the file.</param>
/// <param name="Line">The line where the row begins; 1 is the header. For a workbook, the row of the sheet; for JSON, the number of the item.</param>
/// <param name="Cells">The cells, as in the file.</param>
public sealed record SourceRow(SourceHeader Header, int Line, IReadOnlyList<string> Cells)
{
    /// <summary>The location of the row: a line number, or a JSON pointer such as "/contents/3".</summary>
    public string Place { get; init; } = Line.ToString(CultureInfo.InvariantCulture);

    /// <summary>The trimmed text of a cell; empty if the cell is empty or has one of the file's texts for "empty".</summary>
    public string this[string column] => Header.Cell(Cells, column);
}

/// <summary>An error in a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Field">The column, or the field of the entry.</param>
/// <param name="Value">The value.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">How to fix it.</param>
public sealed record RowFault(SourceRow Row, string Field, string Value, string Reason, string Remedy)
{
    /// <summary>True if the row is loaded without the value; false if it is refused.</summary>
    public bool Loaded { get; init; }

    /// <summary>Creates an error from a validation failure. The first sentence of the message is the reason, the rest is the remedy.</summary>
    public static RowFault Of(SourceRow row, ValidationFailure failure)
    {
        var (message, value) = (failure.ErrorMessage, failure.AttemptedValue?.ToString() ?? "");
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        var quoted = message.IndexOf(value, StringComparison.Ordinal);
        if (quoted >= 0 && quoted < end && end < quoted + value.Length)
        {
            // This period is part of the quoted value.
            end = message.IndexOf(". ", quoted + value.Length, StringComparison.Ordinal);
        }

        return end < 0
            ? new RowFault(row, failure.PropertyName, value, message, "Correct the row.")
            : new RowFault(row, failure.PropertyName, value, message[..(end + 1)], message[(end + 2)..]);
    }
}

/// <summary>The row being mapped, its related rows in other files, and the errors so far.</summary>
/// <param name="row">The row.</param>
/// <param name="related">Returns the rows of a file for the same entry.</param>
/// <param name="faults">Receives errors.</param>
public sealed class RowContext(SourceRow row, Func<string, IReadOnlyList<SourceRow>> related, ICollection<RowFault> faults)
{
    /// <summary>The row being mapped.</summary>
    public SourceRow Row { get; } = row;

    /// <summary>The rows of another file for the same entry.</summary>
    public IReadOnlyList<SourceRow> Related(string file) => related(file);

    /// <summary>The context for a row of the same entry in another file.</summary>
    public RowContext At(SourceRow other, ICollection<RowFault> found) => new(other, related, found);

    /// <summary>Reports an error in a cell.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    /// <param name="fault">The error.</param>
    /// <param name="loaded">True if the row is loaded without the value.</param>
    public void Report(string column, string value, CellException fault, bool loaded = false) =>
        faults.Add(new RowFault(Row, column, value, fault.Message, fault.Remedy) { Loaded = loaded });

    /// <summary>Adds an error from a row of another file.</summary>
    public void Report(IEnumerable<RowFault> found)
    {
        foreach (var fault in found)
        {
            faults.Add(fault);
        }
    }
}
