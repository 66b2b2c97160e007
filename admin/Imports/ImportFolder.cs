using System.Text;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Sources;

namespace HealthEquity.Admin.Imports;

/// <summary>
/// A folder of its own for a file while it is read, because tables are read several times over. It goes with everything in it; only
/// the file's last name is taken from whoever sent it, and that with care.
/// </summary>
internal sealed class ImportFolder : IDisposable
{
    private const int LongestName = 100;

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-import-");

    public ImportFolder(string fileName) => FilePath = Path.Combine(_folder.FullName, NameOf(fileName));

    /// <summary>Where the file that came is to be written.</summary>
    public string FilePath { get; }

    /// <summary>Where refused rows and whatever else is written go.</summary>
    public string Aside => _folder.CreateSubdirectory("aside").FullName;

    /// <summary>What to import: the file, or the folder that was packed in it.</summary>
    /// <exception cref="ImportFileException">It is a ZIP that can't be unpacked.</exception>
    public string Open(SourceLimits limits) => UnpackedSource.Open(FilePath, Path.Combine(_folder.FullName, "unpacked"), limits);

    /// <summary>What was said about a file, without the place where it lay for a moment.</summary>
    public string Plain(string message) => message
        .Replace(Path.Combine(_folder.FullName, "unpacked") + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
        .Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <summary>A file name as people read it: the last part, letters and plain signs, not too long.</summary>
    public static string NameOf(string fileName)
    {
        var last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            plain.Append(Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '_' or ',' or '.' or '(' or ')' ? rune.ToString() : "-");
        }

        var name = plain.ToString().Trim(' ', '.');
        // The end says what a file is.
        name = name.Length <= LongestName ? name : name[..(LongestName / 2)].TrimEnd('\uD800', '\uDBFF') + name[^(LongestName / 2)..];
        return name.Length == 0 ? "file" : name;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
