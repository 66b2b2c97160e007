using System.IO.Compression;

namespace HealthEquity.Formats.Exports;

/// <summary>
/// A ZIP file that leaves as it is made. The archive writes into memory and never blocks; <see cref="SendAsync"/> passes on what has
/// gathered there, so memory holds no more than was written since. (The archive's own asynchronous writing still blocks when a
/// file in it is closed.) The same contents make the same bytes.
/// </summary>
internal sealed class StreamedZip : IAsyncDisposable
{
    // The ZIP format's first day.
    private static readonly DateTimeOffset Undated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Stream _to;
    private readonly Gathered _gathered = new();
    private readonly ZipArchive _archive;

    public StreamedZip(Stream to)
    {
        _to = to;
        _archive = new ZipArchive(_gathered, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Begins the next file; the one before has to be closed.</summary>
    public Stream Begin(string path)
    {
        var entry = _archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = Undated;
        return entry.Open();
    }

    /// <summary>Passes on what was written.</summary>
    public async Task SendAsync(CancellationToken cancellation)
    {
        if (_gathered.Bytes.Length > 0)
        {
            await _to.WriteAsync(_gathered.Bytes, cancellation);
            _gathered.Clear();
        }
    }

    /// <summary>Writes the archive's list of files, and passes on the rest.</summary>
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

    /// <summary>Memory that looks like a connection: only forward, so that the archive never goes back to what was sent.</summary>
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
