using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>Opens a file as a table. The format is detected from the contents, not from the name.</summary>
public static class SourceTables
{
    private static readonly (byte[] Start, string What)[] UnsupportedFormats =
    [
        ([0xD0, 0xCF, 0x11, 0xE0], "an old or password-protected Excel file"),
        ([0x25, 0x50, 0x44, 0x46], "a PDF"),
        ([0x1F, 0x8B], "compressed with gzip"),
        ([0x7B, 0x5C, 0x72, 0x74, 0x66], "a text document (RTF)"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
        ([0x89, 0x50, 0x4E, 0x47], "a picture"),
        ([0x37, 0x7A, 0xBC, 0xAF], "compressed with 7-Zip"),
    ];

    /// <summary>Opens a file.</summary>
    /// <exception cref="ImportFileException">The file can't be read as a table.</exception>
    public static SourceTable Open(string path, SourceLimits limits) => DetectFormat(path) switch
    {
        FileFormat.Zip => WorkbookTable.Open(path, limits),
        FileFormat.Json => JsonTable.Open(path, limits),
        _ => DelimitedTable.Open(path, limits),
    };

    /// <summary>Detects the form of a file from its first bytes.</summary>
    /// <exception cref="ImportFileException">The file can't be read, or is in an unsupported format.</exception>
    public static FileFormat DetectFormat(string path)
    {
        var start = new byte[512];
        using var stream = SourceText.OpenFile(path);
        var head = start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        foreach (var (signature, what) in UnsupportedFormats)
        {
            if (head.StartsWith(signature))
            {
                throw new ImportFileException($"The file '{path}' is {what}. Save it as .xlsx or 'CSV UTF-8' and import that file.");
            }
        }

        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
        {
            return FileFormat.Zip;
        }

        // UTF-16 has a zero byte next to each letter. Skip the byte order mark.
        var letters = head.ToArray().Where(b => b is not (0 or 0xEF or 0xBB or 0xBF or 0xFE or 0xFF) && !char.IsWhiteSpace((char)b)).Take(2).ToArray();
        return letters is [(byte)'{', ..] or [(byte)'[', ..] ? FileFormat.Json : FileFormat.Text;
    }
}

/// <summary>The form of a file, detected from its first bytes.</summary>
public enum FileFormat
{
    /// <summary>A ZIP: a workbook or a package.</summary>
    Zip,

    /// <summary>JSON or ND-JSON.</summary>
    Json,

    /// <summary>Any other text.</summary>
    Text,
}
