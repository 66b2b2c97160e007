using HealthEquity.Search.Text;

namespace HealthEquity.Search.Questions;

/// <summary>
/// Finds expressions in a question: a word leads to the expressions that may begin with it, and those are then compared slot by slot.
/// Never changes; any number of threads may use it.
/// </summary>
internal sealed class ExpressionMatcher
{
    private const int LongWord = 8;

    private readonly CompiledExpressions _compiled;

    /// <summary>Looks for expressions that are compiled already.</summary>
    public ExpressionMatcher(CompiledExpressions expressions) => _compiled = expressions;

    /// <summary>Makes expressions ready.</summary>
    public ExpressionMatcher(IEnumerable<Expression> expressions)
        : this(ExpressionCompiler.Compile(expressions))
    {
    }

    /// <summary>True for a folded word that stands in an expression of any language.</summary>
    public bool Knows(ReadOnlySpan<char> word) => _compiled.Words.Find(word) >= 0;

    /// <summary>The word of an expression that is spelled most like a word that none has: one slip away, two for long words. Null when none is.</summary>
    public string? Nearest(string word)
    {
        var most = word.Length >= LongWord ? 2 : 1;
        var (nearest, least) = (-1, most + 1);
        // The first letter is right, but for a silent one that was left out, as in "ablar".
        ReadOnlySpan<char> firsts = word[0] == 'h' ? ['h'] : [word[0], 'h'];
        foreach (var first in firsts)
        {
            var letter = Array.BinarySearch(_compiled.Letters, first);
            foreach (var number in letter >= 0 ? _compiled.NeedWords[letter] : [])
            {
                var candidate = _compiled.Words[number];
                if (Math.Abs(candidate.Length - word.Length) <= most && FuzzyTerms.Distance(word, candidate, most, isPrefix: false) is var distance && distance < least)
                {
                    (nearest, least) = (number, distance);
                }
            }
        }

        return nearest < 0 ? null : _compiled.Words[nearest].ToString();
    }

    /// <summary>Everything that is found in a question, each expression as long as it gets at each place.</summary>
    public List<ExpressionMatch> Find(IReadOnlyList<QuestionToken> tokens)
    {
        var found = new List<ExpressionMatch>();
        var run = new ExpressionRun(_compiled, tokens);
        for (var i = 0; i < tokens.Count; i++)
        {
            FindAt(i, run.Id(i), ref run, found);
            FindAt(i, run.OtherId(i), ref run, found);
            var last = -1;
            foreach (var span in run.Spans(i))
            {
                if (span.List != last)
                {
                    last = span.List;
                    Add(_compiled.ByList[last], i, ref run, found);
                }
            }
        }

        FindAnyOrder(run, found);
        return found;
    }

    private void FindAt(int start, int word, ref ExpressionRun run, List<ExpressionMatch> found)
    {
        if (word >= 0)
        {
            Add(_compiled.ByWord[word], start, ref run, found);
        }
    }

    private void Add(ReadOnlySpan<int> expressions, int start, ref ExpressionRun run, List<ExpressionMatch> found)
    {
        foreach (var expression in expressions)
        {
            if (run.Longest(_compiled.Heads[expression].Code, start) is { Length: > 0 } at)
            {
                found.Add(Match(expression, [.. at]));
            }
        }
    }

    private void FindAnyOrder(in ExpressionRun run, List<ExpressionMatch> found)
    {
        if (!run.HasLists)
        {
            return;
        }

        var lists = run.ListsFound();

        var taken = new bool[run.Count];
        foreach (var token in found.Where(f => f.Has(Meaning.OtherSense)).SelectMany(f => f.Tokens))
        {
            taken[token] = true;
        }

        var anyOrder = new AnyOrderSearch(run, lists, taken);
        for (var list = 0; list < _compiled.ListCount; list++)
        {
            foreach (var expression in lists[list].IsEmpty ? [] : _compiled.AnyOrder[list])
            {
                if (anyOrder.Find(_compiled.Heads[expression].Code) is { } at)
                {
                    found.Add(Match(expression, at));
                }
            }
        }
    }

    private ExpressionMatch Match(int expression, short[] tokens)
    {
        ref readonly var head = ref _compiled.Heads[expression];
        return new ExpressionMatch(_compiled.Meanings[head.Meanings], _compiled.Languages[head.Language], tokens);
    }
}
