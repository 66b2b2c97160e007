namespace HealthEquity.Search.Questions;

/// <summary>Which dangers a question speaks of.</summary>
internal static class CrisisReading
{
    private const string Overdose = "overdose";
    private const string SelfHarm = "selfHarm";
    private const string Arrest = "arrest";

    /// <summary>The kinds of crisis; of two that are said at equal length the first is the more urgent.</summary>
    public static readonly IReadOnlyList<string> Kinds = [Overdose, SelfHarm, "domesticViolence", "trafficking", Arrest];

    /// <summary>The kinds of crisis among what was found, surest first, then those said at greatest length.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ExpressionMatch> found)
    {
        var dangers = found.Where(f => f.Has(Meaning.Crisis)).ToList();
        if (dangers.Count == 0)
        {
            return [];
        }

        // A word with another sense says nothing: "ice cream". A harmless phrase of any language takes back what lies wholly within it: "suicide prevention training".
        var harmless = found.Where(f => f.Has(Meaning.Never)).ToList();
        var elsewhere = found.Where(f => f.Has(Meaning.OtherSense)).SelectMany(f => f.Tokens).ToHashSet();
        var said = dangers
            .Where(d => !Array.Exists(d.Tokens, elsewhere.Contains))
            .Where(d => !harmless.Exists(h => h.Start <= d.Start && d.End <= h.End))
            .SelectMany(d => d.Meanings.Where(m => m.Axis == Meaning.Crisis).Select(m => (m.Code, d.Tokens.Length, IsSure: !d.Has(Meaning.Perhaps))))
            .GroupBy(d => d.Code)
            .ToList();
        var isLifeAtStake = said.Exists(g => g.Key is Overdose or SelfHarm && g.Any(d => d.IsSure));
        // An expression of both says that poison was taken in order to die.
        var isOnPurpose = dangers.Exists(d => d.Meanings.Count(m => m is { Axis: Meaning.Crisis, Code: SelfHarm or Overdose }) == 2);
        return [.. said
            .OrderByDescending(g => g.Any(d => d.IsSure))
            .ThenByDescending(g => isOnPurpose && g.Key == SelfHarm)
            .ThenBy(g => isLifeAtStake && g.Key == Arrest)
            .ThenByDescending(g => g.Max(d => d.IsSure ? d.Length : 0))
            .ThenBy(g => Kinds.Index().FirstOrDefault(k => k.Item == g.Key).Index)
            .Select(g => g.Key)];
    }
}
