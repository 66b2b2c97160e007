using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HealthEquity.Db.Search.Text;

/// <summary>
/// Gathers the terms of one entry after another, each with its weight. What a word comes to is kept, so that a long load does
/// not fold and stem the same word again and again. Not for two threads at once.
/// </summary>
internal sealed class TextAnalyzer(TextIndex index)
{
    private readonly Stemmers _stemmers = new();
    private readonly Dictionary<string, Dictionary<string, Word>> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Text, string Language), TermPostings[]> _labels = [];
    private readonly Dictionary<TermPostings, int> _weights = new(ByReference.Instance);
    private readonly HashSet<TermPostings> _named = new(ByReference.Instance);
    private readonly List<Token> _tokens = [];
    private readonly List<Word> _sequence = [];

    /// <summary>Adds a text of the entry.</summary>
    /// <param name="text">The text; null adds nothing.</param>
    /// <param name="language">Its language, BCP-47.</param>
    /// <param name="weight">How much a word of it says.</param>
    /// <param name="isName">True for a name of the entry.</param>
    public void Add(string? text, string? language, int weight, bool isName = false)
    {
        Read(text, language);
        if (isName && _sequence.Count > 0)
        {
            // A word says more of a short name than of a long one.
            weight = (weight / 3) + (weight / _sequence.Count);
        }

        for (var i = 0; i < _sequence.Count; i++)
        {
            var word = _sequence[i];
            Add(word.Folded, weight, isName);
            if (word.Stem is not null)
            {
                Add(word.Stem, weight * 3 / 4, isName);
            }

            foreach (var concept in word.Concepts)
            {
                Add(concept, weight / 2, isName);
            }

            if (word.Phrases.Count > 0 && PhraseAt(i) is { } phrase)
            {
                Add(index.Get(phrase.Concept), weight / 2, isName);
            }
        }
    }

    /// <summary>Adds a label that many entries share, and so need not be read each time.</summary>
    public void AddLabel(string label, string language, int weight)
    {
        if (!_labels.TryGetValue((label, language), out var terms))
        {
            Read(label, language);
            var phrases = Enumerable.Range(0, _sequence.Count).Select(PhraseAt).OfType<Concepts.Phrase>().Select(p => index.Get(p.Concept));
            terms = [.. _sequence.SelectMany(w => w.Concepts.Append(w.Folded).Concat(w.Stem is null ? [] : [w.Stem])).Concat(phrases).Distinct()];
            _labels.Add((label, language), terms);
        }

        foreach (var term in terms)
        {
            Add(term, weight, isName: false);
        }
    }

    /// <summary>Adds a term as it is: a number, a concept.</summary>
    public void AddTerm(string term, int weight) => Add(index.Get(term), weight, isName: false);

    /// <summary>The entry's terms; the analyzer is ready for the next entry.</summary>
    public WeightedTerm[] Take()
    {
        var terms = new WeightedTerm[_weights.Count];
        var i = 0;
        foreach (var (term, weight) in _weights)
        {
            terms[i++] = new WeightedTerm(term, (byte)Math.Min(weight, TermPostings.WeightMaximum), _named.Contains(term));
        }

        _weights.Clear();
        _named.Clear();
        return terms;
    }

    private void Add(TermPostings term, int weight, bool isName)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_weights, term, out _);
        sum += Math.Max(1, weight);
        if (isName)
        {
            _named.Add(term);
        }
    }

    private void Read(string? text, string? language)
    {
        _sequence.Clear();
        _tokens.Clear();
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        text = Folding.Compose(text);
        language = Stemmers.Primary(language);
        Tokenizer.Split(text, _tokens);
        if (!_words.TryGetValue(language, out var known))
        {
            _words.Add(language, known = new Dictionary<string, Word>(StringComparer.Ordinal));
        }

        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var token in _tokens)
        {
            var letters = text.AsSpan(token.Start, token.Length);
            if (!lookup.TryGetValue(letters, out var word))
            {
                lookup[letters] = word = ReadWord(letters, language);
            }

            if (word is not null)
            {
                _sequence.Add(word);
            }
        }
    }

    private Word ReadWord(ReadOnlySpan<char> letters, string language)
    {
        var folded = Folding.Fold(letters);
        if (folded.Length == 0)
        {
            folded = "'";
        }

        var stem = _stemmers.Term(folded, language);
        var concepts = Concepts.Shipped.Of(folded).Concat(stem is null ? [] : Concepts.Shipped.Of(stem)).Distinct();
        return new Word(
            index.Get(folded),
            stem is null ? null : index.Get(stem),
            [.. concepts.Select(index.Get)],
            Concepts.Shipped.Beginning(folded));
    }

    private Concepts.Phrase? PhraseAt(int start)
    {
        foreach (var phrase in _sequence[start].Phrases)
        {
            var i = 1;
            while (i < phrase.Words.Length && start + i < _sequence.Count && _sequence[start + i].Folded.Term == phrase.Words[i])
            {
                i++;
            }

            if (i == phrase.Words.Length)
            {
                return phrase;
            }
        }

        return null;
    }

    private sealed record Word(TermPostings Folded, TermPostings? Stem, TermPostings[] Concepts, IReadOnlyList<Concepts.Phrase> Phrases);

    private sealed class ByReference : IEqualityComparer<TermPostings>
    {
        public static readonly ByReference Instance = new();

        public bool Equals(TermPostings? x, TermPostings? y) => ReferenceEquals(x, y);

        public int GetHashCode(TermPostings obj) => RuntimeHelpers.GetHashCode(obj);
    }
}

/// <summary>A term of an entry.</summary>
/// <param name="Term">The term.</param>
/// <param name="Weight">How much it says of the entry.</param>
/// <param name="InName">True when it stands in the entry's name.</param>
internal readonly record struct WeightedTerm(TermPostings Term, byte Weight, bool InName);
