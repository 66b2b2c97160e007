using System.Globalization;

namespace HealthEquity.Search.Text;

/// <summary>A part of a text that is searched as one unit.</summary>
/// <param name="Start">The start position.</param>
/// <param name="Length">The number of characters.</param>
/// <param name="Form">The form of the token.</param>
internal readonly record struct Token(int Start, int Length, TokenForm Form)
{
    /// <summary>The end position.</summary>
    public int End => Start + Length;
}

/// <summary>The form of a token.</summary>
internal enum TokenForm
{
    /// <summary>A word or a number.</summary>
    Word,

    /// <summary>A word with an apostrophe; its parts follow as separate words.</summary>
    Joined,

    /// <summary>Two adjacent characters of a script without spaces between words, or a single one.</summary>
    Pair,
}

/// <summary>Splits composed text into tokens.</summary>
internal static class Tokenizer
{
    private const int MaxWordLength = 64;

    /// <summary>Appends the text's tokens, in order.</summary>
    public static void Split(ReadOnlySpan<char> text, List<Token> tokens)
    {
        var i = 0;
        while (i < text.Length)
        {
            var start = i;
            if (IsUnspaced(text[i]))
            {
                while (i < text.Length && IsUnspaced(text[i]))
                {
                    i++;
                }

                Pairs(start, i, tokens);
            }
            else if (IsWord(text[i]))
            {
                i = EndOfWord(text, i);
                Words(text, start, i, tokens);
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>True for a character of a script without spaces between words, or (Korean) with spaces in other places than the words searched for.</summary>
    public static bool IsUnspaced(char c) => c >= '\u0E00' && (c is
        <= '\u0EFF' // Thai, Lao
        or (>= '\u1000' and <= '\u109F') // Burmese
        or (>= '\u1780' and <= '\u17FF') // Khmer
        or (>= '\u3041' and <= '\u30FF' and not '\u30FB') // Japanese syllables
        or (>= '\u3400' and <= '\u9FFF' and not (>= '\u4DC0' and <= '\u4DFF')) // Han
        or (>= '\uAC00' and <= '\uD7A3') // Korean syllables
        or (>= '\uF900' and <= '\uFAFF'));

    /// <summary>True for a Korean syllable.</summary>
    public static bool IsKorean(char c) => c is >= '\uAC00' and <= '\uD7A3';

    private static void Pairs(int start, int end, List<Token> tokens)
    {
        if (end - start == 1)
        {
            tokens.Add(new Token(start, 1, TokenForm.Pair));
        }

        for (var i = start; i + 1 < end; i++)
        {
            tokens.Add(new Token(i, 2, TokenForm.Pair));
        }
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && ((IsWord(text[i]) && !IsUnspaced(text[i])) || IsInnerApostrophe(text, i)))
        {
            i++;
        }

        return i;
    }

    private static void Words(ReadOnlySpan<char> text, int start, int end, List<Token> tokens)
    {
        var whole = text[start..end];
        if (whole.IndexOfAny('\'', '\u2019', '\u02BC') < 0)
        {
            tokens.Add(new Token(start, Math.Min(whole.Length, MaxWordLength), TokenForm.Word));
            return;
        }

        tokens.Add(new Token(start, Math.Min(whole.Length, MaxWordLength), TokenForm.Joined));
        var from = start;
        for (var i = start; i <= end; i++)
        {
            if (i == end || IsApostrophe(text[i]))
            {
                // The "s" of "dad's" is no word: it would find "William S. Hospital" by its name.
                if (i < end || i - from > 1)
                {
                    tokens.Add(new Token(from, Math.Min(i - from, MaxWordLength), TokenForm.Word));
                }

                from = i + 1;
            }
        }
    }

    private static bool IsWord(char c) => c < 0x80 ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c) || IsMark(c);

    private static bool IsMark(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC';

    private static bool IsInnerApostrophe(ReadOnlySpan<char> text, int i) =>
        IsApostrophe(text[i]) && i + 1 < text.Length && char.IsLetter(text[i + 1]) && !IsUnspaced(text[i + 1]);
}
