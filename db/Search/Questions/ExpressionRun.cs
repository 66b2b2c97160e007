namespace HealthEquity.Search.Questions;

/// <summary>One question being compared with expressions.</summary>
internal ref struct ExpressionRun
{
    private readonly CompiledExpressions _compiled;
    private readonly IReadOnlyList<QuestionToken> _tokens;
    private readonly int[] _ids;
    private readonly int[] _others;
    private readonly ushort[] _accents;
    private readonly List<WordSpan> _spans = [];
    private readonly int[] _spanStarts;
    private readonly short[] _path;
    private readonly short[] _best;
    private int _bestLength;
    private int _bestEnd;

    /// <summary>Looks up the words of a question.</summary>
    public ExpressionRun(CompiledExpressions compiled, IReadOnlyList<QuestionToken> tokens)
    {
        (_compiled, _tokens) = (compiled, tokens);
        (_ids, _others, _accents, _spanStarts) = (new int[tokens.Count], new int[tokens.Count], new ushort[tokens.Count], new int[tokens.Count + 2]);
        (_path, _best) = (new short[tokens.Count + 1], new short[tokens.Count + 1]);
        for (var i = 0; i < tokens.Count; i++)
        {
            _ids[i] = compiled.Words.Find(tokens[i].Word);
            _others[i] = tokens[i].Other is { } other ? compiled.Words.Find(other) : -1;
        }

        // Where most words have accents, those without were not written carelessly: "con" is no "cồn" there.
        var hasAccents = 2 * tokens.Count(t => t.Accented is not null) >= tokens.Count;
        for (var i = 0; i < tokens.Count; i++)
        {
            _accents[i] = (tokens[i].Accented ?? (hasAccents ? tokens[i].Word : null)) is { } spelled ? CompiledExpressions.AccentId(spelled) : (ushort)0;
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            _spanStarts[i] = _spans.Count;
            AddSpans(i, _ids[i]);
            AddSpans(i, _others[i]);
        }

        _spanStarts[tokens.Count] = _spanStarts[tokens.Count + 1] = _spans.Count;
    }

    /// <summary>How many tokens there are.</summary>
    public readonly int Count => _tokens.Count;

    /// <summary>The tokens.</summary>
    public readonly IReadOnlyList<QuestionToken> Tokens => _tokens;

    /// <summary>The code of all expressions.</summary>
    public readonly int[] Code => _compiled.Code;

    /// <summary>The number of a word; negative when no expression has it.</summary>
    public readonly int Id(int token) => _ids[token];

    /// <summary>The number of the other form of a word.</summary>
    public readonly int OtherId(int token) => _others[token];

    /// <summary>What stands at a token of shared lists.</summary>
    public readonly ReadOnlySpan<WordSpan> Spans(int token) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_spans)[_spanStarts[token].._spanStarts[token + 1]];

    /// <summary>Everything that stands in the question of shared lists, by list.</summary>
    public readonly Grouped<WordSpan> ListsFound() => new([.. _spans.Select(static s => (s.List, s))], _compiled.ListCount);

    /// <summary>True when anything of a shared list stands in the question.</summary>
    public readonly bool HasLists => _spans.Count > 0;

    /// <summary>The tokens that an expression takes when it begins at one, at its longest; empty when it does not stand there.</summary>
    public ReadOnlySpan<short> Longest(int code, int start)
    {
        (_bestLength, _bestEnd) = (0, -1);
        Go(code, start, 0);
        return _best.AsSpan(0, _bestLength);
    }

    private readonly void AddSpans(int token, int word)
    {
        if (word < 0)
        {
            return;
        }

        foreach (var run in _compiled.Runs[word])
        {
            if (Stands(run.Words, run.Length, token, 0))
            {
                _spans.Add(new WordSpan(run.List, (short)token, (short)run.Length));
            }
        }
    }

    private void Go(int code, int token, int taken)
    {
        var alternatives = _compiled.Code[code++];
        switch (alternatives)
        {
            case CompiledExpressions.End:
                if (taken > 0 && (token > _bestEnd || (token == _bestEnd && taken > _bestLength)))
                {
                    (_bestEnd, _bestLength) = (token, taken);
                    _path.AsSpan(0, taken).CopyTo(_best);
                }

                return;
            case CompiledExpressions.Gap:
                // A character of a script without spaces between words is half a word.
                var room = 2 * Slot.LongestGap;
                for (var next = token; next <= _tokens.Count && room >= 0; next++)
                {
                    Go(code, next, taken);
                    room -= next < _tokens.Count && _tokens[next].IsUnspaced ? 1 : 2;
                }

                return;
            case <= CompiledExpressions.FirstList:
                GoOn(CompiledExpressions.FirstList - alternatives, code, token, taken);
                return;
            default:
                var after = code;
                for (var i = 0; i < alternatives; i++)
                {
                    after += _compiled.Code[after] + 1;
                }

                for (var i = 0; i < alternatives; i++)
                {
                    var length = _compiled.Code[code];
                    if (Stands(code + 1, length, token, taken))
                    {
                        Go(after, token + length, taken + length);
                    }

                    code += length + 1;
                }

                return;
        }
    }

    /// <summary>Goes on behind each word of a shared list that stands there.</summary>
    private void GoOn(int list, int code, int token, int taken)
    {
        foreach (var span in token < _tokens.Count ? Spans(token) : [])
        {
            if (span.List == list)
            {
                for (var i = 0; i < span.Length; i++)
                {
                    _path[taken + i] = (short)(token + i);
                }

                Go(code, token + span.Length, taken + span.Length);
            }
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
            var word = _compiled.Code[words + i];
            if (_ids[token + i] != word && _others[token + i] != word)
            {
                return false;
            }

            // A Vietnamese word written with accents is another word with other accents: "từ từ" is no "tự tử".
            if (_accents[token + i] is not 0 and var accents && _compiled.Accents[words + i] is not 0 and var own && own != accents)
            {
                return false;
            }

            _path[taken + i] = (short)(token + i);
        }

        return true;
    }
}

/// <summary>A word or phrase of a shared list that stands in a question.</summary>
internal readonly record struct WordSpan(int List, short Start, short Length);
