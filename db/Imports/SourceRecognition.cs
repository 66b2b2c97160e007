using HealthEquity.Db.Imports.Columns;
using HealthEquity.Db.Imports.Tables;

namespace HealthEquity.Db.Imports;

/// <summary>The head and some rows of a table.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The first rows; columns at a row's end may be missing.</param>
public sealed record TableSample(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>What a source was recognised as.</summary>
public sealed record RecognisedSource
{
    /// <summary>What it is, for a person: "a table with semicolons (Windows-1252)".</summary>
    public required string Description { get; init; }

    /// <summary>The beginning of the table.</summary>
    public required TableSample Sample { get; init; }

    /// <summary>Names of the mappings that read just this, those that ship first.</summary>
    public IReadOnlyList<string> Mappings { get; init; } = [];

    /// <summary>The names of the files of a package, when it is several; none for a single table.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>False for an export of this directory, which is read as it is.</summary>
    public bool NeedsMapping { get; init; } = true;
}

/// <summary>Looks at a file or folder and says what it is.</summary>
public static class SourceRecognition
{
    private const int SampleRows = 200;

    /// <summary>Says what a file or folder is.</summary>
    /// <param name="path">The file, or the folder of files.</param>
    /// <param name="limits">How much it may ask of the machine; null for the defaults.</param>
    /// <param name="saved">Mappings that the department keeps; null for none.</param>
    /// <exception cref="ImportFileException">It can't be read, asks for too much, or is of a form that no import reads.</exception>
    public static RecognisedSource Recognise(string path, SourceLimits? limits = null, IReadOnlyList<SavedMapping>? saved = null)
    {
        limits ??= new SourceLimits();
        if (Directory.Exists(path))
        {
            return RecogniseFolder(path, limits, saved ?? []);
        }

        var table = SourceTables.Open(path, limits);
        var sample = new TableSample(table.Columns, [.. table.Rows().Take(SampleRows).Select(r => r.Cells)]);
        var source = new RecognisedSource { Description = table.Description, Sample = sample, NeedsMapping = !ExportedSource.IsExport(path, table, limits) };
        return source with { Mappings = MappingsFor(source, saved ?? []) };
    }

    /// <summary>Names of the mappings that read just this source, those that ship first.</summary>
    public static IReadOnlyList<string> MappingsFor(RecognisedSource source, IReadOnlyList<SavedMapping> saved) =>
    [
        .. MappingReader.Shipped.Where(name => Fits(MappingReader.Find(name), source)),
        .. saved.Where(s => Fits(s.ToMapping(), source)).Select(s => s.Name),
    ];

    private static RecognisedSource RecogniseFolder(string path, SourceLimits limits, IReadOnlyList<SavedMapping> saved)
    {
        string[] files = [.. Directory.EnumerateFiles(path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new ImportFileException($"'{path}' holds no files: pack the tables that are to be imported.");
        }

        var source = new RecognisedSource { Description = "", Sample = new TableSample([], []), Files = files };
        var mappings = MappingsFor(source, saved);
        // The rows to show are those of the file that a mapping reads first.
        var first = mappings is [var name, ..]
            ? (MappingReader.Shipped.Contains(name) ? MappingReader.Find(name) : saved.First(s => s.Name == name).ToMapping()).Files[0].Path!
            : files[0];
        var table = SourceTables.Open(Path.Combine(path, first), limits);
        return source with
        {
            Description = $"{files.Length} files; '{first}' is {table.Description}",
            Sample = new TableSample(table.Columns, [.. table.Rows().Take(SampleRows).Select(r => r.Cells)]),
            Mappings = mappings,
        };
    }

    private static bool Fits(ImportMapping mapping, RecognisedSource source) => source.Files.Count > 0
        ? mapping.Files.Count > 1 && mapping.Files.All(f => f.Path is { } path && source.Files.Contains(path))
        : mapping.Files.Count == 1 && mapping.Columns().All(c => source.Sample.Columns.Contains(c.Column, StringComparer.OrdinalIgnoreCase));
}
