using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Text;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Questions;

/// <summary>Reads questions: danger first, then what is needed, by whom and in which language. Any number of threads may use it.</summary>
public sealed class QuestionReader
{
    private const int ShortestToCorrect = 5;
    private const string Kind = "kind";

    // For whom, at what cost, in which language: none of them says what is wanted.
    private static readonly string[] Wishes = ["population", "cost", "language", "immigrationStatus", "remote", "capacity", "accessibility"];

    private static readonly Lazy<QuestionReader> Loaded = new(() => new QuestionReader());

    private readonly IReadOnlyList<string> _languages;
    private readonly ExpressionMatcher _expressions;
    private readonly ExpressionMatcher? _own;
    private readonly IReadOnlySet<string> _prepositions;

    private QuestionReader()
    {
        var shipped = ExpressionFile.Shipped();
        _languages = shipped.Languages;
        _expressions = new ExpressionMatcher(shipped);
        _prepositions = shipped.Prepositions.ToHashSet(StringComparer.Ordinal);
    }

    private QuestionReader(QuestionReader shipped, IEnumerable<Expression> own) =>
        (_languages, _expressions, _prepositions, _own) = (shipped._languages, shipped._expressions, shipped._prepositions, new ExpressionMatcher(own));

    /// <summary>A reader of the expressions that ship, which are loaded on first use.</summary>
    public static QuestionReader Shipped => Loaded.Value;

    /// <summary>The languages that have lists of expressions.</summary>
    public static IReadOnlyList<string> Languages => Shipped._languages;

    /// <summary>A reader of the expressions that ship and of a department's own.</summary>
    public static QuestionReader With(IEnumerable<OwnExpression> own) =>
        own.Select(o => o.ToExpression()).OfType<Expression>().ToList() is { Count: > 0 } expressions ? new QuestionReader(Shipped, expressions) : Shipped;

    /// <summary>Reads a question.</summary>
    /// <param name="text">What was typed; anything can be read.</param>
    /// <param name="language">The reader's language, BCP-47.</param>
    /// <param name="not">Meanings that it is not to have, as <see cref="Meaning.ToString"/> writes them.</param>
    /// <param name="isKnown">True for a folded word that entries have: such a word is never taken for a slip of the pen.</param>
    public ReadQuestion Read(string text, string? language, IReadOnlyCollection<string> not, Func<string, bool>? isKnown = null)
    {
        var composed = Folding.Compose(text);
        var tokens = QuestionTokens.Of(composed);
        var found = Find(tokens);
        var crisis = CrisisReading.Of(found);
        if (Correct(tokens, isKnown, out var isCorrected))
        {
            // Danger is never read out of a similar spelling.
            found = [.. found.Where(IsAboutDanger), .. Find(tokens).Where(f => !IsAboutDanger(f))];
        }

        var languages = QuestionLanguages.Of(found, tokens, Stemmers.Primary(language));
        var taken = new Taken(tokens.Count);
        var parts = new List<QuestionPart>();
        var candidates = Candidates(found, languages, not);
        AddPhones(composed, tokens, taken, parts);
        var place = not.Contains(Meaning.Place) ? null : ReadPlace(composed, tokens, candidates);
        AddPlace(composed, tokens, place, taken, parts);
        AddMeanings(composed, tokens, candidates, languages, taken, parts);
        AddDangers(composed, tokens, found, crisis, taken, parts);
        AddWords(composed, tokens, taken, parts);
        parts.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Length.CompareTo(b.Length));
        return new ReadQuestion
        {
            Text = composed,
            Crisis = crisis,
            IsCorrected = isCorrected && parts.Exists(p => p.Meanings.Count > 0 && tokens.Exists(t => t.Other is not null && t.Start >= p.Start && t.End <= p.End)),
            Place = place,
            Parts = parts,
            Languages = languages.Likeliest,
        };
    }

    private List<ExpressionMatch> Find(List<QuestionToken> tokens) =>
        _own is null ? _expressions.Find(tokens) : [.. _expressions.Find(tokens), .. _own.Find(tokens)];

    private bool Knows(ReadOnlySpan<char> word) => _expressions.Knows(word) || _own?.Knows(word) == true;

    /// <summary>Takes a word that is known nowhere for the one that is spelled most like it: "ablar" for "hablar".</summary>
    private bool Correct(List<QuestionToken> tokens, Func<string, bool>? isKnown, out bool isCorrected)
    {
        isCorrected = false;
        var isChanged = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (Tokenizer.IsKorean(token.Word[0]) && !Knows(token.Word) && StemOf(token.Word) is { } stem)
            {
                tokens[i] = token with { Other = stem };
                isChanged = true;
                continue;
            }

            if (!token.IsUnspaced && token.Other is null && token.Word.Length >= ShortestToCorrect && char.IsLetter(token.Word[0])
                && !Knows(token.Word) && isKnown?.Invoke(token.Word) != true && Gazetteer.Shipped.Find(token.Word).Count == 0
                && _expressions.Nearest(token.Word) is { } near)
            {
                tokens[i] = token with { Other = near };
                isCorrected = isChanged = true;
            }
        }

        return isChanged;
    }

    /// <summary>The longest word of an expression with which a Korean word begins: what follows is its ending.</summary>
    private string? StemOf(string word)
    {
        for (var length = word.Length - 1; length >= 2; length--)
        {
            if (Knows(word.AsSpan(0, length)))
            {
                return word[..length];
            }
        }

        return null;
    }

    /// <summary>What may be meant, without what must not be, and without conversation in languages that the question is not in.</summary>
    private static List<ExpressionMatch> Candidates(List<ExpressionMatch> found, QuestionLanguages languages, IReadOnlyCollection<string> not)
    {
        var candidates = new List<ExpressionMatch>(found.Count);
        foreach (var match in found)
        {
            var kept = not.Count == 0 ? match : match with { Meanings = [.. match.Meanings.Where(m => !not.Contains(m.ToString()))] };
            if (kept.Meanings.Count > 0 && !IsAboutDanger(kept)
                && (!IsConversation(kept) || languages.IsSpoken(kept.Language)))
            {
                candidates.Add(kept);
            }
        }

        // "Intérprete de" stands before a language, and is somebody who is needed all the same. What means something in a less likely
        // language only does not count: "país" is no Portuguese parent in a Spanish question.
        candidates.RemoveAll(c => IsConversation(c) && candidates.Exists(other => !IsConversation(other)
            && languages.Likelihood(other.Language) >= languages.Likelihood(c.Language)
            && Array.TrueForAll(other.Tokens, t => Array.IndexOf(c.Tokens, t) >= 0)));
        return candidates;
    }

    /// <summary>Danger is a need too, where its words say no other: then whoever helps with it is found below the hotlines.</summary>
    private static void AddDangers(
        string text, List<QuestionToken> tokens, List<ExpressionMatch> found, IReadOnlyList<string> crisis, Taken taken, List<QuestionPart> parts)
    {
        foreach (var danger in crisis.Count == 0 ? [] : found.Where(f => f.Meanings.Any(m => m.Axis == Meaning.Crisis && crisis.Contains(m.Code))))
        {
            var (from, to) = (tokens[danger.Start].Start, tokens[danger.End - 1].End);
            if (!parts.Exists(p => p.Meanings.Any(m => m.Axis != Meaning.Place) && p.Start < to && p.End > from))
            {
                parts.RemoveAll(p => p.Meanings.Count == 0 && p.Start >= from && p.End <= to);
                parts.Add(new QuestionPart(from, to - from, text[from..to], [.. danger.Meanings.Where(m => m.Axis == Meaning.Crisis)], IsWord: false));
            }

            taken.Take(danger.Tokens);
        }
    }

    /// <summary>The place that the question names: the one named most plainly, unless its name means something else here.</summary>
    private PlaceMatch? ReadPlace(string text, List<QuestionToken> tokens, List<ExpressionMatch> candidates)
    {
        PlaceMatch? best = null;
        foreach (var named in Gazetteer.Shipped.Find(text, _prepositions))
        {
            if (!named.IsContext && (best is null || named.Confidence > best.Confidence) && !MeansElse(named))
            {
                best = named;
            }
        }

        return best;

        // "Dari" is a language and no town, unless somebody says "in Dari, XX".
        bool MeansElse(PlaceMatch named) => !named.HasPreposition && !named.NamesState && candidates.Exists(c =>
            !IsConversation(c) && tokens[c.Start].Start <= named.Start && tokens[c.End - 1].End >= named.Start + named.Length
            && Array.Exists(c.Tokens, t => tokens[t].Start >= named.Start && tokens[t].End <= named.Start + named.Length));
    }

    private static void AddPlace(string text, List<QuestionToken> tokens, PlaceMatch? place, Taken taken, List<QuestionPart> parts)
    {
        if (place is not null)
        {
            taken.Take(TokensIn(tokens, place.Start, place.Length));
            parts.Add(new QuestionPart(place.Start, place.Length, text.Substring(place.Start, place.Length), [new Meaning(Meaning.Place, "")], IsWord: false));
        }
    }

    private static void AddPhones(string text, List<QuestionToken> tokens, Taken taken, List<QuestionPart> parts)
    {
        foreach (var (start, length) in TextQueryParser.Phones(text))
        {
            taken.Take(TokensIn(tokens, start, length));
            parts.Add(new QuestionPart(start, length, text.Substring(start, length), [], IsWord: true) { IsKnown = true });
        }
    }

    private static short[] TokensIn(List<QuestionToken> tokens, int start, int length) =>
        [.. tokens.Index().Where(t => t.Item.Start < start + length && t.Item.End > start).Select(t => (short)t.Index)];

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
                parts[^1] = last = parts[^1] with { Meanings = [.. parts[^1].Meanings.Union(Said(match))] };
                continue;
            }

            if (!taken.IsFree(match.Tokens))
            {
                AddKind(from, to, match, parts);
                continue;
            }

            taken.Take(match.Tokens);
            parts.Add(last = new QuestionPart(from, to - from, text[from..to], [.. Said(match)], IsWord: false));
            lastLanguage = match.Language;
        }

        static IEnumerable<Meaning> Said(ExpressionMatch match) =>
            match.Meanings.Where(m => m.Axis is not (Meaning.Ignore or Meaning.Near or Meaning.Speaks));
    }

    /// <summary>"Psychologist for children" is understood as a whole, and says that a psychologist is wanted all the same.</summary>
    private static void AddKind(int from, int to, ExpressionMatch match, List<QuestionPart> parts)
    {
        if (match.Meanings.Any(m => m.Axis == Kind) && parts.FindIndex(p => p.Start <= from && p.End >= to) is >= 0 and var whole
            && parts[whole].Meanings.Count > 0 && parts[whole].Meanings.All(m => Array.IndexOf(Wishes, m.Axis) >= 0))
        {
            parts[whole] = parts[whole] with { Meanings = [.. match.Meanings.Where(m => m.Axis == Kind).Union(parts[whole].Meanings)] };
        }
    }

    /// <summary>What means nothing that is known is looked for as it stands.</summary>
    private void AddWords(string text, List<QuestionToken> tokens, Taken taken, List<QuestionPart> parts)
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
            parts.Add(new QuestionPart(from, to - from, text[from..to], [], IsWord: !IsSplinter(tokens[first], to - from))
            {
                IsKnown = _expressions.Knows(tokens[first].Word),
            });
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

    private static bool IsAboutDanger(ExpressionMatch match) => match.Has(Meaning.Crisis) || match.Has(Meaning.Never) || match.Has(Meaning.OtherSense);

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
