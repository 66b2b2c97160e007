using System.Buffers.Binary;
using System.IO.Compression;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>
/// A ZIP that somebody else made: a workbook or a package of tables. What it holds is looked at before anything is unpacked, and
/// while it is unpacked it is counted: its own word for its size is not taken.
/// </summary>
public sealed class SourceArchive : IDisposable
{
    // A part so small may shrink as far as it likes.
    private const long HarmlessBytes = 1024 * 1024;

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
    /// <exception cref="ImportFileException">It is damaged, or asks for more than it may.</exception>
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

    /// <summary>Opens one of its files; null when there is none of that name. Reading more than is allowed throws.</summary>
    /// <exception cref="ImportFileException">It is damaged.</exception>
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
    /// <exception cref="ImportFileException">It is damaged, or asks for more than it may.</exception>
    public void Unpack(string name, string target)
    {
        using var from = OpenEntry(name)!;
        using var to = File.Create(target);
        from.CopyTo(to);
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    /// <summary>What is wrong with a ZIP that can't be read.</summary>
    public static ImportFileException Damaged(string path, Exception fault) =>
        new($"The file '{path}' is damaged, encrypted or no ZIP: {fault.Message} Save it anew.");

    private void CheckEntries()
    {
        if (_zip.Entries.Count > _limits.MaximumFiles)
        {
            throw TooManyFiles(_path, _limits);
        }

        foreach (var entry in _zip.Entries)
        {
            // A name is never used as a path; one that climbs out of its folder is still no accident.
            if (entry.FullName.Split('/', '\\').Contains("..") || Path.IsPathRooted(entry.FullName) || entry.FullName.Contains(':', StringComparison.Ordinal))
            {
                throw new ImportFileException($"The file '{_path}' holds '{entry.FullName}', a name that leads out of it: don't use it, and ask whoever made it.");
            }
        }
    }

    /// <summary>
    /// Looks at the ZIP's own list before the list is read into memory (APPNOTE 4.3.16: its place stands at the file's end).
    /// </summary>
    private static void CheckDirectory(FileStream file, string path, SourceLimits limits)
    {
        var tail = new byte[(int)Math.Min(file.Length, 22 + ushort.MaxValue)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < 22)
        {
            throw new InvalidDataException("its list of files is missing.");
        }

        long count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        // The list ends where this record begins.
        var listEnd = file.Length - tail.Length + end;
        if (count == ushort.MaxValue || start == uint.MaxValue)
        {
            (count, start, listEnd) = ReadLargeRecord(file, tail.AsSpan(0, end));
        }

        // An entry of the list takes 46 bytes and its name.
        if (count > limits.MaximumFiles || count < 0 || start < 0 || listEnd - start > limits.MaximumFiles * 1024L)
        {
            throw TooManyFiles(path, limits);
        }

        file.Position = 0;
    }

    /// <summary>The record that stands in for numbers too large for the first one (4.3.14), and tells where the list really is.</summary>
    private static (long Count, long Start, long End) ReadLargeRecord(FileStream file, ReadOnlySpan<byte> before)
    {
        const int locatorLength = 20;
        var locator = before.Length < locatorLength ? [] : before[^locatorLength..];
        if (!locator.StartsWith("PK\x06\x07"u8))
        {
            throw new InvalidDataException("the place of its list of files is missing.");
        }

        var place = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        Span<byte> record = stackalloc byte[56];
        if (place < 0 || place > file.Length - record.Length)
        {
            throw new InvalidDataException("the place of its list of files is wrong.");
        }

        file.Position = place;
        file.ReadExactly(record);
        return record.StartsWith("PK\x06\x06"u8)
            ? (BinaryPrimitives.ReadInt64LittleEndian(record[32..]), BinaryPrimitives.ReadInt64LittleEndian(record[48..]), place)
            : throw new InvalidDataException("the place of its list of files is wrong.");
    }

    private static ImportFileException TooManyFiles(string path, SourceLimits limits) =>
        new($"The file '{path}' holds more than {limits.MaximumFiles:N0} files: pack only those that are to be imported.");

    private void Count(int bytes, long unpacked, long packed)
    {
        _unpacked += bytes;
        _limits.CheckSize(_path, _unpacked);
        if (unpacked > HarmlessBytes && unpacked > packed * _limits.MaximumRatio)
        {
            throw new ImportFileException(
                $"The file '{_path}' unpacks to more than {_limits.MaximumRatio} times its size: no table does. Save it anew with the program that made it.");
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
