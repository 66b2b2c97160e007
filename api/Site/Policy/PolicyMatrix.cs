using HealthEquity.Api.Adoptions;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Site.Policy;

/// <summary>Places against provisions, across actions.</summary>
/// <param name="Columns">The provisions that at least one place has adopted, by action.</param>
/// <param name="Rows">The places, each with the status of each of its provisions by column.</param>
public sealed record PolicyMatrix(
    IReadOnlyList<(PolicyActionReference Action, Provision Provision)> Columns,
    IReadOnlyList<(PolicyPlace Place, IReadOnlyDictionary<int, AdoptionRow> Cells)> Rows)
{
    /// <summary>The matrix of some adoptions. Places without a coded provision have no row.</summary>
    public static PolicyMatrix Of(IReadOnlyList<AdoptionRow> rows)
    {
        var columns = rows
            .SelectMany(row => row.Provisions.Select(provision => (row.PolicyAction, Provision: provision)))
            .DistinctBy(column => (column.PolicyAction.Slug, column.Provision.Code))
            .OrderBy(column => column.PolicyAction.Theme, StringComparer.Ordinal)
            .ThenBy(column => column.PolicyAction.Name, StringComparer.InvariantCultureIgnoreCase)
            .ToList();
        var at = columns.Index().ToDictionary(column => (column.Item.PolicyAction.Slug, column.Item.Provision.Code), column => column.Index);
        return new PolicyMatrix(
            columns,
            [
                .. PolicyPlace.All(rows)
                    .Select(place => (place, Cells: CellsOf(place, at)))
                    .Where(row => row.Cells.Count > 0)
                    .Select(row => (row.place, row.Cells)),
            ]);
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
