using HealthEquity.Directory.Adoptions;

namespace HealthEquity.Api.Site.Policy;

/// <summary>An action that a jurisdiction has not adopted and similar ones have.</summary>
/// <param name="Action">The action.</param>
/// <param name="Adopters">Who adopted it, the most similar first.</param>
public sealed record NextStep(PolicyActionReference Action, IReadOnlyList<PolicyPlace> Adopters);

/// <summary>
/// What a jurisdiction could do next: protective actions that others of its level adopted and it did not. An adopter counts by the share of
/// actions that both have adopted, half as much again in the same state.
/// </summary>
public static class NextSteps
{
    private const int Most = 6;

    // An adopter that has nothing in common still says that the action can be done at this level.
    private const double LeastWeight = 0.1;
    private const double SameState = 1.5;

    /// <summary>The actions, the best supported first.</summary>
    /// <param name="places">All jurisdictions.</param>
    /// <param name="level">The level of the jurisdiction that asks.</param>
    /// <param name="state">Its state; null for none.</param>
    /// <param name="self">The jurisdiction itself; null for one that is not in the tracker.</param>
    public static IReadOnlyList<NextStep> Of(IReadOnlyList<PolicyPlace> places, string level, string? state, PolicyPlace? self)
    {
        var own = self is null ? [] : Adopted(self).Select(row => row.PolicyAction.Slug).ToHashSet(StringComparer.Ordinal);
        var known = self?.Rows.Select(row => row.PolicyAction.Slug).ToHashSet(StringComparer.Ordinal) ?? [];
        var votes =
            from place in places
            where place.Jurisdiction.Level == level && place.Slug != self?.Slug
            let adopted = Adopted(place).ToList()
            let weight = Math.Max(LeastWeight, Likeness(own, adopted)) * (state is not null && place.Jurisdiction.State == state ? SameState : 1)
            from row in adopted
            where !known.Contains(row.PolicyAction.Slug)
            select (row.PolicyAction, Place: place, Weight: weight);
        return
        [
            .. votes.GroupBy(vote => vote.PolicyAction.Slug, StringComparer.Ordinal)
                .OrderByDescending(group => group.Sum(vote => vote.Weight))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Take(Most)
                .Select(group => new NextStep(
                    group.First().PolicyAction,
                    [.. group.OrderByDescending(vote => vote.Weight).ThenBy(vote => vote.Place.Slug, StringComparer.Ordinal).Select(vote => vote.Place).DistinctBy(place => place.Slug)])),
        ];
    }

    private static double Likeness(HashSet<string> own, List<AdoptionRow> adopted)
    {
        var shared = adopted.Select(row => row.PolicyAction.Slug).Distinct(StringComparer.Ordinal).Count(own.Contains);
        return shared == 0 ? 0 : (double)shared / (own.Count + adopted.Count - shared);
    }

    private static IEnumerable<AdoptionRow> Adopted(PolicyPlace place) =>
        place.Rows.Where(row => row.PolicyAction.Direction == "protective" && AdoptionStatuses.Stands(row.Status));
}
