using System.Text;
using CsvHelper;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>
/// A table as text (RFC 4180: quoted line breaks, doubled quotes), with commas, semicolons, tabs or bars between its cells, in any
/// encoding that <see cref="SourceText"/> knows and with any line ends.
/// </summary>
internal sealed class DelimitedTable : SourceTable
{
    private readonly CsvReaderOptions _options;
    private readonly SourceLimits _limits;
    private readonly int _headLine;

    private DelimitedTable(string path, Encoding encoding, SourceLimits limits)
        : base(path)
    {
        _limits = limits;
        _options = new CsvReaderOptions
        {
            Encoding = encoding is UTF8Encoding ? null : encoding,
            HasHeader = false,
            TrackLineNumbers = true,
            // A longer row is an unclosed quote that would swallow the rest of the file.
            MaxRecordSize = limits.MaximumRowBytes,
        };
        using var reader = Reader();
        var head = Head(Records(reader)) ?? throw Empty(path);
        (Columns, _headLine) = (CheckedColumns(path, head.Cells, limits), head.Line);
        var between = reader.Separator switch { ',' => "commas", ';' => "semicolons", '\t' => "tabs", '|' => "bars", var other => $"'{(char)other}'" };
        Description = $"a table with {between} ({(encoding is UTF8Encoding ? "UTF-8" : encoding.EncodingName)})";
    }

    public override string Description { get; }

    public override IReadOnlyList<string> Columns { get; }

    /// <summary>Opens a file and reads its first line.</summary>
    /// <exception cref="ImportFileException">It is not there, is empty, too large, or no text.</exception>
    public static DelimitedTable Open(string path, SourceLimits limits) => new(path, SourceText.Detect(path, limits), limits);

    public override IEnumerable<TableRow> Rows()
    {
        var torn = new HashSet<long>();
        using var reader = Reader(record => Note(record, torn));
        foreach (var row in Records(reader).SkipWhile(r => r.Line <= _headLine).Where(HasText))
        {
            yield return torn.Remove(row.Line) ? row with { Torn = Unclosed } : row;
        }
    }

    private IEnumerable<TableRow> Records(CsvReader reader)
    {
        while (Next(reader))
        {
            yield return new TableRow((int)reader.LineNumber, Cells(reader));
        }
    }

    private static (string Reason, string Remedy) Unclosed { get; } = (
        "A quote is opened in the row and not closed, or text follows a closed one; the rows after it may have been swallowed.",
        "Write each quote inside a cell twice.");

    private static void Note(CsvMalformedRecord record, HashSet<long> torn)
    {
        if (record.Reason is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.TextAfterClosingQuote)
        {
            torn.Add(record.LineNumber);
        }
    }

    private string[] Cells(CsvReader reader)
    {
        string[] cells = [.. Enumerable.Range(0, Math.Min(reader.FieldCount, _limits.MaximumColumns)).Select(i => Plain(reader.GetString(i)))];
        // One cell beyond tells that the row is too long; a million would tell nothing else.
        var beyond = Enumerable.Range(cells.Length, reader.FieldCount - cells.Length).Select(reader.GetString).FirstOrDefault(c => !string.IsNullOrWhiteSpace(c));
        return beyond is null ? cells : [.. cells, beyond];
    }

    /// <summary>Without Excel's device for text that looks like a number: ="00123".</summary>
    private static string Plain(string cell) => cell is ['=', '"', .. var text, '"'] && !text.Contains('"', StringComparison.Ordinal) ? text : cell;

    private bool Next(CsvReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException fault)
        {
            throw new ImportFileException(
                $"The file '{Path}' can't be read from line {fault.LineNumber:N0} on: that row is longer than {_limits.MaximumRowBytes / (1024 * 1024):N0} MB. " +
                "Mostly a quote is opened there and not closed: close it.");
        }
    }

    private CsvReader Reader(Action<CsvMalformedRecord>? malformed = null) =>
        CsvReader.Create(SourceText.OpenFile(Path), _options with { OnMalformedRecord = malformed }, leaveOpen: false);
}
