using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>The rows of a package's tables, indexed by id columns.</summary>
internal sealed class HsdsRows(IReadOnlyDictionary<string, IReadOnlyList<SourceRow>> tables)
{
    private readonly Dictionary<(string Table, string Column), ILookup<string, SourceRow>> _lookups = [];
    private readonly Lazy<IReadOnlyList<SourceRow>> _withoutServices = new(() =>
    {
        var serving = Rows(tables, HsdsInputTables.Service).Select(s => s["organization_id"]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Rows(tables, HsdsInputTables.Organization).Where(o => !serving.Contains(o["id"]))];
    });

    public IReadOnlyList<SourceRow> Services => Rows(tables, HsdsInputTables.Service);

    /// <summary>Organizations without services.</summary>
    public IReadOnlyList<SourceRow> WithoutServices => _withoutServices.Value;

    public int Count => Services.Count + WithoutServices.Count;

    public IReadOnlyList<SourceRow> All(string table) => Rows(tables, table);

    public bool Has(string table) => tables.ContainsKey(table);

    /// <summary>The rows of a table with an id in a column.</summary>
    public IEnumerable<SourceRow> Where(string table, string column, string? id)
    {
        if (string.IsNullOrEmpty(id) || !tables.TryGetValue(table, out var rows))
        {
            return [];
        }

        if (!_lookups.TryGetValue((table, column), out var lookup))
        {
            _lookups[(table, column)] = lookup = rows.Where(r => r[column].Length > 0).ToLookup(r => r[column], StringComparer.OrdinalIgnoreCase);
        }

        return lookup[id];
    }

    private static IReadOnlyList<SourceRow> Rows(IReadOnlyDictionary<string, IReadOnlyList<SourceRow>> tables, string table) =>
        tables.GetValueOrDefault(table) ?? [];
}
