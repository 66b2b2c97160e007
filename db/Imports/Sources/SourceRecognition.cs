using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Files;
using HealthEquity.Formats.Hsds.Reading;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Columns;
using HealthEquity.Imports.Mappings;
using HealthEquity.Imports.Records;

namespace HealthEquity.Imports.Sources;

/// <summary>The header and some rows of a table.</summary>
/// <param name="Columns">The column names.</param>
/// <param name="Rows">The first rows, and some rows with values in columns that are empty in these; trailing cells may be missing.</param>
public sealed record TableSample(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>The detected format of a source.</summary>
public sealed record RecognizedSource
{
    /// <summary>A description for people, such as "a table separated by semicolons (Windows-1252)".</summary>
    public required string Description { get; init; }

    /// <summary>The first rows of the table.</summary>
    public required TableSample Sample { get; init; }

    /// <summary>The names of the mappings that fit it exactly, built-in ones first.</summary>
    public IReadOnlyList<string> Mappings { get; init; } = [];

    /// <summary>The file names of a package that is not HSDS; empty for a single table.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>False for an export of this directory and for HSDS, which need no mapping.</summary>
    public bool NeedsMapping { get; init; } = true;

    /// <summary>Details of an HSDS source; null if it is not HSDS.</summary>
    public RecognizedHsds? Hsds { get; init; }
}

/// <summary>Details of an HSDS source.</summary>
public sealed record RecognizedHsds
{
    /// <summary>The HSDS version, if it can be detected: "3.1", "2.x".</summary>
    public required string Version { get; init; }

    /// <summary>The name that identifies the source, unless another is requested.</summary>
    public required string SourceName { get; init; }

    /// <summary>The title for people, unless another is requested.</summary>
    public required string SourceTitle { get; init; }

    /// <summary>The number of services, plus organizations without services; null if unknown before reading.</summary>
    public int? Count { get; init; }

    /// <summary>The kinds of the first ones.</summary>
    public required IReadOnlyDictionary<EntryKind, int> Kinds { get; init; }

    /// <summary>Files and columns that are ignored because no version of the standard has them.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>A summary in a sentence or two.</summary>
    public string Describe()
    {
        var kinds = string.Join(", ", Kinds.OrderByDescending(k => k.Value).Select(k => $"{k.Value:N0} × {k.Key.Code()}"));
        var ignored = Ignored.Count == 0 ? "" : $" Ignored: {string.Join("; ", Ignored)}.";
        return $"Each service becomes an entry{(Count is { } count ? $", {count:N0} in total" : "")}. The first {Kinds.Values.Sum():N0}: {kinds}.{ignored}";
    }
}

/// <summary>Detects the format of a source.</summary>
public static class SourceRecognition
{
    private const int SampleRows = 200;
    private const int FirstRows = 150;
    private const int Enough = 5;
    private const int LookedAt = 100_000;

    /// <summary>Detects the format of a file, folder or address. Reads one page of a live API.</summary>
    /// <param name="request">The path or address, and how to read it.</param>
    /// <param name="saved">The saved mappings; null for none.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="ImportFileException">The source can't be read, exceeds a limit, or has an unsupported format.</exception>
    public static async Task<RecognizedSource> RecognizeAsync(
        ImportRequest request, IReadOnlyList<SavedMapping>? saved, TimeProvider clock, CancellationToken cancellation)
    {
        if (!request.IsAddress)
        {
            return Recognize(request, saved);
        }

        using var api = await HsdsApi.ReadAsync(request, firstPageOnly: true, clock, progress: null, cancellation);
        return Hsds(request, api, new TableSample([], []));
    }

    /// <summary>Detects the format of a file or folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="limits">The limits; null for the defaults.</param>
    /// <param name="saved">The saved mappings; null for none.</param>
    /// <exception cref="ImportFileException">The source can't be read, exceeds a limit, or has an unsupported format.</exception>
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

    /// <summary>The names of the mappings that fit this source exactly, built-in ones first.</summary>
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
            throw new ImportFileException($"The folder '{path}' has no HSDS package and no tables. Choose a file in it, or a mapping that reads several files.");
        }

        var source = new RecognizedSource { Description = "", Sample = new TableSample([], []), Files = files };
        var mappings = MappingsFor(source, saved);
        // Show the rows of the first file of a mapping.
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
