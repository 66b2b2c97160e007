using System.Globalization;
using FluentValidation.Results;

namespace HealthEquity.Formats.Sources;

/// <summary>The head of a source file: its columns, and which texts mean that a cell is empty.</summary>
public sealed class SourceHeader
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _empty;

    /// <summary>Makes the head of a file.</summary>
    /// <param name="file">The file's name in the mapping.</param>
    /// <param name="columns">The columns' names as they stand in the first line.</param>
    /// <param name="empty">Texts that mean nothing, such as "NA".</param>
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

    /// <summary>The file's name in the mapping.</summary>
    public string File { get; }

    /// <summary>The columns' names as they stand in the first line.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>True when the file has that column, whatever its case.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    internal string Cell(IReadOnlyList<string> cells, string column)
    {
        var text = _columns.TryGetValue(column, out var index) && index < cells.Count ? cells[index].Trim() : "";
        return _empty.Contains(text) ? "" : text;
    }
}

/// <summary>One row of a source file.</summary>
/// <param name="Header">The file's head.</param>
/// <param name="Line">The line on which the row begins, 1 for the head's; of a workbook the sheet's row, of JSON the item's number.</param>
/// <param name="Cells">The cells as they stand in the file.</param>
public sealed record SourceRow(SourceHeader Header, int Line, IReadOnlyList<string> Cells)
{
    /// <summary>Where the row stands, as a person finds it: a line's number, or a JSON pointer such as "/contents/3".</summary>
    public string Place { get; init; } = Line.ToString(CultureInfo.InvariantCulture);

    /// <summary>The cell's text without blanks around it; empty when the cell is, or holds one of the file's words for "nothing".</summary>
    public string this[string column] => Header.Cell(Cells, column);
}

/// <summary>What is wrong with one row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Field">The column, or the entry's field.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record RowFault(SourceRow Row, string Field, string Value, string Reason, string Remedy)
{
    /// <summary>True when the row is loaded all the same, without that value; false when the row is refused.</summary>
    public bool Loaded { get; init; }

    /// <summary>A rule that the row's entry breaks. The first sentence of the message is the reason; the rest is the remedy.</summary>
    public static RowFault Of(SourceRow row, ValidationFailure failure)
    {
        var (message, value) = (failure.ErrorMessage, failure.AttemptedValue?.ToString() ?? "");
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        var quoted = message.IndexOf(value, StringComparison.Ordinal);
        if (quoted >= 0 && quoted < end && end < quoted + value.Length)
        {
            // The period belongs to the value that the message quotes.
            end = message.IndexOf(". ", quoted + value.Length, StringComparison.Ordinal);
        }

        return end < 0
            ? new RowFault(row, failure.PropertyName, value, message, "Correct the row.")
            : new RowFault(row, failure.PropertyName, value, message[..(end + 1)], message[(end + 2)..]);
    }
}

/// <summary>The row being mapped, the rows of other files that belong to it, and the faults found so far.</summary>
/// <param name="row">The row whose columns are read.</param>
/// <param name="related">The rows of a file that belong to the same entry.</param>
/// <param name="faults">Takes up what is wrong.</param>
public sealed class RowContext(SourceRow row, Func<string, IReadOnlyList<SourceRow>> related, ICollection<RowFault> faults)
{
    /// <summary>The row whose columns are read.</summary>
    public SourceRow Row { get; } = row;

    /// <summary>The rows of another file that belong to the same entry.</summary>
    public IReadOnlyList<SourceRow> Related(string file) => related(file);

    /// <summary>The same entry seen from one of its rows in another file.</summary>
    public RowContext At(SourceRow other, ICollection<RowFault> found) => new(other, related, found);

    /// <summary>Notes that a cell can't be used.</summary>
    /// <param name="column">The cell's column.</param>
    /// <param name="value">What stands there.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="loaded">True when the row can do without it.</param>
    public void Report(string column, string value, CellException fault, bool loaded = false) =>
        faults.Add(new RowFault(Row, column, value, fault.Message, fault.Remedy) { Loaded = loaded });

    /// <summary>Takes over what was found in another file's row.</summary>
    public void Report(IEnumerable<RowFault> found)
    {
        foreach (var fault in found)
        {
            faults.Add(fault);
        }
    }
}
