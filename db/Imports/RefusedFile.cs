using System.Text.RegularExpressions;
using CsvHelper;
using HealthEquity.Db.Storage;

namespace HealthEquity.Db.Imports;

/// <summary>
/// The rows of a source file that were refused, as a CSV to correct and load back: every original column, then line, field, value,
/// reason and remedy. An apostrophe guards what a spreadsheet would compute (OWASP, CSV injection), for nobody here wrote those cells;
/// it is taken off again when the file comes back.
/// </summary>
public static partial class RefusedFile
{
    // The full-width forms are taken for formulas by spreadsheets in East Asian languages.
    private const string FormulaStarts = "=+-@\t\r＝＋－＠";

    internal static IReadOnlyList<string> Added { get; } = ["line", "field", "value", "reason", "remedy"];

    /// <summary>Writes what an import refused of one file, as it is read.</summary>
    public static async Task WriteAsync(DbSession session, Guid import, ImportFile file, Stream to, CancellationToken cancellation)
    {
        var columns = file.ColumnList();
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        await csv.WriteRecordAsync([.. columns.Concat(Added).Select(Guarded)], cancellation);
        await foreach (var row in ImportRefusals.StreamAsync(session, import, file.Name).WithCancellation(cancellation))
        {
            var cells = row.CellList();
            var reason = row.Loaded ? $"{row.Reason} The row was loaded without it." : row.Reason;
            string[] said = [row.Place, row.Field, row.Value, reason, row.Remedy];
            await csv.WriteRecordAsync([.. columns.Select((_, i) => Guarded(i < cells.Count ? cells[i] : "")), .. said.Select(Guarded)], cancellation);
        }

        await csv.FlushAsync(cancellation);
    }

    /// <summary>The cell as it may stand in a spreadsheet.</summary>
    internal static string Guarded(string cell) => IsFormula(cell) ? "'" + cell : cell;

    /// <summary>The cell that <see cref="Guarded"/> was given.</summary>
    internal static string Unguarded(string cell) => cell is ['\'', ..] && IsFormula(cell[1..]) ? cell[1..] : cell;

    // Apostrophes at the head don't count, so that a guarded cell is guarded exactly if it was in need of it.
    private static bool IsFormula(string cell)
    {
        var rest = cell.AsSpan().TrimStart('\'');
        return rest.Length > 0 && FormulaStarts.Contains(rest[0], StringComparison.Ordinal) && !PlainNumber().IsMatch(rest);
    }

    [GeneratedRegex(@"\A[+-]?[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex PlainNumber();
}
