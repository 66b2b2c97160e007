using System.Text;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Sources;

namespace HealthEquity.Admin.Imports;

/// <summary>
/// A temporary folder for an uploaded file, which is read several times. Disposing deletes the folder. Only the sanitized file name is
/// taken from the upload.
/// </summary>
internal sealed class ImportFolder : IDisposable
{
    private const int MaxNameLength = 100;

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-import-");

    public ImportFolder(string fileName) => FilePath = Path.Combine(_folder.FullName, NameOf(fileName));

    /// <summary>The path for the uploaded file.</summary>
    public string FilePath { get; }

    /// <summary>The folder for refused rows and other output.</summary>
    public string Aside => _folder.CreateSubdirectory("aside").FullName;

    /// <summary>Returns the path to import: the file, or the folder unpacked from it.</summary>
    /// <exception cref="ImportFileException">The ZIP file can't be unpacked.</exception>
    public string Open(SourceLimits limits) => UnpackedSource.Open(FilePath, Path.Combine(_folder.FullName, "unpacked"), limits);

    /// <summary>Removes this folder's path from a message.</summary>
    public string Plain(string message) => message
        .Replace(Path.Combine(_folder.FullName, "unpacked") + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
        .Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <summary>Sanitizes a file name: only the last path segment, only letters, digits, and simple punctuation, limited length.</summary>
    public static string NameOf(string fileName)
    {
        var last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            plain.Append(Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '_' or ',' or '.' or '(' or ')' ? rune.ToString() : "-");
        }

        var name = plain.ToString().Trim(' ', '.');
        // Keep the end, because it has the file extension.
        name = name.Length <= MaxNameLength ? name : name[..(MaxNameLength / 2)].TrimEnd('\uD800', '\uDBFF') + name[^(MaxNameLength / 2)..];
        return name.Length == 0 ? "file" : name;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
