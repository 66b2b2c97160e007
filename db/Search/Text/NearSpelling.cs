namespace HealthEquity.Search.Text;

/// <summary>
/// Words that differ by a letter too many, too few, another or two changed round: one such slip in words of four letters or
/// more, two in words of eight or more. The first letter is taken to be right.
/// </summary>
internal static class NearSpelling
{
    private const int ShortestWord = 4;
    private const int LongWord = 8;
    private const int WordsAtMost = 12;

    /// <summary>The words of the index nearest to one, nearest first, then the more frequent.</summary>
    /// <param name="index">The terms.</param>
    /// <param name="word">A folded word.</param>
    /// <param name="isPrefix">True when it may be the beginning of a word.</param>
    public static List<(TermPostings Postings, int Distance)> Find(TextIndex index, string word, bool isPrefix)
    {
        var found = new List<(TermPostings Postings, int Distance)>();
        if (word.Length < ShortestWord)
        {
            return found;
        }

        var most = word.Length >= LongWord ? 2 : 1;
        foreach (var candidate in index.StartingWith(word[..1]))
        {
            var term = candidate.Term;
            if (term.Length < word.Length - most || (!isPrefix && term.Length > word.Length + most))
            {
                continue;
            }

            if (Distance(word, term, most, isPrefix) is var distance and > 0 && distance <= most)
            {
                found.Add((candidate, distance));
            }
        }

        found.Sort((a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : b.Postings.Count.CompareTo(a.Postings.Count));
        return found.Count <= WordsAtMost ? found : found[..WordsAtMost];
    }

    /// <summary>How many slips lie between two words, or between a word and the other's beginning; more than the limit when too many.</summary>
    internal static int Distance(ReadOnlySpan<char> word, ReadOnlySpan<char> other, int limit, bool isPrefix)
    {
        other = other[..Math.Min(other.Length, word.Length + limit)];
        var width = other.Length + 1;
        Span<int> cells = stackalloc int[3 * width];
        var before = cells[..width];
        var previous = cells.Slice(width, width);
        var current = cells.Slice(2 * width, width);
        for (var j = 0; j < width; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= word.Length; i++)
        {
            // Farther from the diagonal than the limit, the count is beyond it in any case.
            var (from, to) = (Math.Max(1, i - limit), Math.Min(width - 1, i + limit));
            current.Fill(limit + 1);
            current[0] = i;
            var least = from == 1 ? i : limit + 1;
            for (var j = from; j <= to; j++)
            {
                var cost = word[i - 1] == other[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1])
                {
                    best = Math.Min(best, before[j - 2] + 1);
                }

                current[j] = best;
                least = Math.Min(least, best);
            }

            if (least > limit)
            {
                return limit + 1;
            }

            var spare = before;
            before = previous;
            previous = current;
            current = spare;
        }

        if (!isPrefix)
        {
            return previous[other.Length];
        }

        var nearest = int.MaxValue;
        foreach (var cell in previous)
        {
            nearest = Math.Min(nearest, cell);
        }

        return nearest;
    }
}
