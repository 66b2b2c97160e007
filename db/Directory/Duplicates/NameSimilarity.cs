using System.Collections.Frozen;

namespace HealthEquity.Directory.Duplicates;

/// <summary>Compares two folded names word by word, so that a missing or moved word costs little.</summary>
public static class NameSimilarity
{
    // Folded as PostalText.Name folds them.
    private static readonly FrozenSet<string> Generic = new[]
    {
        "a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "agency", "assoc", "associates", "association", "center", "centers", "centre",
        "clinic", "clinics", "co", "corp", "ctr", "ctrs", "department", "dept", "facility", "foundation", "group", "inc", "llc", "location", "office",
        "offices", "organization", "practice", "program", "programs", "project", "service", "services", "servs", "site", "svc", "svcs", "system", "systems", "unit",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Returns 0 for nothing in common, 1 for the same words. Longer words weigh more.</summary>
    public static double Of(string first, string second)
    {
        var (one, other) = (WithoutSpaces(first), WithoutSpaces(second));
        // Chinese is written without spaces, and its romanization with or without them.
        return one == other ? 1 : Math.Max(ByWord(first, second), ByConsonant(one, other));
    }

    /// <summary>
    /// True if each name has a word of its own, apart from words that say nothing: "Upper Bay, Child Services" and "Upper Bay, Adult
    /// Services" are two programs, "Upper Bay Services" and "Upper Bay Center" may be one.
    /// </summary>
    public static bool AreDistinct(string first, string second)
    {
        var (mine, theirs) = (first.Split(' '), second.Split(' '));
        return HasOwnWord(mine, theirs) && HasOwnWord(theirs, mine) && ByConsonant(WithoutSpaces(first), WithoutSpaces(second)) == 0
            && WithoutSpaces(first) != WithoutSpaces(second);
    }

    private static bool HasOwnWord(string[] words, string[] others) =>
        words.Any(w => !Generic.Contains(w) && others.All(o => WordSimilarity(w, o) == 0));

    /// <summary>Arabic and Hebrew are written without vowels, so a transliterated name has none, while a name romanized by a person does.</summary>
    private static double ByConsonant(string one, string other)
    {
        const double certainty = 0.9;
        return one.Any(IsVowel) == other.Any(IsVowel) ? 0 : certainty * WordSimilarity(Consonants(one), Consonants(other));
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
            var best = free.Select(other => (other, WordSimilarity(word, other))).OrderByDescending(p => p.Item2).FirstOrDefault();
            matched += word.Length * best.Item2;
            weight += word.Length;
            if (best.Item2 > 0)
            {
                free.Remove(best.other);
            }
        }

        // Extra words in the longer name count half.
        return weight == 0 ? 0 : matched / (weight + (0.5 * free.Sum(w => w.Length)));
    }

    private static string WithoutSpaces(string name) => name.Replace(" ", "", StringComparison.Ordinal);

    private static string Consonants(string name) => string.Concat(name.Where(c => !IsVowel(c)));

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';

    /// <summary>Jaro similarity of two words. Below 0.8 it returns 0: a different word, not a typo.</summary>
    private static double WordSimilarity(string a, string b)
    {
        if (a == b)
        {
            return 1;
        }

        // "Ctr" for "Center", "Assoc" for "Associates": same first letter, the other letters in order.
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
