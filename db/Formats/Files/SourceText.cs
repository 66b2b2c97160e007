using System.Buffers;
using System.Text;
using System.Text.Unicode;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>Detects the encoding of a text file: by byte order mark, else by the zero bytes of UTF-16, else valid UTF-8, else Mac Roman if lines end as on old Macs, else Windows-1252.</summary>
internal static class SourceText
{
    private const int BlockSize = 1 << 16;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly Encoding MacRoman = CodePagesEncodingProvider.Instance.GetEncoding(10000)!;

    /// <summary>Reads the file once and detects its encoding.</summary>
    /// <exception cref="ImportFileException">The file can't be read, is too large or not text.</exception>
    public static Encoding Detect(string path, SourceLimits limits)
    {
        using var stream = OpenFile(path);
        limits.CheckSize(path, stream.Length);
        return Detect(stream, path);
    }

    /// <summary>Opens a file for sequential reading.</summary>
    /// <exception cref="ImportFileException">The file can't be read.</exception>
    public static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BlockSize, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ImportFileException($"The file '{path}' can't be read: {fault.Message}");
        }
    }

    /// <summary>Opens a text file as UTF-8 without a byte order mark, converting other encodings.</summary>
    public static Stream OpenUtf8(string path, Encoding encoding)
    {
        var file = OpenFile(path);
        var mark = encoding.GetPreamble();
        Span<byte> start = stackalloc byte[mark.Length];
        if (mark.Length > 0 && !(file.ReadAtLeast(start, mark.Length, throwOnEndOfStream: false) == mark.Length && start.SequenceEqual(mark)))
        {
            file.Position = 0;
        }

        return encoding is UTF8Encoding ? file : Encoding.CreateTranscodingStream(file, encoding, Encoding.UTF8);
    }

    private static Encoding Detect(Stream stream, string path)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            var length = stream.ReadAtLeast(block.AsSpan(0, BlockSize), BlockSize, throwOnEndOfStream: false);
            var wide = WideEncoding(block.AsSpan(0, length));
            var (total, carried, valid) = (0L, 0, true);
            var ends = new LineEnds();
            while (length > 0)
            {
                total += length;
                var text = block.AsSpan(0, carried + length);
                ends = ends.And(text);
                if (wide is null && text.IndexOf((byte)0) is >= 0 and var zero)
                {
                    throw new ImportFileException(
                        $"The file '{path}' is not text: byte {total - length - carried + zero + 1:N0} is zero. Save it again as 'CSV UTF-8' or .xlsx.");
                }

                carried = valid && wide is null ? Carry(text, ref valid) : 0;
                length = stream.Read(block, carried, BlockSize - carried);
            }

            // An incomplete character at the end of the file is not valid UTF-8.
            return wide ?? (valid && carried == 0 ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true) : ends.IsOldMac ? MacRoman : Windows1252);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>
    /// Counts line endings and accented letters. Old Macs ended lines with only a carriage return. Their accented lowercase letters and
    /// curly quotes are bytes that Windows-1252 uses for other characters and rare capitals, and vice versa.
    /// </summary>
    private readonly record struct LineEnds(bool HasReturns, bool HasFeeds, long Mac, long Windows)
    {
        public bool IsOldMac => HasReturns && !HasFeeds && Mac >= Windows;

        public LineEnds And(ReadOnlySpan<byte> text)
        {
            var (mac, windows) = (Mac, Windows);
            foreach (var letter in text)
            {
                mac += letter is (>= 0x80 and <= 0x9F) or (>= 0xD0 and <= 0xD5) ? 1 : 0;
                windows += letter >= 0xE0 ? 1 : 0;
            }

            return new LineEnds(HasReturns || text.Contains((byte)'\r'), HasFeeds || text.Contains((byte)'\n'), mac, windows);
        }
    }

    /// <summary>Moves an incomplete character at the end of the block to its start; returns the number of bytes.</summary>
    private static int Carry(Span<byte> text, ref bool valid)
    {
        var cut = 0;
        for (var back = 1; back <= Math.Min(3, text.Length); back++)
        {
            if ((text[^back] & 0xC0) == 0xC0)
            {
                cut = Rune.DecodeFromUtf8(text[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
                break;
            }
        }

        valid = Utf8.IsValid(text[..^cut]);
        text[^cut..].CopyTo(text);
        return cut;
    }

    private static Encoding? WideEncoding(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0xFF, 0xFE]))
        {
            return Encoding.Unicode;
        }

        if (start.StartsWith<byte>([0xFE, 0xFF]))
        {
            return Encoding.BigEndianUnicode;
        }

        // Without a byte order mark: a header is mostly Latin letters, so every second byte is zero.
        start = start[..Math.Min(start.Length & ~1, 200)];
        var (even, odd) = (0, 0);
        for (var i = 0; i < start.Length; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }

        var most = start.Length / 2 * 8 / 10;
        return most == 0 ? null : odd > most && even == 0 ? Encoding.Unicode : even > most && odd == 0 ? Encoding.BigEndianUnicode : null;
    }
}
