using System.Collections.Frozen;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Questions;

/// <summary>
/// All expressions, made ready to be found: a word leads to the expressions that may begin with it, and those are then compared slot
/// by slot. Alternatives are never multiplied out (some lines stand for thousands of sentences). Never changes; any number of
/// threads may use it.
/// </summary>
internal sealed class ExpressionMatcher
{
    // An expression is a run of numbers: for each slot how many alternatives it has, and of each how many words and which.
    private const int Gap = -1;
    private const int End = 0;
    private const int ShortestWord = 4;
    private const int LongWord = 8;

    private readonly FrozenDictionary<string, int> _words;
    private readonly FrozenDictionary<char, string[]> _byLetter;
    private readonly int[] _code;
    private readonly int[] _accents;
    private readonly int _accentsFrom;
    private readonly int[] _starts;
    private readonly int[] _byFirst;
    private readonly Head[] _heads;
    private readonly IReadOnlyList<Meaning>[] _meanings;
    private readonly string[] _languages;

    /// <summary>Makes expressions ready.</summary>
    public ExpressionMatcher(IEnumerable<Expression> expressions)
    {
        // Vietnamese last: only its words keep their accents.
        var compiled = new Compiler();
        foreach (var expression in expressions.OrderBy(e => e.Language == Vietnamese).ThenBy(e => e.Language, StringComparer.Ordinal))
        {
            compiled.Add(expression);
        }

        _words = compiled.Words.ToFrozenDictionary(StringComparer.Ordinal);
        _byLetter = compiled.Words.Keys.Where(w => w.Length >= ShortestWord && char.IsLetter(w[0])).GroupBy(w => w[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        _code = [.. compiled.Code];
        _accents = [.. compiled.Accents];
        _accentsFrom = _code.Length - _accents.Length;
        _heads = [.. compiled.Heads];
        _meanings = [.. compiled.Meanings];
        _languages = [.. compiled.Languages];
        (_starts, _byFirst) = compiled.ByFirst();
    }

    private const string Vietnamese = "vi";

    /// <summary>How many expressions there are.</summary>
    public int Count => _heads.Length;

    /// <summary>The languages of the expressions.</summary>
    public IReadOnlyList<string> Languages => _languages;

    /// <summary>True for a folded word that stands in an expression of any language.</summary>
    public bool Knows(string word) => _words.ContainsKey(word);

    /// <summary>The word of an expression that is spelled most like a word that none has: one slip away, two for long words. Null when none is.</summary>
    public string? Nearest(string word)
    {
        var most = word.Length >= LongWord ? 2 : 1;
        var (nearest, least) = ((string?)null, most + 1);
        // The first letter is right, but for a silent one that was left out, as in "ablar".
        foreach (var first in word[0] == 'h' ? new[] { 'h' } : [word[0], 'h'])
        {
            foreach (var candidate in _byLetter.GetValueOrDefault(first, []))
            {
                if (Math.Abs(candidate.Length - word.Length) <= most && FuzzyTerms.Distance(word, candidate, most, isPrefix: false) is var distance && distance < least)
                {
                    (nearest, least) = (candidate, distance);
                }
            }
        }

        return nearest;
    }

    /// <summary>Everything that is found in a question, each expression as long as it gets at each place.</summary>
    public List<ExpressionMatch> Find(IReadOnlyList<QuestionToken> tokens)
    {
        var found = new List<ExpressionMatch>();
        var run = new Run(this, tokens);
        for (var i = 0; i < tokens.Count; i++)
        {
            FindAt(i, run.Ids[i], ref run, found);
            if (run.Others[i] >= 0)
            {
                FindAt(i, run.Others[i], ref run, found);
            }
        }

        return found;
    }

    private void FindAt(int start, int word, ref Run run, List<ExpressionMatch> found)
    {
        if (word < 0)
        {
            return;
        }

        foreach (var expression in _byFirst.AsSpan(_starts[word], _starts[word + 1] - _starts[word]))
        {
            ref readonly var head = ref _heads[expression];
            if (run.Longest(head.Code, start) is { Length: > 0 } at)
            {
                found.Add(new ExpressionMatch(_meanings[head.Meanings], _languages[head.Language], [.. at]));
            }
        }
    }

    private readonly record struct Head(int Code, ushort Meanings, byte Language);

    /// <summary>One question being compared.</summary>
    private ref struct Run
    {
        private readonly ExpressionMatcher _matcher;
        private readonly IReadOnlyList<QuestionToken> _tokens;
        private readonly int[] _accentIds;
        private readonly short[] _path;
        private readonly short[] _best;
        private int _bestLength;
        private int _bestEnd;

        public Run(ExpressionMatcher matcher, IReadOnlyList<QuestionToken> tokens)
        {
            (_matcher, _tokens) = (matcher, tokens);
            (Ids, Others, _accentIds) = (new int[tokens.Count], new int[tokens.Count], new int[tokens.Count]);
            (_path, _best) = (new short[tokens.Count + 1], new short[tokens.Count + 1]);
            for (var i = 0; i < tokens.Count; i++)
            {
                Ids[i] = matcher._words.GetValueOrDefault(tokens[i].Word, -1);
                Others[i] = tokens[i].Other is { } other ? matcher._words.GetValueOrDefault(other, -1) : -1;
                _accentIds[i] = tokens[i].Accented is { } accented ? AccentId(accented) : 0;
            }
        }

        public int[] Ids { get; }

        public int[] Others { get; }

        /// <summary>The tokens that an expression takes when it begins at one, at its longest; empty when it does not stand there.</summary>
        public ReadOnlySpan<short> Longest(int code, int start)
        {
            (_bestLength, _bestEnd) = (0, -1);
            Go(code, start, 0, start);
            return _best.AsSpan(0, _bestLength);
        }

        private void Go(int code, int token, int taken, int start)
        {
            var alternatives = _matcher._code[code++];
            switch (alternatives)
            {
                case End:
                    if (taken > 0 && (token > _bestEnd || (token == _bestEnd && taken > _bestLength)))
                    {
                        (_bestEnd, _bestLength) = (token, taken);
                        _path.AsSpan(0, taken).CopyTo(_best);
                    }

                    return;
                case Gap:
                    // A character of a script without spaces between words is half a word.
                    var room = 2 * Slot.LongestGap;
                    for (var next = token; next <= _tokens.Count && room >= 0; next++)
                    {
                        Go(code, next, taken, start);
                        room -= next < _tokens.Count && _tokens[next].IsUnspaced ? 1 : 2;
                    }

                    return;
                default:
                    var after = code;
                    for (var i = 0; i < alternatives; i++)
                    {
                        after += _matcher._code[after] + 1;
                    }

                    for (var i = 0; i < alternatives; i++)
                    {
                        var length = _matcher._code[code];
                        if (Stands(code + 1, length, token, taken))
                        {
                            Go(after, token + length, taken + length, start);
                        }

                        code += length + 1;
                    }

                    return;
            }
        }

        /// <summary>True when these words stand there; writes them into the path.</summary>
        private readonly bool Stands(int words, int length, int token, int taken)
        {
            if (token + length > _tokens.Count)
            {
                return false;
            }

            for (var i = 0; i < length; i++)
            {
                var word = _matcher._code[words + i];
                if (Ids[token + i] != word && Others[token + i] != word)
                {
                    return false;
                }

                // A Vietnamese word written with accents is another word with other accents: "từ từ" is no "tự tử".
                if (words + i >= _matcher._accentsFrom && _accentIds[token + i] is not 0 and var accents
                    && _matcher._accents[words + i - _matcher._accentsFrom] is not 0 and var own && own != accents)
                {
                    return false;
                }

                _path[taken + i] = (short)(token + i);
            }

            return true;
        }
    }

    private static int AccentId(string accented) => string.GetHashCode(accented, StringComparison.Ordinal) | 1;

    private sealed class Compiler
    {
        private readonly Dictionary<string, ushort> _sections = new(StringComparer.Ordinal);
        private readonly List<int[]> _firsts = [];

        public Dictionary<string, int> Words { get; } = new(StringComparer.Ordinal);

        public List<int> Code { get; } = [];

        public List<int> Accents { get; } = [];

        public List<Head> Heads { get; } = [];

        public List<IReadOnlyList<Meaning>> Meanings { get; } = [];

        public List<string> Languages { get; } = [];

        public void Add(Expression expression)
        {
            if (Languages.Count == 0 || Languages[^1] != expression.Language)
            {
                Languages.Add(expression.Language);
            }

            var section = string.Join(' ', expression.Meanings);
            if (!_sections.TryGetValue(section, out var meanings))
            {
                _sections.Add(section, meanings = (ushort)Meanings.Count);
                Meanings.Add(expression.Meanings);
            }

            Heads.Add(new Head(Code.Count, meanings, (byte)(Languages.Count - 1)));
            _firsts.Add(Firsts(expression));
            foreach (var slot in expression.Slots)
            {
                Emit(slot.IsGap ? Gap : slot.Alternatives.Count, accent: 0);
                foreach (var alternative in slot.Alternatives)
                {
                    Emit(alternative.Count, accent: 0);
                    foreach (var token in alternative)
                    {
                        Emit(Id(token.Word), AccentId(token.Accented ?? token.Word));
                    }
                }
            }

            Emit(End, accent: 0);

            void Emit(int number, int accent)
            {
                Code.Add(number);
                if (expression.Language == Vietnamese)
                {
                    Accents.Add(accent);
                }
            }
        }

        /// <summary>For each word where its expressions begin in one list, and the list.</summary>
        public (int[] Starts, int[] Expressions) ByFirst()
        {
            var starts = new int[Words.Count + 1];
            foreach (var word in _firsts.SelectMany(f => f))
            {
                starts[word + 1]++;
            }

            for (var i = 0; i < Words.Count; i++)
            {
                starts[i + 1] += starts[i];
            }

            var (expressions, next) = (new int[starts[^1]], starts.AsSpan().ToArray());
            foreach (var (expression, firsts) in _firsts.Index())
            {
                foreach (var word in firsts)
                {
                    expressions[next[word]++] = expression;
                }
            }

            return (starts, expressions);
        }

        private int[] Firsts(Expression expression)
        {
            var firsts = new HashSet<int>();
            foreach (var slot in expression.Slots)
            {
                firsts.UnionWith(slot.Alternatives.Where(a => a.Count > 0).Select(a => Id(a[0].Word)));
                if (!slot.IsGap && slot.Alternatives.All(a => a.Count > 0))
                {
                    break;
                }
            }

            return [.. firsts];
        }

        private int Id(string word)
        {
            if (!Words.TryGetValue(word, out var id))
            {
                Words.Add(word, id = Words.Count);
            }

            return id;
        }
    }
}

/// <summary>An expression found in a question.</summary>
/// <param name="Meanings">What it means.</param>
/// <param name="Language">The language of its list.</param>
/// <param name="Tokens">The tokens that it takes, ascending; those that a gap stands for are not among them.</param>
internal sealed record ExpressionMatch(IReadOnlyList<Meaning> Meanings, string Language, short[] Tokens)
{
    /// <summary>The first token.</summary>
    public int Start => Tokens[0];

    /// <summary>The token after the last.</summary>
    public int End => Tokens[^1] + 1;

    /// <summary>True when it has a meaning from there.</summary>
    public bool Has(string axis) => Meanings.Any(m => m.Axis == axis);
}
