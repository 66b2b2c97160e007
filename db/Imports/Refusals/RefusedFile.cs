using System.Text.RegularExpressions;
using CsvHelper;
using HealthEquity.Formats.Exports;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Refusals;

/// <summary>
/// The rows of a source file that were refused, as a CSV to correct and load back: every original column, then file, line, field, value,
/// reason and remedy. An apostrophe guards what a spreadsheet would compute (OWASP, CSV injection), for nobody here wrote those cells;
/// it is taken off again when the file comes back.
/// </summary>
public static partial class RefusedFile
{
    internal static IReadOnlyList<string> Added { get; } = ["file", "line", "field", "value", "reason", "remedy"];

    /// <summary>Writes what an import refused of one file, as it is read.</summary>
    public static async Task WriteAsync(DbSession session, Guid import, ImportFile file, Stream to, CancellationToken cancellation)
    {
        var columns = file.ColumnList();
        var isOnly = (await ImportRefusals.FilesAsync(session, import, cancellation)).Count == 1;
        var name = isOnly ? (await ImportStore.ReadAsync(session, import, cancellation)).FileName : file.Name;
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        await csv.WriteRecordAsync([.. columns.Concat(Added).Select(Guarded)], cancellation);
        await foreach (var row in ImportRefusals.StreamAsync(session, import, file.Name).WithCancellation(cancellation))
        {
            var cells = row.CellList();
            var reason = row.Loaded ? $"{row.Reason} The row was loaded without it." : row.Reason;
            string[] said = [name, row.Place, row.Field, row.Value, reason, row.Remedy];
            await csv.WriteRecordAsync([.. columns.Select((_, i) => Guarded(i < cells.Count ? cells[i] : "")), .. said.Select(Guarded)], cancellation);
        }

        await csv.FlushAsync(cancellation);
    }

    /// <summary>How many columns stand behind those of the source: none in a file that is no such CSV, and five in one from before there was 'file'.</summary>
    internal static int AddedTo(SourceHeader header)
    {
        string[] last = [.. header.Columns.TakeLast(Added.Count).Select(c => Number().Replace(c, ""))];
        return last.SequenceEqual(Added) ? Added.Count : last.TakeLast(Added.Count - 1).SequenceEqual(Added.Skip(1)) ? Added.Count - 1 : 0;
    }

    /// <summary>The cell as it may stand in a spreadsheet.</summary>
    internal static string Guarded(string cell) => CellText.IsFormula(cell) ? "'" + cell : cell;

    /// <summary>The cell that <see cref="Guarded"/> was given.</summary>
    internal static string Unguarded(string cell) => cell is ['\'', ..] && CellText.IsFormula(cell[1..]) ? cell[1..] : cell;

    /// <summary>What tells a column of ours from one of the source's that has the same name.</summary>
    [GeneratedRegex(@" \(\d+\)$")]
    private static partial Regex Number();
}
