using System.Text.Json;
using HealthEquity.Formats.Files;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Corrected items that were refused before: a table with the JSON of each item in the column <see cref="HsdsDocuments.Column"/>.</summary>
internal sealed class HsdsCorrections : HsdsContent
{
    private readonly SourceTable _table;
    private readonly SourceHeader _header;
    private readonly SourceLimits _limits;
    private readonly HsdsObjectMarks _marks = new();

    private HsdsCorrections(SourceTable table, SourceLimits limits)
    {
        (_table, _limits) = (table, limits);
        _header = new SourceHeader(Path.GetFileName(table.Path), table.Columns, []);
    }

    public override string Description => "HSDS items refused by an import";

    public override string Version => "3.x";

    public override IReadOnlyList<SourceFile> Files => [new SourceFile(_table.Path, _header)];

    /// <summary>Opens a table; null if it does not contain refused items.</summary>
    public static HsdsCorrections? TryOpen(string path, SourceLimits limits)
    {
        var table = SourceTables.Open(path, limits);
        return table.Columns is [HsdsDocuments.Column, ..] ? new HsdsCorrections(table, limits) : null;
    }

    public override void Dispose()
    {
        // Each enumeration opens and closes the file.
    }

    public override IEnumerable<HsdsThing> Things(ICollection<RowFault> faults)
    {
        // An item with several errors is in several rows.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var read in _table.Rows())
        {
            var row = new SourceRow(_header, read.Line, read.Cells);
            if (!seen.Add(row[HsdsDocuments.Column]))
            {
                continue;
            }

            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(row[HsdsDocuments.Column], new JsonDocumentOptions { MaxDepth = _limits.MaximumDepth });
            }
            catch (JsonException fault)
            {
                faults.Add(new RowFault(row, HsdsDocuments.Column, "", $"The item is not JSON: {fault.Message}", "Correct it, or remove the row."));
                continue;
            }

            using (document)
            {
                foreach (var thing in HsdsDocuments.Read(document.RootElement, row, _marks, faults))
                {
                    yield return thing;
                }
            }
        }
    }
}
