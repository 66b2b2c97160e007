namespace HealthEquity.Search.Questions;

/// <summary>Finds expressions whose slots may stand in any order, with a few other words between them.</summary>
/// <param name="run">The question.</param>
/// <param name="lists">What stands in it of shared lists, by list.</param>
/// <param name="taken">Words that have another sense there.</param>
internal readonly ref struct AnyOrderSearch(ExpressionRun run, Grouped<WordSpan> lists, bool[] taken)
{
    private const int Word = 4;
    private const int MostSlots = 4;

    private readonly Grouped<WordSpan> _lists = lists;
    private readonly bool[] _taken = taken;
    private readonly int[] _code = run.Code;
    private readonly int[] _widths = Widths(run);

    /// <summary>The tokens that an expression takes, as many as possible; null when it does not stand in the question.</summary>
    public short[]? Find(int code)
    {
        Span<WordSpan> chosen = stackalloc WordSpan[MostSlots];
        Span<WordSpan> best = stackalloc WordSpan[MostSlots];
        var slots = 0;
        for (var i = code; _code[i] != CompiledExpressions.End; i++, slots++)
        {
            if (slots == MostSlots || _lists[CompiledExpressions.FirstList - _code[i]].IsEmpty)
            {
                return null;
            }
        }

        var most = 0;
        Choose(code, 0, slots, chosen, best, ref most);
        if (most == 0)
        {
            return null;
        }

        var tokens = new List<short>(most);
        foreach (var span in best[..slots])
        {
            tokens.AddRange(Enumerable.Range(span.Start, span.Length).Select(t => (short)t));
        }

        tokens.Sort();
        return [.. tokens];
    }

    private void Choose(int code, int slot, int slots, Span<WordSpan> chosen, Span<WordSpan> best, ref int most)
    {
        if (slot == slots)
        {
            var length = 0;
            foreach (var span in chosen[..slots])
            {
                length += span.Length;
            }

            if (length > most && IsWithinReach(chosen[..slots]))
            {
                most = length;
                chosen[..slots].CopyTo(best);
            }

            return;
        }

        foreach (var span in _lists[CompiledExpressions.FirstList - _code[code + slot]])
        {
            if (IsFree(span, chosen[..slot]))
            {
                chosen[slot] = span;
                Choose(code, slot + 1, slots, chosen, best, ref most);
            }
        }
    }

    private bool IsFree(WordSpan span, ReadOnlySpan<WordSpan> chosen)
    {
        foreach (var other in chosen)
        {
            if (span.Start < other.Start + other.Length && other.Start < span.Start + span.Length)
            {
                return false;
            }
        }

        return !_taken.AsSpan(span.Start, span.Length).Contains(true);
    }

    private bool IsWithinReach(ReadOnlySpan<WordSpan> chosen)
    {
        Span<WordSpan> ordered = stackalloc WordSpan[MostSlots];
        chosen.CopyTo(ordered);
        ordered = ordered[..chosen.Length];
        ordered.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        for (var i = 1; i < ordered.Length; i++)
        {
            var (from, to) = (ordered[i - 1].Start + ordered[i - 1].Length, ordered[i].Start);
            if (_widths[to] - _widths[from] > Expression.LongestReach * Word)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// How much stands before each token, in quarters of a word: a Chinese character is half a word, a character of another script
    /// without spaces between words (Khmer) a quarter.
    /// </summary>
    private static int[] Widths(ExpressionRun run)
    {
        var widths = new int[run.Count + 1];
        for (var i = 0; i < run.Count; i++)
        {
            var token = run.Tokens[i];
            widths[i + 1] = widths[i] + (!token.IsUnspaced ? Word : token.Word[0] >= '\u2E80' ? Word / 2 : Word / 4);
        }

        return widths;
    }
}
