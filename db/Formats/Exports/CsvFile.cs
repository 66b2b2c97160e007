using CsvHelper;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Exports;

/// <summary>Writes rows as CSV (RFC 4180), UTF-8 with the byte order mark that Excel needs.</summary>
internal sealed class CsvFile : IEntryFile
{
    private readonly CsvWriter _csv;
    private readonly IReadOnlyList<string> _columns;

    private CsvFile(CsvWriter csv, IReadOnlyList<string> columns)
    {
        _csv = csv;
        _columns = columns;
    }

    public static async Task<CsvFile> BeginAsync(Stream to, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        var csv = CsvWriter.Create(to, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        await csv.WriteRecordAsync([.. columns], cancellation);
        return new CsvFile(csv, columns);
    }

    public async Task AddAsync(EntryDocument entry, CancellationToken cancellation) =>
        await _csv.WriteRecordAsync([.. ExportFile.Row(entry, _columns)], cancellation);

    public async Task EndAsync(CancellationToken cancellation) => await _csv.FlushAsync(cancellation);

    public ValueTask DisposeAsync() => _csv.DisposeAsync();
}
