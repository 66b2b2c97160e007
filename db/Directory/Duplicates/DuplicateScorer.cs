using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Traits;

namespace HealthEquity.Directory.Duplicates;

/// <summary>
/// Scores how likely two entries describe the same subject, after Fellegi and Sunter (1969). Each trait adds a log-likelihood ratio: how
/// much more likely that agreement (or difference) is for one subject listed twice than for two subjects. The sum gives a probability.
/// </summary>
public static class DuplicateScorer
{
    /// <summary>Pairs at or above this probability go to a curator.</summary>
    public const double Threshold = 0.55;

    // About one in a hundred pairs that share a key is a duplicate.
    private const double Prior = -6.5;

    // Two spellings of one name.
    private const double SameName = 0.97;

    // About 100 feet: one building, however its address is written.
    private const double SameSpot = 0.02;

    private static readonly (string Type, double Agree, double Differ)[] Keys =
    [
        (EntryKeys.Npi, 12, -8),
        (EntryKeys.License, 12, -3),
        (EntryKeys.Bar, 12, -3),
        (EntryKeys.Ein, 7, -5),
        (EntryKeys.Email, 5, -0.5),
        (EntryKeys.Phone, 4, -1),
        (EntryKeys.Host, 2.5, -1),
    ];

    /// <summary>The probability that the two are duplicates, with the evidence. A trait that only one entry has counts neither way.</summary>
    public static DuplicateScore Score(DuplicateTraits first, DuplicateTraits second)
    {
        var keys = KeyEvidence(first, second);
        var (similarity, areDistinct) = CompareNames(first, second);
        DuplicateEvidence[] evidence = [.. keys, NameEvidence(similarity, areDistinct), .. PlaceEvidence(first, second)];
        if (first.Kind != second.Kind)
        {
            return new DuplicateScore(0, Sorted(evidence));
        }

        var probability = Probability(evidence);
        var isRelated = probability < Threshold && Probability([.. keys, NameEvidence(similarity, areDistinct: false), .. LocationEvidence(first, second)]) >= Threshold;
        return new DuplicateScore(probability, Sorted(evidence), isRelated);
    }

    private static DuplicateEvidence[] Sorted(IEnumerable<DuplicateEvidence> evidence) => [.. evidence.OrderByDescending(e => Math.Abs(e.Weight))];

    private static double Probability(IEnumerable<DuplicateEvidence> evidence) => 1 / (1 + Math.Pow(2, -(Prior + evidence.Sum(e => e.Weight))));

    private static List<DuplicateEvidence> KeyEvidence(DuplicateTraits first, DuplicateTraits second)
    {
        var evidence = new List<DuplicateEvidence>();
        foreach (var (type, agree, differ) in Keys)
        {
            if (first.Keys.Contains(type) && second.Keys.Contains(type))
            {
                var agrees = first.Keys[type].Intersect(second.Keys[type], StringComparer.Ordinal).Any();
                evidence.Add(new DuplicateEvidence(type, agrees, agrees ? agree : differ));
            }
        }

        return evidence;
    }

    /// <summary>The best similarity of any two of their names, and whether those two names tell two programs apart.</summary>
    private static (double Similarity, bool AreDistinct) CompareNames(DuplicateTraits first, DuplicateTraits second)
    {
        var best = (from a in first.Keys[EntryKeys.Name] from b in second.Keys[EntryKeys.Name] select (Similarity: NameSimilarity.Of(a, b), a, b))
            .DefaultIfEmpty().MaxBy(n => n.Similarity);
        return (best.Similarity, best.Similarity is > 0 and < SameName && NameSimilarity.AreDistinct(best.a, best.b));
    }

    private static DuplicateEvidence NameEvidence(double similarity, bool areDistinct) => similarity switch
    {
        > SameName => new DuplicateEvidence("name", true, 6),
        _ when areDistinct => new DuplicateEvidence("name", false, -5),
        > 0.85 => new DuplicateEvidence("name", true, 4),
        > 0.7 => new DuplicateEvidence("name", true, 1.5),
        > 0.5 => new DuplicateEvidence("name", false, -2),
        _ => new DuplicateEvidence("name", false, -5),
    };

    /// <summary>Compares street, ZIP code and suite; coordinates if one of the two has no street.</summary>
    private static IEnumerable<DuplicateEvidence> PlaceEvidence(DuplicateTraits first, DuplicateTraits second)
    {
        if (first.Addresses.Count == 0 || second.Addresses.Count == 0)
        {
            return LocationEvidence(first, second);
        }

        var best = (from a in first.Addresses
                    from b in second.Addresses
                    select (Match: StreetComparison.Match(a, b), Unit: StreetComparison.ShareUnit(a, b), Neither: a.Unit.Length + b.Unit.Length == 0))
            .MaxBy(p => (p.Match, p.Unit switch { true => 2, null => 1, false => 0 }));
        var (match, sharesUnit) = (best.Match, best.Unit);
        if (match == StreetMatch.Different)
        {
            // A person moves, or has several offices. The same organization at another street is a branch.
            return first.IsPerson && second.IsPerson ? [new DuplicateEvidence(EntryKeys.Address, false, -2)]
                : Miles(first, second) < SameSpot ? [new DuplicateEvidence(EntryKeys.Address, false, -4), new DuplicateEvidence("location", true, 2.5)]
                : [new DuplicateEvidence(EntryKeys.Address, false, -12)];
        }

        var weight = match == StreetMatch.Same ? 4 : 3;
        return sharesUnit switch
        {
            // A street without a suite on either side is the whole address.
            true when best.Neither => [new DuplicateEvidence(EntryKeys.Address, true, weight + 1)],
            { } shares => [new DuplicateEvidence(EntryKeys.Address, true, weight), new DuplicateEvidence(EntryKeys.Suite, shares, shares ? 1 : -6)],
            null => [new DuplicateEvidence(EntryKeys.Address, true, weight)],
        };
    }

    private static DuplicateEvidence[] LocationEvidence(DuplicateTraits first, DuplicateTraits second)
    {
        if (first.Keys[EntryKeys.Address].Intersect(second.Keys[EntryKeys.Address], StringComparer.Ordinal).Any())
        {
            return [new DuplicateEvidence(EntryKeys.Address, true, 4)];
        }

        return Miles(first, second) switch
        {
            null => first.Keys.Contains(EntryKeys.Address) && second.Keys.Contains(EntryKeys.Address) ? [new DuplicateEvidence(EntryKeys.Address, false, -2)] : [],
            < 0.1 => [new DuplicateEvidence("location", true, 2.5)],
            < 1 => [new DuplicateEvidence("location", true, 0.5)],
            < 10 => [new DuplicateEvidence("location", false, -2)],
            _ => [new DuplicateEvidence("location", false, -5)],
        };
    }

    /// <summary>The shortest distance between their locations; null if one has no coordinates.</summary>
    private static double? Miles(DuplicateTraits first, DuplicateTraits second) =>
        (from a in first.Places from b in second.Places select (double?)GeoDistance.Miles(a.Latitude, a.Longitude, b.Latitude, b.Longitude)).Min();
}
