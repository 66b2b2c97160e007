namespace HealthEquity.Search.Text;

/// <summary>
/// Finds words within a small edit distance (an inserted, missing, wrong or swapped letter): one edit in words of four letters or more, two
/// in words of eight or more. The first letter must match.
/// </summary>
internal static class FuzzyTerms
{
    private const int MinWordLength = 4;
    private const int LongWordLength = 8;
    private const int MaxResults = 12;

    /// <summary>The nearest words in the index, nearest first, then most frequent.</summary>
    /// <param name="index">The index.</param>
    /// <param name="word">A folded word.</param>
    /// <param name="isPrefix">True if it may be a prefix of a word.</param>
    public static List<(TermPostings Postings, int Distance)> Find(TextIndex index, string word, bool isPrefix)
    {
        var found = new List<(TermPostings Postings, int Distance)>();
        if (word.Length < MinWordLength)
        {
            return found;
        }

        var limit = word.Length >= LongWordLength ? 2 : 1;
        foreach (var candidate in index.StartingWith(word[..1]))
        {
            var term = candidate.Term;
            if (term.Length < word.Length - limit || (!isPrefix && term.Length > word.Length + limit))
            {
                continue;
            }

            if (Distance(word, term, limit, isPrefix) is var distance and > 0 && distance <= limit)
            {
                found.Add((candidate, distance));
            }
        }

        found.Sort((a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : b.Postings.Count.CompareTo(a.Postings.Count));
        return found.Count <= MaxResults ? found : found[..MaxResults];
    }

    /// <summary>The edit distance of two words, or of a word and a prefix of the other; more than the limit if it exceeds it.</summary>
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
            // Cells farther from the diagonal than the limit always exceed it.
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
