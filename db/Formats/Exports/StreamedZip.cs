using System.IO.Compression;

namespace HealthEquity.Formats.Exports;

/// <summary>
/// A ZIP file that is sent while it is written. The archive writes to memory and never blocks; <see cref="SendAsync"/> sends what has accumulated
/// there, so memory holds only the data since the last send. (The archive's own asynchronous API still blocks when an entry is closed.) The same
/// contents produce the same bytes.
/// </summary>
internal sealed class StreamedZip : IAsyncDisposable
{
    // The earliest date in the ZIP format.
    private static readonly DateTimeOffset Undated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Stream _to;
    private readonly Gathered _gathered = new();
    private readonly ZipArchive _archive;

    public StreamedZip(Stream to)
    {
        _to = to;
        _archive = new ZipArchive(_gathered, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Begins the next file. The previous one must be closed.</summary>
    public Stream Begin(string path)
    {
        var entry = _archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = Undated;
        return entry.Open();
    }

    /// <summary>Sends what was written so far.</summary>
    public async Task SendAsync(CancellationToken cancellation)
    {
        if (_gathered.Bytes.Length > 0)
        {
            await _to.WriteAsync(_gathered.Bytes, cancellation);
            _gathered.Clear();
        }
    }

    /// <summary>Writes the archive's directory and sends the rest.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        _archive.Dispose();
        await SendAsync(cancellation);
        await _to.FlushAsync(cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _archive.Dispose();
        return _gathered.DisposeAsync();
    }

    /// <summary>A forward-only memory stream, so the archive never seeks back to data that was sent.</summary>
    private sealed class Gathered : Stream
    {
        private readonly MemoryStream _bytes = new();

        public ReadOnlyMemory<byte> Bytes => _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Clear() => _bytes.SetLength(0);

        public override void Write(byte[] buffer, int offset, int count) => _bytes.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => _bytes.Write(buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
