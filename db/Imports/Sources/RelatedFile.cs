using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;

namespace HealthEquity.Imports.Sources;

/// <summary>
/// Another file of a source: its rows belong to rows of the first by a column. What they mark as not for the public is obeyed in the first
/// file's row too, because such a file may have nothing but the markers.
/// </summary>
internal sealed class RelatedFile
{
    private readonly MappedTable _table;
    private readonly string _there;
    private readonly ILookup<string, SourceRow> _rows;
    private readonly ILookup<string, RowFault> _hidden;

    private RelatedFile(MappedFile file, MappedTable table, ILookup<string, SourceRow> rows, ILookup<string, RowFault> hidden)
    {
        Name = file.Name;
        _table = table;
        _there = file.Join!.Value.There;
        _rows = rows;
        _hidden = hidden;
    }

    /// <summary>The name of the file in the mapping.</summary>
    public string Name { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="file">The file in the mapping.</param>
    /// <param name="table">The table.</param>
    /// <param name="faults">Receives errors.</param>
    public static RelatedFile Read(MappedFile file, MappedTable table, ICollection<RowFault> faults)
    {
        var here = file.Join!.Value.Here;
        var hidden = new List<RowFault>();
        var rows = table.Rows(faults, hidden: hidden.Add).ToLookup(r => r[here], StringComparer.OrdinalIgnoreCase);
        return new RelatedFile(file, table, rows, hidden.ToLookup(f => f.Row[here], StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The rows that belong to a row of the first file.</summary>
    public IReadOnlyList<SourceRow> Of(SourceRow first) => [.. _rows[first[_there]]];

    /// <summary>The rows whose value is not in the first file.</summary>
    /// <param name="known">The values in the first file.</param>
    public IEnumerable<SourceRow> Without(IReadOnlySet<string> known) => _rows.Where(g => !known.Contains(g.Key)).SelectMany(g => g);

    /// <summary>The reason why a row of the first file is not public: all rows that belong to it here are marked. Null if it is public.</summary>
    public RowFault? WhyNot(SourceRow first) =>
        Of(first).Count == 0 && _hidden[first[_there]].FirstOrDefault() is { } mark ? mark with { Row = first, Remedy = Remedy } : null;

    /// <summary>A row of the first file without the cells that the rows here mark as private.</summary>
    /// <param name="first">The row.</param>
    /// <param name="faults">Receives the reasons.</param>
    public SourceRow WithoutPrivateCells(SourceRow first, ICollection<RowFault> faults)
    {
        foreach (var row in Of(first))
        {
            (first, var marks) = _table.WithoutMarkedBy(first, row);
            foreach (var mark in marks)
            {
                faults.Add(mark with { Remedy = Remedy });
            }
        }

        return first;
    }

    /// <summary>The rows that belong to a row of the first file and mark their location as private, with the reasons.</summary>
    public IReadOnlyList<(SourceRow Row, RowFault Mark)> PrivatePlacesOf(SourceRow first) =>
        [.. Of(first).Select(r => (Row: r, Mark: _table.PrivatePlaceOf(r))).Where(r => r.Mark is not null).Select(r => (r.Row, r.Mark!))];

    private string Remedy => $"If this is wrong, change the marker in '{_table.FilePath}'.";
}
