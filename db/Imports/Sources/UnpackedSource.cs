using HealthEquity.Formats.Files;
using HealthEquity.Formats.Hsds.Reading;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Sources;

/// <summary>Several files of one source that came as one ZIP.</summary>
public static class UnpackedSource
{
    // Every workbook has this part, and no other package does (ECMA-376, part 2).
    private const string WorkbookPart = "[Content_Types].xml";

    /// <summary>
    /// Unpacks a ZIP of tables, so that it is read as the folder that was packed; what only the packing system put in is left out.
    /// A workbook, a package of HSDS, and whatever is no ZIP, is left as it is.
    /// </summary>
    /// <param name="path">The file that came.</param>
    /// <param name="into">A folder for what is unpacked; it is made.</param>
    /// <param name="limits">How much it may ask of the machine.</param>
    /// <returns>What to import: the folder, the only file in it, or the file that came.</returns>
    /// <exception cref="ImportFileException">It is damaged, asks for more than it may, or holds no file or two of one name.</exception>
    public static string Open(string path, string into, SourceLimits limits)
    {
        if (SourceTables.FormOf(path) != FileForm.Zip)
        {
            return path;
        }

        using var archive = SourceArchive.Open(path, limits);
        var names = archive.Names.ToList();
        using var hsds = names.Contains(WorkbookPart) ? null : HsdsContent.TryOpenAny(path, limits);
        if (hsds is not null || names.Contains(WorkbookPart))
        {
            return path;
        }

        var files = names.Select(n => (Entry: n, Name: n[(n.LastIndexOfAny(['/', '\\']) + 1)..]))
            .Where(f => f.Name is not ['.', ..] && !f.Entry.StartsWith("__MACOSX/", StringComparison.Ordinal))
            .ToList();
        if (files.Count == 0)
        {
            throw new ImportFileException($"The file '{path}' holds no files: pack the tables that are to be imported.");
        }

        if (files.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ImportFileException($"The file '{path}' holds two files named '{twice.Key}': pack the files of one folder.");
        }

        System.IO.Directory.CreateDirectory(into);
        foreach (var (entry, name) in files)
        {
            if (name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || name.Length > 200)
            {
                throw new ImportFileException($"The file '{path}' holds a file whose name can't be used: name it with letters, digits and hyphens.");
            }

            archive.Unpack(entry, Path.Combine(into, name));
        }

        return files.Count == 1 ? Path.Combine(into, files[0].Name) : into;
    }
}
