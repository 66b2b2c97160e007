using System.Text.RegularExpressions;
using HealthEquity.Formats.Files;
using HealthEquity.Formats.Sources;
using HealthEquity.Formats.Transforms;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Refusals;

namespace HealthEquity.Imports.Sources;

/// <summary>A table read with a mapping: skips rows by its conditions, and reports invalid rows.</summary>
internal sealed partial class MappedTable
{
    private readonly MappedFile _file;
    private readonly SourceTable _table;
    private readonly bool _isCorrection;
    private readonly SourceMarkers _markers;

    private MappedTable(MappedFile file, SourceTable table, SourceHeader header, SourceMarkers markers)
    {
        _markers = markers;
        _file = file;
        _table = table;
        Header = header;
        _isCorrection = RefusedRows.IsCorrection(header);
    }

    public string FilePath => _table.Path;

    public SourceHeader Header { get; }

    /// <summary>Opens a file and reads its first line.</summary>
    /// <param name="file">The file in the mapping.</param>
    /// <param name="path">The path.</param>
    /// <param name="columns">The columns of the mapping.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="ofServices">True if the rows are services, whose status shows whether they are still offered.</param>
    /// <exception cref="ImportFileException">The file does not exist, is empty, or lacks a column of the mapping.</exception>
    public static MappedTable Open(MappedFile file, string path, IReadOnlyCollection<string> columns, SourceLimits limits, bool ofServices)
    {
        var table = SourceTables.Open(path, limits);
        var header = new SourceHeader(file.Name, table.Columns, file.Empty);
        header = RefusedRows.IsCorrection(header) ? new SourceHeader(file.Name, [.. table.Columns.Select(RefusedFile.Unguarded)], file.Empty) : header;
        var missing = columns.Where(c => !header.Has(c)).ToList();
        return missing.Count == 0
            ? new MappedTable(file, table, header, SourceMarkers.Of(header, ofServices, columns))
            : throw new ImportFileException(
                $"The file '{path}' has no column {string.Join(", ", missing.Select(c => $"'{c}'"))}, which the mapping requires. " +
                $"It has: {string.Join(", ", header.Columns.Select(c => $"'{c}'"))}. Choose another mapping, or correct the file's first line.");
    }

    /// <summary>The valid rows without skipped ones. Invalid rows are reported.</summary>
    /// <param name="faults">Receives errors.</param>
    /// <param name="refused">Called for each refused row of an entry; with null if its cells may be in the wrong columns.</param>
    /// <param name="hidden">Called for each row that the source marks as not public.</param>
    public IEnumerable<SourceRow> Rows(ICollection<RowFault> faults, Action<SourceRow?>? refused = null, Action<RowFault>? hidden = null)
    {
        foreach (var read in _table.Rows())
        {
            var row = new SourceRow(Header, read.Line, _isCorrection ? [.. read.Cells.Select(RefusedFile.Unguarded)] : read.Cells);
            row = read.Place is { } place ? row with { Place = place } : row;
            var (context, known) = (new RowContext(row, _ => [], faults), faults.Count);
            if (FindDamage(row, read.Damage) is { } damage)
            {
                faults.Add(damage);
                refused?.Invoke(null);
            }
            else if (IsTotal(row))
            {
                faults.Add(new RowFault(row, "", row.Cells[0], "The row is a total, not an entry.", "Remove the row."));
            }
            else if (_file.Refuse.FirstOrDefault(r => Condition.All(r.When, context)) is { } rule)
            {
                faults.Add(new RowFault(row, rule.Column, row[rule.Column], rule.Reason, rule.Remedy));
                refused?.Invoke(row);
            }
            else if (_file.Skip.Any(conditions => Condition.All(conditions, context)))
            {
                continue;
            }
            else if (faults.Count > known)
            {
                // A condition could not be evaluated, so nobody knows whether the row may be loaded.
                refused?.Invoke(row);
            }
            else if (_markers.WhyNot(row) is { } mark)
            {
                // Not refused: the source no longer offers it, so an entry imported earlier must be checked.
                faults.Add(mark);
                hidden?.Invoke(mark);
            }
            else
            {
                var (open, kept) = _markers.Without(row);
                kept.ToList().ForEach(faults.Add);
                yield return open;
            }
        }
    }

    /// <summary>The marker in the source that makes the row's location private; null for none.</summary>
    public RowFault? PrivatePlaceOf(SourceRow row) => _markers.PrivatePlaceOf(row);

    /// <inheritdoc cref="SourceMarkers.WithoutMarkedBy"/>
    public (SourceRow Row, IReadOnlyList<RowFault> Faults) WithoutMarkedBy(SourceRow other, SourceRow row) => _markers.WithoutMarkedBy(other, row);

    private RowFault? FindDamage(SourceRow row, (string Reason, string Remedy)? damage)
    {
        if (damage is { } why)
        {
            return new RowFault(row, "", "", why.Reason, why.Remedy);
        }

        return row.Cells.Count > Header.Columns.Count && row.Cells.Skip(Header.Columns.Count).FirstOrDefault(c => c.Length > 0) is { } extra
            ? new RowFault(
                row, "", extra, $"The row has {row.Cells.Count} cells, but the header has {Header.Columns.Count}.", "Put quotes around the cell that contains the separator.")
            : null;
    }

    /// <summary>True for a row such as "Total: 123" at the end of a spreadsheet: the word, with only numbers next to it.</summary>
    private static bool IsTotal(SourceRow row)
    {
        string[] said = [.. row.Cells.Select(c => c.Trim()).Where(c => c.Length > 0)];
        return said.Length is > 0 and <= 4 && Total().IsMatch(said[0]) && said.Skip(1).All(c => Sum().IsMatch(c));
    }

    [GeneratedRegex(@"^(grand |sub-?)?totale?s?( (records|rows|count|entries|number))?\s*[:=]?\s*[\d,.]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Total();

    [GeneratedRegex(@"^[$€]?[\d.,\s]+%?$")]
    private static partial Regex Sum();
}
