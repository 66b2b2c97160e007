using HealthEquity.Directory.Text;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Questions;

/// <summary>Reads questions: danger first, then what is needed, by whom and in which language. Any number of threads may use it.</summary>
public sealed class QuestionReader
{
    private readonly ExpressionMatcher _expressions;

    /// <summary>Makes a reader of the expressions that ship, and a department's own.</summary>
    /// <param name="own">The department's own expressions.</param>
    internal QuestionReader(IEnumerable<Expression> own) => _expressions = new ExpressionMatcher(ExpressionList.Shipped().Concat(own));

    /// <summary>A reader of the expressions that ship.</summary>
    public static QuestionReader Shipped => Loaded.Value;

    private static readonly Lazy<QuestionReader> Loaded = new(() => new QuestionReader([]));

    /// <summary>Reads a question.</summary>
    /// <param name="text">What was typed; anything can be read.</param>
    /// <param name="language">The reader's language, BCP-47.</param>
    /// <param name="not">Meanings that it is not to have, as <see cref="Meaning.ToString"/> writes them.</param>
    public ReadQuestion Read(string text, string? language, IReadOnlyCollection<string> not)
    {
        var composed = Folding.Compose(text);
        var tokens = QuestionTokens.Of(composed);
        var found = _expressions.Find(tokens);
        var crisis = CrisisReading.Of(found);
        var languages = QuestionLanguages.Of(found, tokens, Stemmers.Primary(language));
        var taken = new Taken(tokens.Count);
        var parts = new List<QuestionPart>();
        AddMeanings(composed, tokens, Candidates(found, languages, not), languages, taken, parts);
        AddWords(composed, tokens, taken, parts);
        parts.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Length.CompareTo(b.Length));
        return new ReadQuestion
        {
            Text = composed,
            Crisis = crisis,
            Parts = parts,
            Languages = languages.Likeliest,
        };
    }

    /// <summary>What may be meant, without what must not be, and without conversation in languages that the question is not in.</summary>
    private static List<ExpressionMatch> Candidates(List<ExpressionMatch> found, QuestionLanguages languages, IReadOnlyCollection<string> not)
    {
        var candidates = new List<ExpressionMatch>(found.Count);
        foreach (var match in found)
        {
            var kept = not.Count == 0 ? match : match with { Meanings = [.. match.Meanings.Where(m => !not.Contains(m.ToString()))] };
            if (kept.Meanings.Count > 0 && !kept.Has(Meaning.Crisis) && !kept.Has(Meaning.Never)
                && (!IsConversation(kept) || languages.IsSpoken(kept.Language)))
            {
                candidates.Add(kept);
            }
        }

        return candidates;
    }

    /// <summary>Takes the longest expressions, and of equally long ones those of the question's language.</summary>
    private static void AddMeanings(
        string text, List<QuestionToken> tokens, List<ExpressionMatch> candidates, QuestionLanguages languages, Taken taken, List<QuestionPart> parts)
    {
        var ordered = candidates
            .OrderByDescending(c => c.Tokens.Length)
            .ThenBy(c => c.End - c.Start)
            .ThenByDescending(c => languages.Likelihood(c.Language))
            .ThenBy(IsConversation)
            .ThenBy(c => c.Start)
            .ToList();
        var (last, lastLanguage) = ((QuestionPart?)null, "");
        foreach (var match in ordered)
        {
            var (from, to) = (tokens[match.Start].Start, tokens[match.End - 1].End);
            if (last is not null && last.Start == from && last.End == to && lastLanguage == match.Language && !taken.IsFree(match.Tokens))
            {
                // Said in the same words: it means both.
                parts[^1] = last = last with { Meanings = [.. last.Meanings.Union(Said(match))] };
                continue;
            }

            if (!taken.IsFree(match.Tokens))
            {
                continue;
            }

            taken.Take(match.Tokens);
            parts.Add(last = new QuestionPart(from, to - from, text[from..to], [.. Said(match)], IsWord: false));
            lastLanguage = match.Language;
        }

        static IEnumerable<Meaning> Said(ExpressionMatch match) =>
            match.Meanings.Where(m => m.Axis is not (Meaning.Ignore or Meaning.Near or Meaning.Speaks));
    }

    /// <summary>What means nothing that is known is looked for as it stands.</summary>
    private static void AddWords(string text, List<QuestionToken> tokens, Taken taken, List<QuestionPart> parts)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (taken.Has(i))
            {
                continue;
            }

            var first = i;
            while (tokens[i].IsUnspaced && i + 1 < tokens.Count && tokens[i + 1].IsUnspaced && !taken.Has(i + 1) && tokens[i + 1].Start == tokens[i].End)
            {
                i++;
            }

            var (from, to) = (tokens[first].Start, tokens[i].End);
            parts.Add(new QuestionPart(from, to - from, text[from..to], [], IsWord: !IsSplinter(tokens[first], to - from)));
        }

        if (parts.TrueForAll(p => !p.IsWord && p.Meanings.Count == 0))
        {
            // Nothing but conversation: then that is what is asked for.
            for (var i = 0; i < parts.Count; i++)
            {
                parts[i] = parts[i] with { IsWord = true };
            }
        }
    }

    /// <summary>True for what is left between words that were understood and can't be a word itself.</summary>
    private static bool IsSplinter(QuestionToken token, int length) =>
        length == 1 && (token.IsUnspaced || char.IsLetter(token.Word[0]));

    private static bool IsConversation(ExpressionMatch match) => match.Has(Meaning.Ignore) || match.Has(Meaning.Near) || match.Has(Meaning.Speaks);

    /// <summary>Which tokens have been understood.</summary>
    private sealed class Taken(int count)
    {
        private readonly bool[] _taken = new bool[count];

        public bool Has(int token) => _taken[token];

        public bool IsFree(short[] tokens) => !Array.Exists(tokens, t => _taken[t]);

        public void Take(short[] tokens) => Array.ForEach(tokens, t => _taken[t] = true);
    }
}
