using System.Text.Json;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Exports;

/// <summary>
/// Streams entries into one file, with constant memory. The same entries produce the same bytes. All writes are asynchronous, so a slow reader
/// blocks no thread.
/// </summary>
public static class ExportFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="to">The destination; it is left open.</param>
    /// <param name="format">The file format.</param>
    /// <param name="view">The audience, which determines the columns.</param>
    /// <param name="kinds">The kinds that may occur, which determine the columns.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The number of entries written.</returns>
    public static async Task<int> WriteAsync(
        Stream to, ExportFormat format, ExportView view, IReadOnlyCollection<EntryKind> kinds, IAsyncEnumerable<EntryDocument> entries, CancellationToken cancellation)
    {
        var count = 0;
        await using IEntryFile file = format switch
        {
            ExportFormat.Csv => await CsvFile.BeginAsync(to, EntryColumns.Of(kinds, view), cancellation),
            ExportFormat.Xlsx => await XlsxFile.BeginAsync(to, EntryColumns.Of(kinds, view), cancellation),
            ExportFormat.NdJson => new JsonExportFile(to, begin: "", between: "\n", end: "\n"),
            ExportFormat.Json => new JsonExportFile(to, begin: "[\n", between: ",\n", end: "\n]\n"),
            _ => new GeoJsonFile(to),
        };
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            await file.AddAsync(entry, cancellation);
            count++;
        }

        await file.EndAsync(cancellation);
        return count;
    }

    /// <summary>The cells of an entry in column order; empty where it has no value.</summary>
    internal static IEnumerable<string> Row(EntryDocument entry, IReadOnlyList<string> columns)
    {
        using var document = JsonDocument.Parse(entry.Document);
        var cells = EntryCells.Write(entry.Kind, document.RootElement);
        return [.. columns.Select(c => cells.TryGetValue(c, out var cell) ? cell : EntryColumns.State.Contains(c) ? State(document.RootElement, c) : "")];
    }

    private static string State(JsonElement entry, string member) =>
        !entry.TryGetProperty(member, out var value) ? ""
        : value.ValueKind == JsonValueKind.String ? CellText.Of(value.GetString()!)
        : value.GetRawText();
}

/// <summary>A file that entries are written to one by one.</summary>
internal interface IEntryFile : IAsyncDisposable
{
    /// <summary>Writes an entry.</summary>
    Task AddAsync(EntryDocument entry, CancellationToken cancellation);

    /// <summary>Writes the end of the file.</summary>
    Task EndAsync(CancellationToken cancellation);
}
