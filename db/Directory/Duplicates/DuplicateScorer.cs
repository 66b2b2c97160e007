using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Traits;

namespace HealthEquity.Directory.Duplicates;

/// <summary>
/// Scores how likely two entries describe the same subject, after Fellegi and Sunter (1969). Each trait adds a log-likelihood ratio: how
/// much more likely that agreement (or difference) is for one subject listed twice than for two subjects. The sum gives a probability.
/// </summary>
public static class DuplicateScorer
{
    /// <summary>
    /// Pairs at or above this probability go to a curator. Just above one half, which is where branches of one organization score that
    /// share its name, main phone number and website.
    /// </summary>
    public const double Threshold = 0.55;

    // About one in a hundred pairs that share a key is a duplicate.
    private const double Prior = -6.5;

    private static readonly (string Type, double Agree, double Differ)[] Keys =
    [
        (EntryKeys.Npi, 12, -8),
        (EntryKeys.License, 12, -3),
        (EntryKeys.Bar, 12, -3),
        (EntryKeys.Ein, 7, -5),
        (EntryKeys.Email, 5, -0.5),
        (EntryKeys.Phone, 4, -1),
        (EntryKeys.Host, 1.5, -1),
    ];

    /// <summary>The probability that the two are duplicates, with the evidence. A trait that only one entry has counts neither way.</summary>
    public static DuplicateScore Score(DuplicateTraits first, DuplicateTraits second)
    {
        List<DuplicateEvidence> evidence = [NameEvidence(first, second)];
        foreach (var (type, agree, differ) in Keys)
        {
            if (first.Keys.Contains(type) && second.Keys.Contains(type))
            {
                var agrees = first.Keys[type].Intersect(second.Keys[type], StringComparer.Ordinal).Any();
                evidence.Add(new DuplicateEvidence(type, agrees, agrees ? agree : differ));
            }
        }

        if (PlaceEvidence(first, second) is { } place)
        {
            evidence.Add(place);
        }

        var bits = Prior + evidence.Sum(e => e.Weight);
        var probability = first.Kind == second.Kind ? 1 / (1 + Math.Pow(2, -bits)) : 0;
        return new DuplicateScore(probability, [.. evidence.OrderByDescending(e => Math.Abs(e.Weight))]);
    }

    private static DuplicateEvidence NameEvidence(DuplicateTraits first, DuplicateTraits second)
    {
        var best = (from a in first.Keys[EntryKeys.Name] from b in second.Keys[EntryKeys.Name] select NameSimilarity.Of(a, b)).DefaultIfEmpty(0).Max();
        return best switch
        {
            > 0.97 => new DuplicateEvidence("name", true, 6),
            > 0.85 => new DuplicateEvidence("name", true, 4),
            > 0.7 => new DuplicateEvidence("name", true, 1.5),
            > 0.5 => new DuplicateEvidence("name", false, -2),
            _ => new DuplicateEvidence("name", false, -5),
        };
    }

    private static DuplicateEvidence? PlaceEvidence(DuplicateTraits first, DuplicateTraits second)
    {
        if (first.Keys[EntryKeys.Address].Intersect(second.Keys[EntryKeys.Address], StringComparer.Ordinal).Any())
        {
            return new DuplicateEvidence("address", true, 4);
        }

        if (first.Places.Count == 0 || second.Places.Count == 0)
        {
            return first.Keys.Contains(EntryKeys.Address) && second.Keys.Contains(EntryKeys.Address) ? new DuplicateEvidence("address", false, -2) : null;
        }

        var miles = (from a in first.Places from b in second.Places select GeoDistance.Miles(a.Latitude, a.Longitude, b.Latitude, b.Longitude)).Min();
        return miles switch
        {
            < 0.1 => new DuplicateEvidence("location", true, 2.5),
            < 1 => new DuplicateEvidence("location", true, 0.5),
            < 10 => new DuplicateEvidence("location", false, -2),
            _ => new DuplicateEvidence("location", false, -5),
        };
    }
}
