using HealthEquity.Formats.Files;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// A tabular HSDS package, 1.x to 3.x: a folder or ZIP of tables, with or without a descriptor. Tables are recognized by the file names of all
/// versions, and may be in a subfolder.
/// </summary>
public sealed class HsdsPackageContent : HsdsContent
{
    private readonly IReadOnlyDictionary<string, (SourceTable Table, SourceHeader Header)> _tables;
    private readonly DirectoryInfo? _unpacked;
    private readonly Lazy<(HsdsRows Rows, IReadOnlyList<RowFault> Faults)> _rows;

    private HsdsPackageContent(IReadOnlyList<PackageFile> files, IEnumerable<string> strangers, bool isZip, DirectoryInfo? unpacked, SourceLimits limits)
    {
        _unpacked = unpacked;
        var opened = files.Select(f => (f.Table, f.Shown, Source: SourceTables.Open(f.Path, limits))).ToList();
        _tables = opened.ToDictionary(o => o.Table, o => (o.Source, new SourceHeader(Path.GetFileName(o.Shown), o.Source.Columns, [])), StringComparer.Ordinal);
        Files = [.. opened.Select(o => new SourceFile(o.Shown, _tables[o.Table].Header))];
        Ignored =
        [
            .. strangers.Select(s => $"the file {s}"),
            .. _tables.SelectMany(t => t.Value.Header.Columns.Where(c => !HsdsInputTables.Has(t.Key, c.Trim())).Select(c => $"the column {c} of {t.Value.Header.File}")),
        ];
        Version = HsdsInputTables.Version(_tables.Keys.ToHashSet(StringComparer.Ordinal));
        Description = $"an HSDS {Version} package, {_tables.Count} tables in a {(isZip ? "ZIP" : "folder")}";
        _rows = new(Read);
    }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override string Version { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SourceFile> Files { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Ignored { get; }

    /// <summary>The path of the table that is read first.</summary>
    public string FirstTable => _tables.First().Value.Table.Path;

    /// <inheritdoc/>
    public override int? Count => _rows.Value.Rows.Count;

    /// <summary>Opens a folder; null if it has no table of services or organizations.</summary>
    public static HsdsPackageContent? TryOpenFolder(string path, SourceLimits limits)
    {
        var names = System.IO.Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 })
            .Select(f => Path.GetRelativePath(path, f).Replace('\\', '/')).Take(limits.MaximumFiles + 1).ToList();
        if (names.Count > limits.MaximumFiles)
        {
            throw new ImportFileException($"The folder '{path}' contains more than {limits.MaximumFiles:N0} files. Enter the subfolder with the tables.");
        }

        var (tables, strangers) = Choose(names);
        return IsPackage(tables, n => SourceTables.Open(Path.Combine(path, n), limits))
            ? new HsdsPackageContent([.. tables.Select(t => new PackageFile(t.Table, Path.Combine(path, t.Name), Path.Combine(path, t.Name)))], strangers, isZip: false, null, limits)
            : null;
    }

    /// <summary>Opens a ZIP; null if it has no table of services or organizations.</summary>
    /// <exception cref="ImportFileException">The ZIP is damaged or exceeds a limit.</exception>
    public static HsdsPackageContent? TryOpenZip(string path, SourceLimits limits)
    {
        using var archive = SourceArchive.Open(path, limits);
        var (tables, strangers) = Choose(archive.Names);
        if (tables.Count == 0)
        {
            return null;
        }

        var folder = System.IO.Directory.CreateTempSubdirectory("healthequity-hsds-");
        try
        {
            // Unpacked files get our own names. Refused rows are written next to the ZIP.
            var files = tables.Select(t => new PackageFile(t.Table, Path.Combine(folder.FullName, $"{t.Table}.csv"), $"{path}.{Path.GetFileName(t.Name)}")).ToList();
            foreach (var (file, (_, name)) in files.Zip(tables))
            {
                archive.Unpack(name, file.Path);
            }

            if (IsPackage(tables, n => SourceTables.Open(files[tables.FindIndex(t => t.Name == n)].Path, limits)))
            {
                return new HsdsPackageContent(files, strangers, isZip: true, folder, limits);
            }

            folder.Delete(recursive: true);
            return null;
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<HsdsThing> Things(ICollection<RowFault> faults)
    {
        foreach (var fault in _rows.Value.Faults)
        {
            faults.Add(fault);
        }

        return new HsdsAssembly(_rows.Value.Rows, faults).Things();
    }

    /// <inheritdoc/>
    public override void Dispose() => _unpacked?.Delete(recursive: true);

    private static bool IsPackage(List<(string Table, string Name)> tables, Func<string, SourceTable> open) =>
        tables.Find(t => t.Table == HsdsInputTables.Service) is { Name: { } services } ? HasIdentity(open(services))
        : tables.Find(t => t.Table == HsdsInputTables.Organization) is { Name: { } organizations } && tables.Count > 1 && HasIdentity(open(organizations));

    private static bool HasIdentity(SourceTable table) =>
        table.Columns.Contains("id", StringComparer.OrdinalIgnoreCase) && table.Columns.Contains("name", StringComparer.OrdinalIgnoreCase);

    /// <summary>The tables of the folder with services or organizations, the topmost one if there are several.</summary>
    private static (List<(string Table, string Name)> Tables, List<string> Strangers) Choose(IEnumerable<string> names)
    {
        var all = names.Where(n => !Path.GetFileName(n).StartsWith('.') && !n.StartsWith("__MACOSX", StringComparison.Ordinal)).ToList();
        var found = all.Where(n => Path.GetExtension(n).ToLowerInvariant() is ".csv" or ".tsv" or ".txt")
            .Select(n => (Table: HsdsInputTables.Of(n), Name: n)).Where(f => f.Table is not null).Select(f => (Table: f.Table!, f.Name)).ToList();
        var home = found.Where(f => f.Table is HsdsInputTables.Service or HsdsInputTables.Organization).Select(f => Folder(f.Name)).OrderBy(f => f.Length).FirstOrDefault();
        var tables = found.Where(f => Folder(f.Name) == home).OrderBy(f => f.Name, StringComparer.Ordinal).DistinctBy(f => f.Table)
            .OrderBy(f => f.Table != HsdsInputTables.Service).ToList();
        var read = tables.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var strangers = all.Where(n => !read.Contains(n) && Path.GetFileName(n) != "datapackage.json" && !n.EndsWith(".refused.csv", StringComparison.Ordinal)).ToList();
        return (home is null ? [] : tables, strangers);
    }

    private static string Folder(string name) => name.Contains('/', StringComparison.Ordinal) ? name[..name.LastIndexOf('/')] : "";

    private (HsdsRows Rows, IReadOnlyList<RowFault> Faults) Read()
    {
        var faults = new List<RowFault>();
        var rows = new Dictionary<string, IReadOnlyList<SourceRow>>(StringComparer.Ordinal);
        foreach (var (name, (table, header)) in _tables)
        {
            var good = new List<SourceRow>();
            foreach (var read in table.Rows())
            {
                var row = new SourceRow(header, read.Line, read.Cells);
                if (read.Damage is { } damage)
                {
                    faults.Add(new RowFault(row, "", "", damage.Reason, damage.Remedy));
                }
                else if (read.Cells.Skip(header.Columns.Count).FirstOrDefault(c => c.Length > 0) is { } extra)
                {
                    faults.Add(new RowFault(
                        row, "", extra, $"The row has {read.Cells.Length} cells, but the header has {header.Columns.Count}.", "Put quotes around the cell that contains the separator."));
                }
                else
                {
                    good.Add(row);
                }
            }

            rows[name] = good;
        }

        foreach (var (name, open) in HsdsMarks.Apply(rows, faults))
        {
            rows[name] = open;
        }

        return (new HsdsRows(rows), faults);
    }

    /// <summary>The file of a table, and the name to show to people.</summary>
    private sealed record PackageFile(string Table, string Path, string Shown);
}
