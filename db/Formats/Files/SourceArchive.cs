using System.Buffers.Binary;
using System.IO.Compression;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>
/// An untrusted ZIP: a workbook or a package of tables. Its directory is checked before anything is unpacked, and bytes are counted while
/// unpacking: the sizes that it declares are not trusted.
/// </summary>
public sealed class SourceArchive : IDisposable
{
    // Any compression ratio is fine for a file this small.
    private const long UncheckedBytes = 1024 * 1024;

    private readonly string _path;
    private readonly SourceLimits _limits;
    private readonly ZipArchive _zip;
    private long _unpacked;

    private SourceArchive(string path, SourceLimits limits, ZipArchive zip)
    {
        _path = path;
        _limits = limits;
        _zip = zip;
    }

    /// <summary>The names of the files in it.</summary>
    public IEnumerable<string> Names => _zip.Entries.Select(e => e.FullName).Where(n => !n.EndsWith('/'));

    /// <summary>Opens a ZIP.</summary>
    /// <exception cref="ImportFileException">The ZIP is damaged or exceeds a limit.</exception>
    public static SourceArchive Open(string path, SourceLimits limits)
    {
        var file = SourceText.OpenFile(path);
        try
        {
            limits.CheckSize(path, file.Length);
            CheckDirectory(file, path, limits);
            var archive = new SourceArchive(path, limits, new ZipArchive(file, ZipArchiveMode.Read));
            archive.CheckEntries();
            return archive;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException)
        {
            file.Dispose();
            throw Damaged(path, fault);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens one of its files; null if there is no file with this name. Reading more than allowed throws.</summary>
    /// <exception cref="ImportFileException">The ZIP is damaged.</exception>
    public Stream? OpenEntry(string name)
    {
        if (_zip.GetEntry(name) is not { } entry)
        {
            return null;
        }

        try
        {
            return new CountedStream(entry.Open(), this, entry.CompressedLength);
        }
        catch (InvalidDataException fault)
        {
            throw Damaged(_path, fault);
        }
    }

    /// <summary>Unpacks one of its files.</summary>
    /// <exception cref="ImportFileException">The ZIP is damaged or exceeds a limit.</exception>
    public void Unpack(string name, string target)
    {
        using var from = OpenEntry(name)!;
        using var to = File.Create(target);
        from.CopyTo(to);
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    /// <summary>The error for a ZIP that can't be read.</summary>
    public static ImportFileException Damaged(string path, Exception fault) =>
        new($"The file '{path}' is damaged, encrypted or not a ZIP: {fault.Message} Save it again.");

    private void CheckEntries()
    {
        if (_zip.Entries.Count > _limits.MaximumFiles)
        {
            throw TooManyFiles(_path, _limits);
        }

        foreach (var entry in _zip.Entries)
        {
            // Names are never used as paths, but a name that leaves its folder is no accident.
            if (entry.FullName.Split('/', '\\').Contains("..") || Path.IsPathRooted(entry.FullName) || entry.FullName.Contains(':', StringComparison.Ordinal))
            {
                throw new ImportFileException($"The file '{_path}' contains '{entry.FullName}', a path outside the archive. Don't use the file; contact its author.");
            }
        }
    }

    /// <summary>
    /// Checks the central directory before it is read into memory (APPNOTE 4.3.16: its location is at the end of the file).
    /// </summary>
    private static void CheckDirectory(FileStream file, string path, SourceLimits limits)
    {
        var tail = new byte[(int)Math.Min(file.Length, 22 + ushort.MaxValue)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < 22)
        {
            throw new InvalidDataException("its central directory is missing.");
        }

        long count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        // The central directory ends where this record begins.
        var listEnd = file.Length - tail.Length + end;
        if (count == ushort.MaxValue || start == uint.MaxValue)
        {
            (count, start, listEnd) = ReadLargeRecord(file, tail.AsSpan(0, end));
        }

        // A central directory entry takes 46 bytes plus the name.
        if (count > limits.MaximumFiles || count < 0 || start < 0 || listEnd - start > limits.MaximumFiles * 1024L)
        {
            throw TooManyFiles(path, limits);
        }

        file.Position = 0;
    }

    /// <summary>Reads the ZIP64 record with numbers too large for the first one (4.3.14), including the location of the directory.</summary>
    private static (long Count, long Start, long End) ReadLargeRecord(FileStream file, ReadOnlySpan<byte> before)
    {
        const int locatorLength = 20;
        var locator = before.Length < locatorLength ? [] : before[^locatorLength..];
        if (!locator.StartsWith("PK\x06\x07"u8))
        {
            throw new InvalidDataException("the location of its central directory is missing.");
        }

        var place = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        Span<byte> record = stackalloc byte[56];
        if (place < 0 || place > file.Length - record.Length)
        {
            throw new InvalidDataException("the location of its central directory is wrong.");
        }

        file.Position = place;
        file.ReadExactly(record);
        return record.StartsWith("PK\x06\x06"u8)
            ? (BinaryPrimitives.ReadInt64LittleEndian(record[32..]), BinaryPrimitives.ReadInt64LittleEndian(record[48..]), place)
            : throw new InvalidDataException("the location of its central directory is wrong.");
    }

    private static ImportFileException TooManyFiles(string path, SourceLimits limits) =>
        new($"The file '{path}' contains more than {limits.MaximumFiles:N0} files. Include only the files to import.");

    private void Count(int bytes, long unpacked, long packed)
    {
        _unpacked += bytes;
        _limits.CheckSize(_path, _unpacked);
        if (unpacked > UncheckedBytes && unpacked > packed * _limits.MaximumRatio)
        {
            throw new ImportFileException(
                $"The file '{_path}' unpacks to more than {_limits.MaximumRatio} times its size, which no table does. Save it again with the program that made it.");
        }
    }

    private sealed class CountedStream(Stream inner, SourceArchive archive, long packed) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read;
            try
            {
                read = inner.Read(buffer);
            }
            catch (InvalidDataException fault)
            {
                throw Damaged(archive._path, fault);
            }

            _position += read;
            archive.Count(read, _position, packed);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
