using HealthEquity.Formats.Files;
using HealthEquity.Formats.Hsds.Reading;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Sources;

/// <summary>Several files of one source in a ZIP.</summary>
public static class UnpackedSource
{
    // Workbooks have this part, other packages don't (ECMA-376, part 2).
    private const string WorkbookPart = "[Content_Types].xml";

    /// <summary>
    /// Unpacks a ZIP of tables, to read it as a folder. Ignores system files added by the packing program. Workbooks, HSDS packages and other
    /// files stay packed.
    /// </summary>
    /// <param name="path">The uploaded file.</param>
    /// <param name="into">The folder for the unpacked files; it is created.</param>
    /// <param name="limits">The limits.</param>
    /// <returns>The path to import: the folder, the only file in it, or the uploaded file.</returns>
    /// <exception cref="ImportFileException">The ZIP is damaged, exceeds a limit, is empty, or has two files with the same name.</exception>
    public static string Open(string path, string into, SourceLimits limits)
    {
        if (SourceTables.DetectFormat(path) != FileFormat.Zip)
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
            throw new ImportFileException($"The file '{path}' is empty. Add the tables to import.");
        }

        if (files.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ImportFileException($"The file '{path}' has two files named '{twice.Key}'. Include only files of one folder.");
        }

        System.IO.Directory.CreateDirectory(into);
        foreach (var (entry, name) in files)
        {
            if (name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || name.Length > 200)
            {
                throw new ImportFileException($"The file '{path}' has a file with an invalid name. Use letters, digits and hyphens.");
            }

            archive.Unpack(entry, Path.Combine(into, name));
        }

        return files.Count == 1 ? Path.Combine(into, files[0].Name) : into;
    }
}
