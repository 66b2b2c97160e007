using System.Globalization;
using HealthEquity.Directory.Text;

namespace HealthEquity.Directory.Geography;

/// <summary>What a word's letters and surroundings say.</summary>
[Flags]
public enum PlaceWordMarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The first letter is a capital.</summary>
    Capitalized = 1,

    /// <summary>All letters are capitals, and there are at least two.</summary>
    AllCapitals = 2,

    /// <summary>A comma stands before it.</summary>
    AfterComma = 4,

    /// <summary>A sentence or a bracket ends before it.</summary>
    AfterBreak = 8,

    /// <summary>It says that a place follows: in, near, en, cerca de, nan.</summary>
    Preposition = 16,

    /// <summary>A number that is no ZIP code: $10000, #12345.</summary>
    Counted = 32,

    /// <summary>A run of a script that does not part words: Han, Korean, Khmer.</summary>
    Unparted = 64,

    /// <summary>It begins with a letter and an apostrophe, which may be a preposition: d'Atlanta.</summary>
    AfterApostrophe = 128,
}

/// <summary>A word of a question.</summary>
/// <param name="Folded">The word as <see cref="Folding"/> writes it.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">How many characters it has there.</param>
/// <param name="Marks">What its letters and surroundings say.</param>
public readonly record struct PlaceWord(string Folded, int Start, int Length, PlaceWordMarks Marks)
{
    /// <summary>Cuts a text into words.</summary>
    /// <param name="text">The text, composed (<see cref="Folding.Compose"/>).</param>
    /// <param name="prepositions">The folded words that say that a place follows, in any language; several words with one space between.</param>
    public static List<PlaceWord> Split(string text, IReadOnlySet<string>? prepositions = null)
    {
        var words = new List<PlaceWord>(16);
        var marks = PlaceWordMarks.None;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (!IsWord(c))
            {
                marks = After(text, i, c, marks, words);
                i++;
                continue;
            }

            var start = i;
            i = End(text, i);
            if (i - start <= 2 && Initials(text, start) is var end && end > i)
            {
                words.Add(Word(text, start, end, marks));
                i = end;
            }
            else
            {
                words.Add(Word(text, start, i, marks | (IsElided(text, start, i) ? PlaceWordMarks.AfterApostrophe : 0)));
            }

            marks = PlaceWordMarks.None;
        }

        MarkPrepositions(words, prepositions);
        return words;
    }

    /// <summary>True for a character of a script that does not part words, or (Korean) writes particles together with them.</summary>
    internal static bool IsUnparted(char c) => c >= '\u0E00' && (c is <= '\u0EFF' or (>= '\u1780' and <= '\u17FF')
        or (>= '\u3041' and <= '\u30FF' and not '\u30FB') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF'));

    /// <summary>True when the word has a mark.</summary>
    internal bool Has(PlaceWordMarks mark) => (Marks & mark) != 0;

    private static PlaceWordMarks After(string text, int i, char c, PlaceWordMarks marks, List<PlaceWord> words) => c switch
    {
        ',' or '、' or '،' or '，' => marks | PlaceWordMarks.AfterComma,
        '$' or '#' or '€' => marks | PlaceWordMarks.Counted,
        '.' when words is [.., { Folded: "st" or "ste" or "ft" or "mt" or "n" or "s" or "e" or "w" or "no" or "so" } last] && last.Start + last.Length == i => marks,
        '.' when i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) => marks,
        '.' or '!' or '?' or ';' or ':' or '\n' or '(' or ')' or '/' or '|' or '。' or '？' or '！' or '؟' or '።' or '។' or '।' => marks | PlaceWordMarks.AfterBreak,
        _ => marks,
    };

    private static PlaceWord Word(string text, int start, int end, PlaceWordMarks marks)
    {
        var word = text.AsSpan(start, end - start);
        if (IsUnparted(word[0]))
        {
            marks |= PlaceWordMarks.Unparted;
        }
        else if (char.IsUpper(word[0]))
        {
            marks |= PlaceWordMarks.Capitalized;
            if (word.Length > 1 && !word.ContainsAnyInRange('a', 'z') && word.ToString().All(l => !char.IsLower(l)))
            {
                marks |= PlaceWordMarks.AllCapitals;
            }
        }

        return new PlaceWord(word.Contains('.') ? Folding.Fold(word.ToString().Replace(".", "", StringComparison.Ordinal)) : Folding.Fold(word), start, end - start, marks);
    }

    private static int End(string text, int i)
    {
        var unparted = IsUnparted(text[i]);
        while (i < text.Length && ((IsWord(text[i]) && IsUnparted(text[i]) == unparted) || (!unparted && IsInnerApostrophe(text, i))))
        {
            i++;
        }

        return i;
    }

    // D.C., N.Y., L.A.: where they end; the start when the text has no initials there.
    private static int Initials(string text, int start)
    {
        var i = start;
        while (i + 1 < text.Length && char.IsAsciiLetter(text[i]) && text[i + 1] == '.')
        {
            i += 2;
        }

        return i - start >= 4 ? i : i - start == 2 && i < text.Length && char.IsAsciiLetterUpper(text[i]) && (i + 1 == text.Length || !IsWord(text[i + 1])) ? i + 1 : start;
    }

    // "d'Atlanta", "l'Oregon"
    private static bool IsElided(string text, int start, int end) => end - start > 5 && text[start + 1] is '\'' or '\u2019' && text[start] is 'd' or 'l' or 'n';

    private static bool IsWord(char c) => c < 0x80
        ? char.IsAsciiLetterOrDigit(c)
        : char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsInnerApostrophe(string text, int i) =>
        text[i] is '\'' or '\u2019' or '\u02BC' && i + 1 < text.Length && char.IsLetter(text[i + 1]);

    private static void MarkPrepositions(List<PlaceWord> words, IReadOnlySet<string>? prepositions)
    {
        for (var i = 0; prepositions is not null && i < words.Count; i++)
        {
            // The last word of a preposition of several words carries the mark: "cerca de", "close to".
            var text = words[i].Folded;
            for (var first = i; first >= 0 && first > i - 4; first--)
            {
                text = first == i ? text : words[first].Folded + " " + text;
                if (prepositions.Contains(text))
                {
                    words[i] = words[i] with { Marks = words[i].Marks | PlaceWordMarks.Preposition };
                    break;
                }
            }
        }
    }
}
