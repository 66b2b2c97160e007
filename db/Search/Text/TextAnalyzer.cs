using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Text;

/// <summary>Collects the weighted terms of one entry at a time. Not thread-safe.</summary>
internal sealed class TextAnalyzer(TextIndex index)
{
    private const int NameFlag = 1 << 30;

    private readonly Stemmers _stemmers = new();
    private readonly Dictionary<object, TermPostings[]> _labels = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, TermPostings[]> _shared = new(StringComparer.Ordinal);
    private readonly List<TermPostings> _terms = [];
    private readonly List<Token> _tokens = [];
    private readonly List<AnalyzedWord> _sequence = [];
    private int[] _weights = [];

    /// <summary>Adds text of the entry.</summary>
    /// <param name="text">The text; null adds nothing.</param>
    /// <param name="language">Its language, BCP-47.</param>
    /// <param name="weight">The weight of each word.</param>
    /// <param name="isName">True for a name of the entry.</param>
    public void Add(string? text, string? language, int weight, bool isName = false)
    {
        Read(text, language);
        if (isName && _sequence.Count > 0)
        {
            // A word of a short name counts more than one of a long name.
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

    /// <summary>Adds a short text shared by many entries, such as a city name. Its terms are cached.</summary>
    public void AddShared(string text, int weight)
    {
        if (!_shared.TryGetValue(text, out var terms))
        {
            _shared.Add(text, terms = [.. Terms(text, "").Distinct()]);
        }

        AddAll(terms, weight);
    }

    /// <summary>Adds the labels of something shared by many entries: a vocabulary term, a state. Their terms are cached.</summary>
    /// <param name="source">The owner of the labels, which is the cache key.</param>
    /// <param name="labels">Its labels by language.</param>
    /// <param name="weight">The weight of each word.</param>
    public void AddLabels<T>(T source, Func<T, IEnumerable<(string Language, string Label)>> labels, int weight)
        where T : class
    {
        if (!_labels.TryGetValue(source, out var terms))
        {
            _labels.Add(source, terms = [.. labels(source).SelectMany(l => Terms(l.Label, l.Language)).Distinct()]);
        }

        AddAll(terms, weight);
    }

    /// <summary>Adds a term without analysis: a number, a concept.</summary>
    public void AddTerm(string term, int weight) => Add(index.Get(term), weight, isName: false);

    /// <summary>Returns the entry's terms and resets the analyzer.</summary>
    public WeightedTerm[] Take()
    {
        var terms = new WeightedTerm[_terms.Count];
        for (var i = 0; i < terms.Length; i++)
        {
            ref var sum = ref _weights[_terms[i].Number];
            terms[i] = new WeightedTerm(_terms[i], (byte)Math.Min(sum & ~NameFlag, TermPostings.MaxWeight), (sum & NameFlag) != 0);
            sum = 0;
        }

        _terms.Clear();
        return terms;
    }

    private void AddAll(TermPostings[] terms, int weight)
    {
        foreach (var term in terms)
        {
            Add(term, weight, isName: false);
        }
    }

    private List<TermPostings> Terms(string text, string language)
    {
        Read(text, language);
        var terms = new List<TermPostings>();
        for (var i = 0; i < _sequence.Count; i++)
        {
            var word = _sequence[i];
            terms.Add(word.Folded);
            terms.AddRange(word.Concepts);
            if (word.Stem is not null)
            {
                terms.Add(word.Stem);
            }

            if (PhraseAt(i) is { } phrase)
            {
                terms.Add(index.Get(phrase.Concept));
            }
        }

        return terms;
    }

    private void Add(TermPostings term, int weight, bool isName)
    {
        if (term.Number >= _weights.Length)
        {
            Array.Resize(ref _weights, index.Numbers + (index.Numbers / 4));
        }

        ref var sum = ref _weights[term.Number];
        if (sum == 0)
        {
            _terms.Add(term);
        }

        sum = (sum + Math.Max(1, weight)) | (isName ? NameFlag : 0);
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
        var words = index.AnalyzedWords(language);
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var token in _tokens)
        {
            var letters = text.AsSpan(token.Start, token.Length);
            if (!known.TryGetValue(letters, out var word))
            {
                word = ReadWord(letters, language);
                if (!char.IsAsciiDigit(letters[0]))
                {
                    words.TryAdd(letters.ToString(), word);
                }
            }

            _sequence.Add(word);
        }
    }

    private AnalyzedWord ReadWord(ReadOnlySpan<char> letters, string language)
    {
        var folded = Folding.Fold(letters);
        if (folded.Length == 0)
        {
            folded = "'";
        }

        var stem = _stemmers.Term(folded, language);
        var concepts = Concepts.Shipped.Of(folded).Concat(stem is null ? [] : Concepts.Shipped.Of(stem)).Distinct();
        return new AnalyzedWord(
            index.Get(folded),
            stem is null ? null : index.Get(stem),
            [.. concepts.Select(index.Get)],
            Concepts.Shipped.StartingWith(folded));
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
}

/// <summary>The analysis of a word.</summary>
/// <param name="Folded">The word's folded form.</param>
/// <param name="Stem">Its stem, in the language of the text.</param>
/// <param name="Concepts">Its concepts.</param>
/// <param name="Phrases">The phrases that start with it.</param>
internal sealed record AnalyzedWord(TermPostings Folded, TermPostings? Stem, TermPostings[] Concepts, IReadOnlyList<Concepts.Phrase> Phrases);

/// <summary>A term of an entry with its weight.</summary>
/// <param name="Term">The term.</param>
/// <param name="Weight">Its weight in the entry.</param>
/// <param name="InName">True if it is in the entry's name.</param>
internal readonly record struct WeightedTerm(TermPostings Term, byte Weight, bool InName);
