using System.Text.RegularExpressions;
using CsvHelper;
using HealthEquity.Formats.Exports;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Databases;

namespace HealthEquity.Imports.Refusals;

/// <summary>
/// The refused rows of a source file, as a CSV to correct and import again: every original column, then file, line, field, value, reason and
/// remedy. An apostrophe protects cells that a spreadsheet would evaluate (OWASP, CSV injection), because the cells are from outside. It is
/// removed when the file comes back.
/// </summary>
public static partial class RefusedFile
{
    internal static IReadOnlyList<string> Added { get; } = ["file", "line", "field", "value", "reason", "remedy"];

    /// <summary>Writes the refused rows of one file of an import while they are read.</summary>
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
            var reason = row.Loaded ? $"{row.Reason} The row was loaded without this value." : row.Reason;
            string[] said = [name, row.Place, row.Field, row.Value, reason, row.Remedy];
            await csv.WriteRecordAsync([.. columns.Select((_, i) => Guarded(i < cells.Count ? cells[i] : "")), .. said.Select(Guarded)], cancellation);
        }

        await csv.FlushAsync(cancellation);
    }

    /// <summary>The number of columns added to those of the source; 0 if the file is not such a CSV.</summary>
    internal static int AddedTo(SourceHeader header)
    {
        string[] last = [.. header.Columns.TakeLast(Added.Count).Select(c => Number().Replace(c, ""))];
        return last.SequenceEqual(Added) ? Added.Count : last.TakeLast(Added.Count - 1).SequenceEqual(Added.Skip(1)) ? Added.Count - 1 : 0;
    }

    /// <summary>Protects a cell for spreadsheets.</summary>
    internal static string Guarded(string cell) => CellText.IsFormula(cell) ? "'" + cell : cell;

    /// <summary>Reverses <see cref="Guarded"/>.</summary>
    internal static string Unguarded(string cell) => cell is ['\'', ..] && CellText.IsFormula(cell[1..]) ? cell[1..] : cell;

    /// <summary>Distinguishes our columns from columns of the source with the same name.</summary>
    [GeneratedRegex(@" \(\d+\)$")]
    private static partial Regex Number();
}
