using System.Text;
using CsvHelper;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>
/// A delimited text table (RFC 4180: quoted line breaks, doubled quotes), separated by commas, semicolons, tabs or vertical bars, in any encoding
/// that <see cref="SourceText"/> detects and with any line endings.
/// </summary>
internal sealed class DelimitedTable : SourceTable
{
    private readonly CsvReaderOptions _options;
    private readonly SourceLimits _limits;
    private readonly int _headerLine;

    private DelimitedTable(string path, Encoding encoding, SourceLimits limits)
        : base(path)
    {
        _limits = limits;
        _options = new CsvReaderOptions
        {
            Encoding = encoding is UTF8Encoding ? null : encoding,
            HasHeader = false,
            TrackLineNumbers = true,
            // A longer row means an unclosed quote that would swallow the rest of the file.
            MaxRecordSize = limits.MaximumRowBytes,
        };
        using var reader = Reader();
        var head = FindHeader(Records(reader)) ?? throw Empty(path);
        (Columns, _headerLine) = (CheckedColumns(path, head.Cells, limits), head.Line);
        var between = reader.Separator switch { ',' => "commas", ';' => "semicolons", '\t' => "tabs", '|' => "vertical bars", var other => $"'{(char)other}'" };
        Description = $"a table separated by {between} ({(encoding is UTF8Encoding ? "UTF-8" : encoding.EncodingName)})";
    }

    public override string Description { get; }

    public override IReadOnlyList<string> Columns { get; }

    /// <summary>Opens a file and reads its first line.</summary>
    /// <exception cref="ImportFileException">The file does not exist, is empty, too large or not text.</exception>
    public static DelimitedTable Open(string path, SourceLimits limits) => new(path, SourceText.Detect(path, limits), limits);

    public override IEnumerable<TableRow> Rows()
    {
        var damaged = new HashSet<long>();
        using var reader = Reader(record => Note(record, damaged));
        foreach (var row in Records(reader).SkipWhile(r => r.Line <= _headerLine).Where(HasText))
        {
            yield return damaged.Remove(row.Line) ? row with { Damage = Unclosed } : row;
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
        "The row has an unclosed quote, or text after a closing quote. It may have swallowed the rows after it.",
        "Double each quote inside a cell.");

    private static void Note(CsvMalformedRecord record, HashSet<long> damaged)
    {
        if (record.Reason is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.TextAfterClosingQuote)
        {
            damaged.Add(record.LineNumber);
        }
    }

    private string[] Cells(CsvReader reader)
    {
        string[] cells = [.. Enumerable.Range(0, Math.Min(reader.FieldCount, _limits.MaximumColumns)).Select(i => Plain(reader.GetString(i)))];
        // One extra cell is enough to report that the row is too long.
        var beyond = Enumerable.Range(cells.Length, reader.FieldCount - cells.Length).Select(reader.GetString).FirstOrDefault(c => !string.IsNullOrWhiteSpace(c));
        return beyond is null ? cells : [.. cells, beyond];
    }

    /// <summary>Removes Excel's notation for text that looks like a number: ="00123".</summary>
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
                "The usual cause is an unclosed quote. Close it.");
        }
    }

    private CsvReader Reader(Action<CsvMalformedRecord>? malformed = null) =>
        CsvReader.Create(SourceText.OpenFile(Path), _options with { OnMalformedRecord = malformed }, leaveOpen: false);
}
