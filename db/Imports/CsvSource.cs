using CsvHelper;

namespace HealthEquity.Db.Imports;

/// <summary>Reads a source's CSV files (RFC 4180: quoted line breaks, doubled quotes; with or without a byte order mark), row by row.</summary>
internal sealed class CsvSource
{
    // A longer row is an unclosed quote that would swallow the rest of the file.
    private const int LongestRow = 4 * 1024 * 1024;

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false,
        TrackLineNumbers = true,
        MaxRecordSize = LongestRow,
    };

    private readonly MappedFile _file;

    private CsvSource(MappedFile file, string path, SourceHeader header)
    {
        _file = file;
        FilePath = path;
        Header = header;
    }

    public string FilePath { get; }

    public SourceHeader Header { get; }

    /// <summary>Opens a file and reads its first line.</summary>
    /// <exception cref="ImportFileException">It is not there, is empty, or lacks a column that the mapping reads.</exception>
    public static CsvSource Open(MappedFile file, string path, IReadOnlyCollection<string> columns)
    {
        using var reader = Reader(path);
        if (!Next(reader, path))
        {
            throw new ImportFileException($"The file '{path}' is empty: its first line must name the columns.");
        }

        var header = new SourceHeader(file.Name, Cells(reader), file.Empty);
        var missing = columns.Where(c => !header.Has(c)).ToList();
        return missing.Count == 0
            ? new CsvSource(file, path, header)
            : throw new ImportFileException(
                $"The file '{path}' has no column named {string.Join(", ", missing.Select(c => $"'{c}'"))}, which the mapping reads. " +
                $"It has: {string.Join(", ", header.Columns.Select(c => $"'{c}'"))}. Choose another mapping, or correct the file's first line.");
    }

    /// <summary>The rows that are not to be skipped; a row that can't be right is reported and left out.</summary>
    public IEnumerable<SourceRow> Rows(ICollection<RowFault> faults)
    {
        var torn = new HashSet<long>();
        using var reader = Reader(FilePath, record => Note(record, torn));
        Next(reader, FilePath);
        while (Next(reader, FilePath))
        {
            var cells = Cells(reader);
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            var row = new SourceRow(Header, (int)reader.LineNumber, cells);
            var context = new RowContext(row, _ => [], faults);
            if (Refusal(row, context, torn.Contains(row.Line)) is { } fault)
            {
                faults.Add(fault);
            }
            else if (!_file.Skip.Any(conditions => Condition.All(conditions, context)))
            {
                yield return row;
            }
        }
    }

    private RowFault? Refusal(SourceRow row, RowContext context, bool torn)
    {
        if (torn)
        {
            return new RowFault(
                row, "", "", "A quote is opened in the row and not closed, or text follows a closed one; the rows after it may have been swallowed.", "Write each quote inside a cell twice.");
        }

        if (row.Cells.Count > Header.Columns.Count && row.Cells.Skip(Header.Columns.Count).FirstOrDefault(c => c.Length > 0) is { } extra)
        {
            return new RowFault(
                row, "", extra, $"The row has {row.Cells.Count} cells, the first line {Header.Columns.Count}.", "Put quotes around the cell that holds a comma.");
        }

        var rule = _file.Refuse.FirstOrDefault(r => Condition.All(r.When, context));
        return rule is null ? null : new RowFault(row, rule.Column, row[rule.Column], rule.Reason, rule.Remedy);
    }

    private static string[] Cells(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    private static bool Next(CsvReader reader, string path)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException fault)
        {
            throw new ImportFileException($"The file '{path}' can't be read as CSV from line {fault.LineNumber} on: a quote is opened there and not closed. Close it.");
        }
    }

    private static void Note(CsvMalformedRecord record, HashSet<long> torn)
    {
        if (record.Reason is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.TextAfterClosingQuote)
        {
            torn.Add(record.LineNumber);
        }
    }

    private static CsvReader Reader(string path, Action<CsvMalformedRecord>? malformed = null)
    {
        try
        {
            return CsvReader.FromFile(path, Options with { OnMalformedRecord = malformed }, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ImportFileException($"The file '{path}' can't be read: {fault.Message}");
        }
    }
}
