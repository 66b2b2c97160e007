namespace HealthEquity.Directory.Vocabularies;

/// <summary>Suggests a correction for a typo: the candidate with the smallest edit distance.</summary>
public static class NearestTerm
{
    /// <summary>The nearest candidate, or null if none is close. Ignores case, spaces, hyphens and underscores.</summary>
    /// <param name="given">The text that was given.</param>
    /// <param name="candidates">The valid values.</param>
    public static string? Find(string given, IEnumerable<string> candidates)
    {
        var wanted = Fold(given);
        // One edit per three characters: "tramua" is close to "trauma", "no" is close to nothing.
        var limit = Math.Max(1, wanted.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            var folded = Fold(candidate);
            if (folded.Length < 3 && folded != wanted || Math.Abs(folded.Length - wanted.Length) > limit)
            {
                continue;
            }

            var distance = Distance(wanted, folded);
            if (distance <= limit)
            {
                nearest = candidate;
                limit = distance - 1;
            }
        }

        return nearest;
    }

    /// <summary>
    /// The optimal string alignment distance: the number of insertions, deletions, replacements and swaps of neighboring characters that
    /// turn one text into the other.
    /// </summary>
    public static int Distance(string a, string b)
    {
        var (beforeLast, last, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1];
                current[j] = Math.Min(Math.Min(last[j], current[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }

    private static string Fold(string text) =>
        string.Concat(text.Where(c => c is not (' ' or '-' or '_')).Select(char.ToLowerInvariant));
}
