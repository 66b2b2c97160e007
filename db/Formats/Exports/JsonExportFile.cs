using System.Text;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Exports;

/// <summary>Writes documents unchanged, with separators: ND-JSON or a JSON array.</summary>
internal sealed class JsonExportFile(Stream to, string begin, string between, string end) : IEntryFile
{
    private readonly byte[] _between = Encoding.UTF8.GetBytes(between);

    private byte[] _before = Encoding.UTF8.GetBytes(begin);
    private bool _any;

    public async Task AddAsync(EntryDocument entry, CancellationToken cancellation)
    {
        await to.WriteAsync(_before, cancellation);
        await to.WriteAsync(entry.Document, cancellation);
        _before = _between;
        _any = true;
    }

    public async Task EndAsync(CancellationToken cancellation)
    {
        if (!_any)
        {
            await to.WriteAsync(_before, cancellation);
        }

        // ND-JSON without documents is an empty file.
        await to.WriteAsync(Encoding.UTF8.GetBytes(_any || begin.Length > 0 ? end : ""), cancellation);
        await to.FlushAsync(cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
