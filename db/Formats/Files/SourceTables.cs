using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Files;

/// <summary>Opens a file as a table; the format is known by what stands in it, whatever its name.</summary>
public static class SourceTables
{
    private static readonly (byte[] Start, string What)[] Strangers =
    [
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel file, or one with a password"),
        ([0x25, 0x50, 0x44, 0x46], "a PDF"),
        ([0x1F, 0x8B], "packed with gzip"),
        ([0x7B, 0x5C, 0x72, 0x74, 0x66], "a text document (RTF)"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
        ([0x89, 0x50, 0x4E, 0x47], "a picture"),
        ([0x37, 0x7A, 0xBC, 0xAF], "packed with 7-Zip"),
    ];

    /// <summary>Opens a file.</summary>
    /// <exception cref="ImportFileException">It can't be read as a table.</exception>
    public static SourceTable Open(string path, SourceLimits limits) => FormOf(path) switch
    {
        FileForm.Zip => WorkbookTable.Open(path, limits),
        FileForm.Json => JsonTable.Open(path, limits),
        _ => DelimitedTable.Open(path, limits),
    };

    /// <summary>What the file's first bytes say of it.</summary>
    /// <exception cref="ImportFileException">It can't be read, or is of a form that no import reads.</exception>
    public static FileForm FormOf(string path)
    {
        var start = new byte[512];
        using var stream = SourceText.OpenFile(path);
        var head = start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        foreach (var (signature, what) in Strangers)
        {
            if (head.StartsWith(signature))
            {
                throw new ImportFileException($"The file '{path}' is {what}: save it as .xlsx or 'CSV UTF-8' and import that.");
            }
        }

        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
        {
            return FileForm.Zip;
        }

        // UTF-16 has a zero beside each letter; a byte order mark is no letter.
        var letters = head.ToArray().Where(b => b is not (0 or 0xEF or 0xBB or 0xBF or 0xFE or 0xFF) && !char.IsWhiteSpace((char)b)).Take(2).ToArray();
        return letters is [(byte)'{', ..] or [(byte)'[', ..] ? FileForm.Json : FileForm.Text;
    }
}

/// <summary>What a file's first bytes say of it.</summary>
public enum FileForm
{
    /// <summary>A ZIP: a workbook or a package.</summary>
    Zip,

    /// <summary>JSON or ND-JSON.</summary>
    Json,

    /// <summary>Any other text.</summary>
    Text,
}
