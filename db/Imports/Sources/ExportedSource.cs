using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Exports;
using HealthEquity.Formats.Files;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;
using HealthEquity.Imports.Refusals;

namespace HealthEquity.Imports.Sources;

/// <summary>
/// Our own export: JSON, ND-JSON, or a table (CSV, XLSX). It needs no mapping. Entries keep their ids and slugs, so an export restores a
/// directory into an empty one.
/// </summary>
internal sealed class ExportedSource : IEntrySource
{
    /// <summary>The column with a whole entry as JSON, for refused documents that come back.</summary>
    private const string Document = "document";

    private readonly string _path;
    private readonly SourceLimits _limits;
    private readonly Func<Entry, ValidationResult> _validate;
    private readonly SourceTable? _table;
    private readonly SourceHeader _header;
    private readonly List<RowFault> _faults = [];

    private ExportedSource(string path, SourceTable? table, Func<Entry, ValidationResult> validate, SourceLimits limits)
    {
        (_path, _table, _validate, _limits) = (path, table, validate, limits);
        _header = new SourceHeader("export", table?.Columns ?? [Document], []);
    }

    public string Name => "healthequity";

    public string Title => "an export of this directory";

    public IReadOnlyList<SourceFile> Files => [new SourceFile(_path, _header)];

    public int? TotalRows => null;

    public int RowsRead { get; private set; }

    // An export can have one kind, chosen entries or search results, so entries that are not in it are not missing.
    public bool IsPart => true;

    /// <summary>Opens a file; null if it is not our own export.</summary>
    /// <exception cref="ImportFileException">The file can't be read.</exception>
    public static ExportedSource? Open(string path, Func<Entry, ValidationResult> validate, SourceLimits limits)
    {
        if (System.IO.Directory.Exists(path))
        {
            return null;
        }

        var table = SourceTables.DetectFormat(path) == FileFormat.Json ? null : SourceTables.Open(path, limits);
        return IsExport(path, table, limits) ? new ExportedSource(path, table, validate, limits) : null;
    }

    /// <summary>True for an export of a HealthEquity directory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The file as a table; null for JSON.</param>
    /// <param name="limits">The limits.</param>
    /// <exception cref="ImportFileException">The file can't be read.</exception>
    public static bool IsExport(string path, SourceTable? table, SourceLimits limits) => table is null or JsonTable
        ? JsonSourceFile.Open(path, limits).Items().Select(i => i.Value.ValueKind == JsonValueKind.Object && i.Value.TryGetProperty(EntryColumns.Kind, out _)).FirstOrDefault()
        : table.Columns.Contains(Document) || (table.Columns.Contains(EntryColumns.Kind) && table.Columns.Contains("id") && table.Columns.Contains("name"));

    public IReadOnlyList<RowFault> TakeFaults()
    {
        RowFault[] taken = [.. _faults];
        _faults.Clear();
        return taken;
    }

    public IEnumerable<SourceEntry> Entries()
    {
        foreach (var (row, entry) in _table is null ? Documents() : Cells(_table))
        {
            RowsRead++;
            if (entry is not null && Check(row, entry) is { } good)
            {
                var state = StateOf(row);
                yield return good with { IsUnlisted = state(EntryColumns.ListingColumn) == Listing.DoNotList.Code(), Base = RevisionOf(state) };
            }
        }
    }

    public void Dispose()
    {
        // Each enumeration opens and closes the file.
    }

    private IEnumerable<(SourceRow Row, Entry? Entry)> Documents()
    {
        foreach (var item in JsonSourceFile.Open(_path, _limits).Items())
        {
            var text = item.Fault is null ? item.Value.GetRawText() : item.Text;
            var row = new SourceRow(_header, item.Line, [text]) { Place = item.Place };
            yield return (row, Read(row, text));
        }
    }

    private IEnumerable<(SourceRow Row, Entry? Entry)> Cells(SourceTable table)
    {
        var added = RefusedFile.AddedTo(_header);
        var columns = table.Columns.Count - added;
        foreach (var read in table.Rows())
        {
            var row = new SourceRow(_header, read.Line, added > 0 ? [.. read.Cells.Select(RefusedFile.Unguarded)] : read.Cells);
            if (read.Damage is { } damage)
            {
                _faults.Add(new RowFault(row, "", "", damage.Reason, damage.Remedy));
                yield return (row, null);
            }
            else if (_header.Has(Document))
            {
                yield return (row, Read(row, row[Document]));
            }
            else
            {
                var cells = table.Columns.Take(columns).Zip(row.Cells).DistinctBy(c => c.First).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal);
                var faults = new List<CellFault>();
                var entry = EntryCells.Read(cells, faults);
                _faults.AddRange(faults.Select(f => new RowFault(row, f.Column, f.Value, f.Reason, f.Remedy)));
                yield return (row, faults.Count == 0 ? entry : null);
            }
        }
    }

    /// <summary>The state of the entry in an editorial export, by column; empty in other exports.</summary>
    private Func<string, string> StateOf(SourceRow row)
    {
        if (!_header.Has(Document))
        {
            return column => row[column];
        }

        var document = JsonNode.Parse(row[Document]);
        return column => document?[column] is JsonValue value ? value.ToString() : "";
    }

    private static ExportedRevision? RevisionOf(Func<string, string> state) =>
        int.TryParse(state(ExportedRevision.NumberMember), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ExportedRevision(number, state(ExportedRevision.HashMember) is { Length: > 0 } hash ? hash : null)
            : null;

    private Entry? Read(SourceRow row, string json)
    {
        if (ExportedText.TryRead(json, out var entry, out var failure))
        {
            return entry;
        }

        _faults.Add(RowFault.Of(row, failure!));
        return null;
    }

    private SourceEntry? Check(SourceRow row, Entry entry)
    {
        var id = entry.Id?.ToString() ?? $"{entry.Kind.Code()} {entry.Slug ?? Slug.From(entry.Name)}";
        var text = entry with { Id = null, Slug = null, FormerSlugs = null };
        var result = _validate(text);
        if (!result.IsValid)
        {
            _faults.AddRange(result.Errors.Select(failure => RowFault.Of(row, failure)));
            return null;
        }

        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(EntryJson.Write(text))));
        return new SourceEntry(text, [id], entry.Slug, fingerprint, Rows: 1) { EntryId = entry.Id };
    }
}
