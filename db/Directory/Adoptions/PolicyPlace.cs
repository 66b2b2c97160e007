using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Directory.Adoptions;

/// <summary>A jurisdiction in the tracker, with what it adopted.</summary>
/// <param name="Slug">Its address: name and state as a slug.</param>
/// <param name="Jurisdiction">The jurisdiction, as the first of its adoptions names it.</param>
/// <param name="Rows">Its adoptions, by date, newest first; those without a date last.</param>
public sealed record PolicyPlace(string Slug, Jurisdiction Jurisdiction, IReadOnlyList<AdoptionRow> Rows)
{
    /// <summary>Its name, with its state where the name alone could be another's.</summary>
    public string Name => Jurisdiction.State is { } code && States.Find(code)?.Name != Jurisdiction.Name ? $"{Jurisdiction.Name}, {code}" : Jurisdiction.Name;

    /// <summary>The jurisdictions of the tracker, by state, then by name.</summary>
    public static IReadOnlyList<PolicyPlace> All(IEnumerable<AdoptionRow> rows) =>
    [
        .. rows.GroupBy(row => SlugOf(row.Jurisdiction), StringComparer.Ordinal)
            .Select(group => new PolicyPlace(group.Key, group.First().Jurisdiction, [.. group.OrderByDescending(row => row.Since ?? DateOnly.MinValue)]))
            .OrderBy(place => place.Jurisdiction.State, StringComparer.Ordinal)
            .ThenBy(place => place.Jurisdiction.Level != "state")
            .ThenBy(place => place.Jurisdiction.Name, StringComparer.InvariantCultureIgnoreCase),
    ];

    /// <summary>The address of a jurisdiction.</summary>
    public static string SlugOf(Jurisdiction jurisdiction) => Entries.Slug.From($"{jurisdiction.Name} {jurisdiction.State}");
}

/// <summary>What a status means for counting.</summary>
public static class AdoptionStatuses
{
    /// <summary>True for an adoption that stands: adopted or in force.</summary>
    public static bool Stands(string status) => status is "adopted" or "inForce";

    /// <summary>The date of the last event that led to the current status; null if it is not known.</summary>
    public static DateOnly? Since(Adoption adoption) => adoption.History.LastOrDefault(e => e.Status == adoption.Status)?.On;
}
