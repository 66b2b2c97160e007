using System.Text.Json;
using HealthEquity.Formats.Files;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Items that were refused and come back corrected: a table whose column <see cref="HsdsDocuments.Column"/> holds each one's JSON.</summary>
internal sealed class HsdsCorrections : HsdsContent
{
    private readonly SourceTable _table;
    private readonly SourceHeader _header;
    private readonly SourceLimits _limits;

    private HsdsCorrections(SourceTable table, SourceLimits limits)
    {
        (_table, _limits) = (table, limits);
        _header = new SourceHeader(Path.GetFileName(table.Path), table.Columns, []);
    }

    public override string Description => "HSDS items that an import refused";

    public override string Version => "3.x";

    public override IReadOnlyList<SourceFile> Files => [new SourceFile(_table.Path, _header)];

    /// <summary>Opens a table; null when it is none of refused items.</summary>
    public static HsdsCorrections? TryOpen(string path, SourceLimits limits)
    {
        var table = SourceTables.Open(path, limits);
        return table.Columns is [HsdsDocuments.Column, ..] ? new HsdsCorrections(table, limits) : null;
    }

    public override void Dispose()
    {
        // Each pass over the file opens and closes it.
    }

    public override IEnumerable<HsdsThing> Things(ICollection<RowFault> faults)
    {
        // An item with several faults stands in several rows.
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
                faults.Add(new RowFault(row, HsdsDocuments.Column, "", $"The item is not JSON: {fault.Message}", "Correct it, or take the row out."));
                continue;
            }

            using (document)
            {
                foreach (var thing in HsdsDocuments.Read(document.RootElement, row, faults))
                {
                    yield return thing;
                }
            }
        }
    }
}
