using System.Text.RegularExpressions;
using HealthEquity.Formats.Files;
using HealthEquity.Formats.Sources;
using HealthEquity.Formats.Transforms;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Refusals;

namespace HealthEquity.Imports.Sources;

/// <summary>A table as a mapping reads it: rows to be skipped are left out, rows that can't be right are reported.</summary>
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
    /// <param name="file">The file, as the mapping describes it.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="columns">The columns that the mapping reads.</param>
    /// <param name="limits">How much it may ask of the machine.</param>
    /// <param name="ofServices">The rows tell of services, whose status says whether they are still offered.</param>
    /// <exception cref="ImportFileException">It is not there, is empty, or lacks a column that the mapping reads.</exception>
    public static MappedTable Open(MappedFile file, string path, IReadOnlyCollection<string> columns, SourceLimits limits, bool ofServices)
    {
        var table = SourceTables.Open(path, limits);
        var header = new SourceHeader(file.Name, table.Columns, file.Empty);
        header = RefusedRows.IsCorrection(header) ? new SourceHeader(file.Name, [.. table.Columns.Select(RefusedFile.Unguarded)], file.Empty) : header;
        var missing = columns.Where(c => !header.Has(c)).ToList();
        return missing.Count == 0
            ? new MappedTable(file, table, header, SourceMarkers.Of(header, ofServices, columns))
            : throw new ImportFileException(
                $"The file '{path}' has no column named {string.Join(", ", missing.Select(c => $"'{c}'"))}, which the mapping reads. " +
                $"It has: {string.Join(", ", header.Columns.Select(c => $"'{c}'"))}. Choose another mapping, or correct the file's first line.");
    }

    /// <summary>The rows that are not to be skipped; a row that can't be right is reported and left out.</summary>
    /// <param name="faults">Takes up what is wrong.</param>
    /// <param name="refused">Is told of each row left out that tells of an entry; of null where the cells do not stand in their columns.</param>
    public IEnumerable<SourceRow> Rows(ICollection<RowFault> faults, Action<SourceRow?>? refused = null)
    {
        foreach (var read in _table.Rows())
        {
            var row = new SourceRow(Header, read.Line, _isCorrection ? [.. read.Cells.Select(RefusedFile.Unguarded)] : read.Cells);
            row = read.Place is { } place ? row with { Place = place } : row;
            var context = new RowContext(row, _ => [], faults);
            if (Torn(row, read.Torn) is { } torn)
            {
                faults.Add(torn);
                refused?.Invoke(null);
            }
            else if (IsTotal(row))
            {
                faults.Add(new RowFault(row, "", row.Cells[0], "The row adds up the others: it is no entry.", "Take the row out."));
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
            else if (_markers.WhyNot(row) is { } hidden)
            {
                // Not told as refused: an entry made from it earlier is to be checked, for the source no longer offers it.
                faults.Add(hidden);
            }
            else
            {
                var (open, kept) = _markers.Without(row);
                kept.ToList().ForEach(faults.Add);
                yield return open;
            }
        }
    }

    /// <summary>The source's mark that keeps the row's place private; null for none.</summary>
    public RowFault? PrivatePlaceOf(SourceRow row) => _markers.PrivatePlaceOf(row);

    private RowFault? Torn(SourceRow row, (string Reason, string Remedy)? torn)
    {
        if (torn is { } why)
        {
            return new RowFault(row, "", "", why.Reason, why.Remedy);
        }

        return row.Cells.Count > Header.Columns.Count && row.Cells.Skip(Header.Columns.Count).FirstOrDefault(c => c.Length > 0) is { } extra
            ? new RowFault(
                row, "", extra, $"The row has {row.Cells.Count} cells, the first line {Header.Columns.Count}.", "Put quotes around the cell that holds the separator.")
            : null;
    }

    /// <summary>A row such as "Total: 123", as spreadsheets have it at their end: the word, and nothing but numbers beside it.</summary>
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
