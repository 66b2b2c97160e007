using HealthEquity.Directory.Adoptions;

namespace HealthEquity.Api.Site.Policy;

/// <summary>Two places beside each other.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
/// <param name="Rows">What either adopted, by action; null where one has not.</param>
public sealed record PolicyComparison(
    PolicyPlace First, PolicyPlace Second, IReadOnlyList<(PolicyActionReference Action, AdoptionRow? First, AdoptionRow? Second)> Rows)
{
    /// <summary>Compares two places. An action that both adopted comes first.</summary>
    public static PolicyComparison Of(PolicyPlace first, PolicyPlace second) => new(
        first,
        second,
        [
            .. first.Rows.Concat(second.Rows)
                .DistinctBy(row => row.PolicyAction.Slug)
                .Select(row => (row.PolicyAction, First: In(first, row), Second: In(second, row)))
                .OrderBy(row => row.First is null || row.Second is null)
                .ThenBy(row => row.First is null)
                .ThenBy(row => row.PolicyAction.Name, StringComparer.InvariantCultureIgnoreCase),
        ]);

    private static AdoptionRow? In(PolicyPlace place, AdoptionRow row) => place.Rows.FirstOrDefault(r => r.PolicyAction.Slug == row.PolicyAction.Slug);
}
