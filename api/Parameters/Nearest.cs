using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Parameters;

/// <summary>Finds what somebody probably meant to write, among names and codes.</summary>
public static class Nearest
{
    private const int LongestText = 60;

    /// <summary>The candidate that takes the fewest slips to write, or that begins so; null when none is near.</summary>
    public static string? Of(string text, IEnumerable<string> candidates)
    {
        if (text.Length is 0 or > LongestText)
        {
            return null;
        }

        var wanted = text.ToLowerInvariant();
        var best = candidates
            .Select(candidate => (Candidate: candidate, Slips: Slips(wanted, candidate.ToLowerInvariant())))
            .OrderBy(c => c.Slips)
            .ThenBy(c => c.Candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Candidate is not null && best.Slips <= Math.Max(1, text.Length / 2) ? best.Candidate : null;
    }

    /// <summary>What is left out at the end of a long word counts as one slip, however long: "sliding" is near "slidingScale".</summary>
    private static int Slips(string wanted, string candidate)
    {
        var whole = NearestTerm.Distance(wanted, candidate);
        return wanted.Length < 3 || candidate.Length <= wanted.Length
            ? whole
            : Math.Min(whole, NearestTerm.Distance(wanted, candidate[..wanted.Length]) + 1);
    }
}
