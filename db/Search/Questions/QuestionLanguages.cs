namespace HealthEquity.Search.Questions;

/// <summary>In which languages a question is written, told by the expressions found in it.</summary>
internal sealed class QuestionLanguages
{
    private const string English = "en";

    private readonly Dictionary<string, float> _likelihood;
    private readonly HashSet<string> _spoken;

    private QuestionLanguages(Dictionary<string, float> likelihood, HashSet<string> spoken)
    {
        (_likelihood, _spoken) = (likelihood, spoken);
        Likeliest = [.. likelihood.Where(l => spoken.Contains(l.Key) && l.Value >= 1).OrderByDescending(l => l.Value).Select(l => l.Key)];
    }

    /// <summary>The languages, the likeliest first.</summary>
    public IReadOnlyList<string> Likeliest { get; }

    /// <summary>How much of the question is in a language.</summary>
    public float Likelihood(string language) => _likelihood.GetValueOrDefault(language);

    /// <summary>True for the reader's language, English, and the languages that the question seems to be in.</summary>
    public bool IsSpoken(string language) => _spoken.Contains(language);

    /// <summary>Tells the languages.</summary>
    public static QuestionLanguages Of(IReadOnlyList<ExpressionMatch> found, IReadOnlyList<QuestionToken> tokens, string reader)
    {
        var likelihood = new Dictionary<string, float>(StringComparer.Ordinal) { [English] = 0.25f };
        var meaning = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var group in found.GroupBy(f => f.Language))
        {
            // Each token counts once a language: fully when it says something, half as conversation.
            var weights = new float[tokens.Count];
            foreach (var match in group)
            {
                var isConversation = match.Has(Meaning.Ignore) || match.Has(Meaning.Near) || match.Has(Meaning.Speaks);
                var weight = (isConversation ? 0.5f : 1) * (1 + (0.1f * (match.Tokens.Length - 1)));
                foreach (var token in match.Tokens)
                {
                    weights[token] = Math.Max(weights[token], weight);
                }

                if (!isConversation)
                {
                    meaning[group.Key] = 1;
                }
            }

            likelihood[group.Key] = likelihood.GetValueOrDefault(group.Key) + weights.Sum();
        }

        if (reader.Length > 0)
        {
            likelihood[reader] = likelihood.GetValueOrDefault(reader) + 1.5f;
        }

        var most = likelihood.Values.Max();
        var spoken = likelihood
            .Where(l => l.Key is English || l.Key == reader || (l.Value >= most * 0.6f && (meaning.ContainsKey(l.Key) || l.Value >= 1)))
            .Select(l => l.Key)
            .ToHashSet(StringComparer.Ordinal);
        return new QuestionLanguages(likelihood, spoken);
    }
}
