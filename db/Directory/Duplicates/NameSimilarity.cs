namespace HealthEquity.Directory.Duplicates;

/// <summary>How alike two folded names are, word by word, so that a word left out or out of place counts for little.</summary>
public static class NameSimilarity
{
    /// <summary>0 for nothing in common, 1 for the same words; longer words weigh more.</summary>
    public static double Of(string first, string second)
    {
        var (one, other) = (Joined(first), Joined(second));
        // Chinese is written without spaces, and its romanization with or without them.
        return one == other ? 1 : Math.Max(ByWord(first, second), ByConsonant(one, other));
    }

    /// <summary>Arabic and Hebrew are written without vowels: what is romanized by rule has none, what people write has.</summary>
    private static double ByConsonant(string one, string other)
    {
        const double certainty = 0.9;
        return one.Any(IsVowel) == other.Any(IsVowel) ? 0 : certainty * Alike(Consonants(one), Consonants(other));
    }

    private static double ByWord(string first, string second)
    {
        var (left, right) = (first.Split(' '), second.Split(' '));
        if (left.Length > right.Length)
        {
            (left, right) = (right, left);
        }

        var free = right.ToList();
        var (matched, weight) = (0.0, 0.0);
        foreach (var word in left)
        {
            var best = free.Select(other => (other, Alike(word, other))).OrderByDescending(p => p.Item2).FirstOrDefault();
            matched += word.Length * best.Item2;
            weight += word.Length;
            if (best.Item2 > 0)
            {
                free.Remove(best.other);
            }
        }

        // What the longer name has beyond the shorter tells less than what they share: half its weight.
        return weight == 0 ? 0 : matched / (weight + (0.5 * free.Sum(w => w.Length)));
    }

    private static string Joined(string name) => name.Replace(" ", "", StringComparison.Ordinal);

    private static string Consonants(string name) => string.Concat(name.Where(c => !IsVowel(c)));

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';

    /// <summary>Jaro similarity of two words, with nothing below 0.8: a spelling mistake, not another word.</summary>
    private static double Alike(string a, string b)
    {
        if (a == b)
        {
            return 1;
        }

        // "Ctr" for "Center", "Assoc" for "Associates": the same first letter and the rest in order.
        if (Math.Min(a.Length, b.Length) >= 3 && Abbreviates(a.Length < b.Length ? a : b, a.Length < b.Length ? b : a))
        {
            return 0.9;
        }

        var jaro = Jaro(a, b);
        return jaro >= 0.8 ? jaro : 0;
    }

    private static bool Abbreviates(string shorter, string longer)
    {
        if (shorter[0] != longer[0] || shorter.Length == longer.Length)
        {
            return false;
        }

        var at = 0;
        foreach (var c in longer)
        {
            at += at < shorter.Length && c == shorter[at] ? 1 : 0;
        }

        return at == shorter.Length;
    }

    private static double Jaro(string a, string b)
    {
        var window = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        var (usedA, usedB) = (new bool[a.Length], new bool[b.Length]);
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - window); j < Math.Min(b.Length, i + window + 1); j++)
            {
                if (!usedB[j] && a[i] == b[j])
                {
                    (usedA[i], usedB[j]) = (true, true);
                    matches++;
                    break;
                }
            }
        }

        if (matches == 0)
        {
            return 0;
        }

        var inA = a.Where((_, i) => usedA[i]);
        var inB = b.Where((_, j) => usedB[j]);
        var transpositions = inA.Zip(inB).Count(p => p.First != p.Second) / 2.0;
        return (((double)matches / a.Length) + ((double)matches / b.Length) + ((matches - transpositions) / matches)) / 3;
    }
}
