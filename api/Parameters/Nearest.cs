using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Parameters;

/// <summary>Suggests the name or code that was probably meant.</summary>
public static class Nearest
{
    private const int MaxTextLength = 60;

    /// <summary>The candidate with the fewest typos, or with the text as its prefix; null if none is close.</summary>
    public static string? Of(string text, IEnumerable<string> candidates)
    {
        if (text.Length is 0 or > MaxTextLength)
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

    /// <summary>A missing end of a long word counts as one typo, however long: "sliding" is close to "slidingScale".</summary>
    private static int Slips(string wanted, string candidate)
    {
        var whole = NearestTerm.Distance(wanted, candidate);
        return wanted.Length < 3 || candidate.Length <= wanted.Length
            ? whole
            : Math.Min(whole, NearestTerm.Distance(wanted, candidate[..wanted.Length]) + 1);
    }
}
