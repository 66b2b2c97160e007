using CsvHelper;

namespace HealthEquity.Formats.Tables;

/// <summary>A table for a spreadsheet, as CSV: UTF-8 with a byte order mark for Excel, and an apostrophe before a cell that begins like a formula.</summary>
/// <param name="Head">The columns.</param>
/// <param name="Rows">The rows.</param>
public sealed record CsvTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, NewLine = "\r\n", Injection = CsvInjection.Escape };

    /// <summary>Creates a writer for a stream and leaves the stream open.</summary>
    public static CsvWriter To(Stream stream) => CsvWriter.Create(stream, Options, leaveOpen: true);

    /// <summary>The table as a file.</summary>
    public async Task<byte[]> WriteAsync(CancellationToken cancellation)
    {
        using var file = new MemoryStream();
        await using (var csv = To(file))
        {
            foreach (var row in Rows.Prepend(Head))
            {
                await csv.WriteRecordAsync([.. row.Select(cell => cell ?? "")], cancellation);
            }
        }

        return file.ToArray();
    }
}
