using System.Buffers;
using System.Globalization;
using System.Text;
using HealthEquity.Directory.Text;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Questions;

/// <summary>
/// Cuts a question, or an expression, into tokens: whole words, folded, and single characters where a script does not part its
/// words. So "ICE" is found before a Chinese character and never in "police", and a Chinese expression anywhere in a run.
/// </summary>
internal static class QuestionTokens
{
    private const int LongestWord = 64;

    private const string ApostropheSigns = "'\u2019\u2018\u02BC`\u00B4";

    // The zero-width space and joiner, the soft hyphen, marks of direction, the byte-order mark. The zero-width non-joiner parts words.
    private const string InvisibleSigns = "\u200B\u200D\u00AD\u200E\u200F\uFEFF\u2060";

    private static readonly SearchValues<char> Apostrophes = SearchValues.Create(ApostropheSigns);

    private static readonly SearchValues<char> Unspoken = SearchValues.Create(ApostropheSigns + InvisibleSigns);

    /// <summary>The tokens of a composed text (<see cref="Folding.Compose"/>), in order.</summary>
    public static List<QuestionToken> Of(string text)
    {
        var tokens = new List<QuestionToken>();
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (IsUnspaced(c))
            {
                var folded = Folding.Fold(text.AsSpan(i, 1));
                tokens.Add(new QuestionToken(i, 1, folded.Length == 0 ? c.ToString() : folded, null, null, IsUnspaced: true));
                i++;
            }
            else if (IsWord(c))
            {
                i = ReadWord(text, i, tokens);
            }
            else
            {
                i++;
            }
        }

        return tokens;
    }

    /// <summary>True for a character that is matched one by one. Korean parts its words, so its words are whole.</summary>
    public static bool IsUnspaced(char c) => Tokenizer.IsUnspaced(c) && !Tokenizer.IsKorean(c);

    private static int ReadWord(string text, int start, List<QuestionToken> tokens)
    {
        var end = EndOfWord(text, start);
        var raw = text.AsSpan(start, Math.Min(end - start, LongestWord));
        if (end - start == 1 && IsDotted(text, start) && char.IsLetter(text[start]))
        {
            // "I.C.E.", "U.S." are one word.
            var letters = new StringBuilder(4);
            var last = start;
            while (last < text.Length && char.IsLetter(text[last]) && !IsUnspaced(text[last]) && IsDotted(text, last))
            {
                letters.Append(text[last]);
                last += 2;
            }

            if (letters.Length > 1)
            {
                tokens.Add(new QuestionToken(start, last - start, Folding.Fold(letters.ToString()), null, null, IsUnspaced: false));
                return last;
            }
        }

        var word = Folding.Fold(WithoutSigns(raw));
        if (word.Length == 0)
        {
            return end;
        }

        tokens.Add(new QuestionToken(start, end - start, word, OtherForm(raw, word), AccentedForm(raw, word), IsUnspaced: false));
        return end;
    }

    private static bool IsDotted(string text, int i) =>
        i + 1 < text.Length && text[i + 1] == '.' && (i + 2 == text.Length || !char.IsLetterOrDigit(text[i + 2]) || i + 3 == text.Length || !char.IsLetterOrDigit(text[i + 3]));

    private static int EndOfWord(string text, int i)
    {
        while (i < text.Length && ((IsWord(text[i]) && !IsUnspaced(text[i])) || IsInner(text, i)))
        {
            i++;
        }

        return i;
    }

    /// <summary>True for what stands within a word and is no letter: an apostrophe, an invisible character.</summary>
    private static bool IsInner(string text, int i) =>
        Unspoken.Contains(text[i]) && i + 1 < text.Length && IsWord(text[i + 1]) && !IsUnspaced(text[i + 1]);

    private static bool IsWord(char c) => c < 0x80
        ? char.IsAsciiLetterOrDigit(c)
        : char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;


    private static ReadOnlySpan<char> WithoutSigns(ReadOnlySpan<char> raw)
    {
        if (!raw.ContainsAny(Unspoken))
        {
            return raw;
        }

        var kept = new StringBuilder(raw.Length);
        foreach (var c in raw)
        {
            if (!Unspoken.Contains(c))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static string? OtherForm(ReadOnlySpan<char> raw, string word)
    {
        var apostrophe = raw.IndexOfAny(Apostrophes);
        if (apostrophe is >= 1 and <= 2 && raw.Length - apostrophe > 2)
        {
            return Folding.Fold(raw[(apostrophe + 1)..]); // l'avocat, qu'il, d'asile
        }

        if (apostrophe > 2 && raw.Length - apostrophe <= 2)
        {
            return Folding.Fold(raw[..apostrophe]); // husband's
        }

        return word[0] switch
        {
            >= '\uAC00' and <= '\uD7A3' => WithoutParticle(word),
            >= '\u0600' and <= '\u06FF' => WithoutArticle(word),
            >= '\u1200' and <= '\u137F' => WithoutPreposition(word),
            _ => null,
        };
    }

    private static string? WithoutParticle(string word)
    {
        string[] particles = ["에서", "에게", "한테", "으로", "까지", "부터", "이랑", "하고", "을", "를", "이", "가", "은", "는", "에", "의", "와", "과", "도", "로", "랑"];
        var particle = Array.Find(particles, p => word.Length > p.Length + 1 && word.EndsWith(p, StringComparison.Ordinal));
        return particle is null ? null : word[..^particle.Length];
    }

    private static string? WithoutArticle(string word)
    {
        string[] articles = ["وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال", "وب", "ول", "ب", "ل"];
        var article = Array.Find(articles, a => word.Length > a.Length + 2 && word.StartsWith(a, StringComparison.Ordinal));
        return article is not null ? word[article.Length..] : word is ['و', _, _, ..] ? word[1..] : null;
    }

    /// <summary>An Amharic word without "of", "in", "for", "from", "about", "as", "to", which are written onto it.</summary>
    private static string? WithoutPreposition(string word)
    {
        string[] prepositions = ["ስለ", "እንደ", "ወደ", "የ", "በ", "ለ", "ከ"];
        var preposition = Array.Find(prepositions, p => word.Length > p.Length + 1 && word.StartsWith(p, StringComparison.Ordinal));
        return preposition is null ? null : word[preposition.Length..];
    }

    private static string? AccentedForm(ReadOnlySpan<char> raw, string word)
    {
        if (raw[0] >= 0x0250 && raw[0] is < '\u1E00' or > '\u1EFF')
        {
            return null;
        }

        var small = raw.ToString().ToLowerInvariant();
        return small == word ? null : small;
    }
}
