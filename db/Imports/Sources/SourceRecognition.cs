using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Files;
using HealthEquity.Formats.Hsds.Reading;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;

namespace HealthEquity.Imports.Sources;

/// <summary>The head and some rows of a table.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The first rows, and some that fill columns which are empty in these; columns at a row's end may be missing.</param>
public sealed record TableSample(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>What a source was recognized as.</summary>
public sealed record RecognizedSource
{
    /// <summary>What it is, for a person: "a table with semicolons (Windows-1252)".</summary>
    public required string Description { get; init; }

    /// <summary>The beginning of the table.</summary>
    public required TableSample Sample { get; init; }

    /// <summary>Names of the mappings that read just this, those that ship first.</summary>
    public IReadOnlyList<string> Mappings { get; init; } = [];

    /// <summary>The names of the files of a package that is not HSDS, when it is several; none for a single table.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>False for an export of this directory and for HSDS, which are read as they are.</summary>
    public bool NeedsMapping { get; init; } = true;

    /// <summary>What will be made of it, when it is HSDS; null when it is not.</summary>
    public RecognizedHsds? Hsds { get; init; }
}

/// <summary>What will be made of an HSDS source.</summary>
public sealed record RecognizedHsds
{
    /// <summary>The standard's version, as far as it shows: "3.1", "2.x".</summary>
    public required string Version { get; init; }

    /// <summary>The name under which entries are found again, unless another is asked for.</summary>
    public required string SourceName { get; init; }

    /// <summary>What the source is called in front of people, unless it is asked to be called otherwise.</summary>
    public required string SourceTitle { get; init; }

    /// <summary>Services, and organizations without services; null where only reading all of it tells.</summary>
    public int? Count { get; init; }

    /// <summary>What the first of them become, by kind.</summary>
    public required IReadOnlyDictionary<EntryKind, int> Kinds { get; init; }

    /// <summary>Files and columns that no version of the standard has: they are not read.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>The same in a sentence or two.</summary>
    public string Describe()
    {
        var kinds = string.Join(", ", Kinds.OrderByDescending(k => k.Value).Select(k => $"{k.Value:N0} × {k.Key.Code()}"));
        var ignored = Ignored.Count == 0 ? "" : $" Not read: {string.Join("; ", Ignored)}.";
        return $"Each service becomes an entry{(Count is { } count ? $", {count:N0} in all" : "")}; the first {Kinds.Values.Sum():N0}: {kinds}.{ignored}";
    }
}

/// <summary>Looks at a file or folder and says what it is.</summary>
public static class SourceRecognition
{
    private const int SampleRows = 200;
    private const int FirstRows = 150;
    private const int Enough = 5;
    private const int LookedAt = 100_000;

    /// <summary>Says what a file, a folder or an address is; of a live API one page is read.</summary>
    /// <param name="request">The path or address, and how it is to be read.</param>
    /// <param name="saved">Mappings that the department keeps; null for none.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="ImportFileException">It can't be read, asks for too much, or is of a form that no import reads.</exception>
    public static async Task<RecognizedSource> RecognizeAsync(
        ImportRequest request, IReadOnlyList<SavedMapping>? saved, TimeProvider clock, CancellationToken cancellation)
    {
        if (!request.IsAddress)
        {
            return Recognize(request, saved);
        }

        using var api = await HsdsApi.ReadAsync(request, few: true, clock, alive: null, cancellation);
        return Hsds(request, api, new TableSample([], []));
    }

    /// <summary>Says what a file or folder is.</summary>
    /// <param name="path">The file, or the folder of files.</param>
    /// <param name="limits">How much it may ask of the machine; null for the defaults.</param>
    /// <param name="saved">Mappings that the department keeps; null for none.</param>
    /// <exception cref="ImportFileException">It can't be read, asks for too much, or is of a form that no import reads.</exception>
    public static RecognizedSource Recognize(string path, SourceLimits? limits = null, IReadOnlyList<SavedMapping>? saved = null) =>
        Recognize(new ImportRequest { Path = path, Limits = limits ?? new SourceLimits() }, saved);

    private static RecognizedSource Recognize(ImportRequest request, IReadOnlyList<SavedMapping>? saved)
    {
        var (path, limits) = (request.Path, request.Limits);
        using var hsds = HsdsContent.TryOpenAny(path, limits);
        if (hsds is HsdsPackageContent package)
        {
            return Hsds(request, package, SampleOf(SourceTables.Open(package.FirstTable, limits)));
        }

        if (hsds is null && System.IO.Directory.Exists(path))
        {
            return RecognizeFolder(path, limits, saved ?? []);
        }

        var table = SourceTables.Open(path, limits);
        var sample = SampleOf(table);
        var source = hsds is null
            ? new RecognizedSource { Description = table.Description, Sample = sample, NeedsMapping = !ExportedSource.IsExport(path, table, limits) }
            : Hsds(request, hsds, sample);
        return source with { Mappings = MappingsFor(source, saved ?? []) };
    }

    /// <summary>Names of the mappings that read just this source, those that ship first.</summary>
    public static IReadOnlyList<string> MappingsFor(RecognizedSource source, IReadOnlyList<SavedMapping> saved) =>
    [
        .. MappingReader.Shipped.Where(name => Fits(MappingReader.Find(name), source)),
        .. saved.Where(s => Fits(s.ToMapping(), source)).Select(s => s.Name),
    ];

    private static RecognizedSource RecognizeFolder(string path, SourceLimits limits, IReadOnlyList<SavedMapping> saved)
    {
        string[] files = [.. System.IO.Directory.EnumerateFiles(path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new ImportFileException($"The folder '{path}' holds no HSDS package and no tables: name a file in it, or a mapping that reads several files.");
        }

        var source = new RecognizedSource { Description = "", Sample = new TableSample([], []), Files = files };
        var mappings = MappingsFor(source, saved);
        // The rows to show are those of the file that a mapping reads first.
        var first = mappings is [var name, ..]
            ? (MappingReader.Shipped.Contains(name) ? MappingReader.Find(name) : saved.First(s => s.Name == name).ToMapping()).Files[0].Path!
            : files[0];
        var table = SourceTables.Open(Path.Combine(path, first), limits);
        return source with { Description = $"{files.Length} files; '{first}' is {table.Description}", Sample = SampleOf(table), Mappings = mappings };
    }

    private static RecognizedSource Hsds(ImportRequest request, HsdsContent content, TableSample sample) => new()
    {
        Description = content.Description,
        Sample = sample,
        NeedsMapping = false,
        Hsds = new RecognizedHsds
        {
            Version = content.Version,
            SourceName = HsdsSource.NameOf(request),
            SourceTitle = request.SourceTitle ?? HsdsSource.TitleOf(request, content),
            Count = content.Count,
            Kinds = content.Things([]).Take(SampleRows).CountBy(t => HsdsKinds.Of(t, request.Kind)).ToDictionary(),
            Ignored = content.Ignored,
        },
    };

    /// <summary>The first rows, and from further on those that fill columns of which little has been seen: the first page may leave them empty.</summary>
    private static TableSample SampleOf(SourceTable table)
    {
        var (rows, filled) = (new List<IReadOnlyList<string>>(), new int[table.Columns.Count]);
        try
        {
            foreach (var row in table.Rows().Take(LookedAt).Select(r => r.Cells))
            {
                var isFirst = rows.Count < FirstRows;
                if (!isFirst && !row.Take(filled.Length).Index().Any(c => filled[c.Index] < Enough && !string.IsNullOrWhiteSpace(c.Item)))
                {
                    continue;
                }

                rows.Add(row);
                foreach (var (index, _) in row.Take(filled.Length).Index().Where(c => !string.IsNullOrWhiteSpace(c.Item)))
                {
                    filled[index]++;
                }

                if (rows.Count == SampleRows)
                {
                    break;
                }
            }
        }
        catch (ImportFileException) when (rows.Count >= FirstRows)
        {
            // What is wrong further on is said when the file is read.
        }

        return new TableSample(table.Columns, rows);
    }

    private static bool Fits(ImportMapping mapping, RecognizedSource source) => source.Files.Count > 0
        ? mapping.Files.Count > 1 && mapping.Files.All(f => f.Path is { } path && source.Files.Contains(path))
        : mapping.Files.Count == 1 && mapping.Columns().All(c => source.Sample.Columns.Contains(c.Column, StringComparer.OrdinalIgnoreCase));
}
