using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Adoptions;

/// <summary>Places against provisions, across actions.</summary>
/// <param name="Columns">The provisions that at least one place has adopted, by action.</param>
/// <param name="Rows">The places, each with the status of each of its provisions by column.</param>
public sealed record PolicyMatrix(
    IReadOnlyList<(PolicyActionReference Action, Provision Provision)> Columns,
    IReadOnlyList<(PolicyPlace Place, IReadOnlyDictionary<int, AdoptionRow> Cells)> Rows)
{
    /// <summary>The matrix of some adoptions, with the provisions that occur. Places without a coded provision have no row.</summary>
    public static PolicyMatrix Of(IReadOnlyList<AdoptionRow> rows)
    {
        var matrix = Of(rows, rows.SelectMany(row => row.Provisions.Select(provision => (row.PolicyAction, provision))));
        return matrix with { Rows = [.. matrix.Rows.Where(row => row.Cells.Count > 0)] };
    }

    /// <summary>The matrix of some adoptions with all places and these columns, by theme and action.</summary>
    /// <param name="rows">The adoptions. Their provisions must be among the columns.</param>
    /// <param name="provisions">The provisions. Repeats are left out.</param>
    public static PolicyMatrix Of(IReadOnlyList<AdoptionRow> rows, IEnumerable<(PolicyActionReference Action, Provision Provision)> provisions)
    {
        var columns = provisions
            .DistinctBy(column => (column.Action.Slug, column.Provision.Code))
            .OrderBy(column => column.Action.Theme, StringComparer.Ordinal)
            .ThenBy(column => column.Action.Name, StringComparer.InvariantCultureIgnoreCase)
            .ToList();
        var at = columns.Index().ToDictionary(column => (column.Item.Action.Slug, column.Item.Provision.Code), column => column.Index);
        return new PolicyMatrix(columns, [.. PolicyPlace.All(rows).Select(place => (place, CellsOf(place, at)))]);
    }

    private static IReadOnlyDictionary<int, AdoptionRow> CellsOf(PolicyPlace place, Dictionary<(string Action, string Code), int> at)
    {
        var cells = new Dictionary<int, AdoptionRow>();
        foreach (var row in place.Rows)
        {
            foreach (var provision in row.Provisions)
            {
                // An adoption that stands says more than one that does not.
                var column = at[(row.PolicyAction.Slug, provision.Code)];
                if (!cells.TryGetValue(column, out var known) || !AdoptionStatuses.Stands(known.Status))
                {
                    cells[column] = row;
                }
            }
        }

        return cells;
    }
}
