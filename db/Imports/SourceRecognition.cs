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
        var table = SourceTables.Open(path, limits);
        var sample = new TableSample(table.Columns, [.. table.Rows().Take(SampleRows).Select(r => r.Cells)]);
        return new RecognisedSource
        {
            Description = table.Description,
            Sample = sample,
            NeedsMapping = !ExportedSource.IsExport(path, table, limits),
            Mappings =
            [
                .. MappingReader.Shipped.Where(name => Fits(MappingReader.Find(name), sample)),
                .. (saved ?? []).Where(s => Fits(s.ToMapping(), sample)).Select(s => s.Name),
            ],
        };
    }

    private static bool Fits(ImportMapping mapping, TableSample sample) =>
        mapping.Files.Count == 1 && mapping.Columns().All(c => sample.Columns.Contains(c.Column, StringComparer.OrdinalIgnoreCase));
}
