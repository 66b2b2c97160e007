using System.Buffers;
using System.Text;
using System.Text.Unicode;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>The encoding of a text file, found without being told: a byte order mark, else UTF-16's zeros, else valid UTF-8, else Mac Roman where lines end as on old Macs, else Windows-1252.</summary>
internal static class SourceText
{
    private const int BlockSize = 1 << 16;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly Encoding MacRoman = CodePagesEncodingProvider.Instance.GetEncoding(10000)!;

    /// <summary>Reads the file once and tells its encoding.</summary>
    /// <exception cref="ImportFileException">It can't be read, is too large, or is no text.</exception>
    public static Encoding Detect(string path, SourceLimits limits)
    {
        using var stream = OpenFile(path);
        limits.CheckSize(path, stream.Length);
        return Detect(stream, path);
    }

    /// <summary>Opens a file to be read from front to back.</summary>
    /// <exception cref="ImportFileException">It can't be read.</exception>
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

    /// <summary>Opens a text file as UTF-8, whatever it is written in, without a byte order mark.</summary>
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
                        $"The file '{path}' is no text: byte {total - length - carried + zero + 1:N0} is zero. Save it anew as 'CSV UTF-8', or as .xlsx.");
                }

                carried = valid && wide is null ? Carry(text, ref valid) : 0;
                length = stream.Read(block, carried, BlockSize - carried);
            }

            // A letter that the end of the file cuts in two is none.
            return wide ?? (valid && carried == 0 ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true) : ends.AreOfOldMacs ? MacRoman : Windows1252);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>
    /// How lines end, and how letters with accents are written. Old Macs ended lines with a carriage return alone. Their small letters
    /// with accents and curly quotes are bytes that Windows-1252 has for other marks and for seldom capitals, and the other way around.
    /// </summary>
    private readonly record struct LineEnds(bool HasReturns, bool HasFeeds, long Mac, long Windows)
    {
        public bool AreOfOldMacs => HasReturns && !HasFeeds && Mac >= Windows;

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

    /// <summary>Moves a letter that the block's end cuts to the block's start; gives its length.</summary>
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

        // Without a mark: the letters of a table's head are mostly Latin, so every second byte is zero.
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
