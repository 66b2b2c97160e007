using System.Collections.Frozen;

namespace HealthEquity.Directory.Geography;

/// <summary>Which USPS codes are words as well, in English or another language of the search.</summary>
internal static class StateCodes
{
    // Small letters in the middle of a question are read as the word: in, or, me, ok, hi, la, pa, de, co, al, id, ma, mi, il, va…
    private static readonly FrozenSet<string> WordCodes = FrozenSet.Create(
        StringComparer.Ordinal,
        "al", "ak", "as", "ar", "ca", "co", "de", "ga", "gu", "hi", "ia", "id", "il", "in", "ky", "la", "ma", "md", "me", "mi", "mn", "mo", "mp",
        "ms", "mt", "nd", "ne", "oh", "ok", "or", "pa", "pr", "ri", "sc", "ut", "va", "vi", "vt", "wa", "wi", "ct");

    // These are words after "in" and "near" as well: "near me", "en la", "in or out".
    private static readonly FrozenSet<string> NeverSmall = FrozenSet.Create(StringComparer.Ordinal, "as", "al", "co", "de", "hi", "id", "in", "la", "me", "mi", "oh", "ok", "or", "pr");

    // In capitals, and yet no state, after these: "is it OK", "need an ID".
    private static readonly FrozenSet<string> BeforeWord = FrozenSet.Create(
        StringComparer.Ordinal, "it", "its", "is", "am", "im", "be", "not", "an", "my", "no", "a", "need", "photo", "state", "picture", "get", "without", "new", "the");

    /// <summary>True for two letters that are a code of a state, the District or a territory.</summary>
    public static bool IsCode(string folded) => folded.Length == 2 && States.Find(folded) is not null;

    /// <summary>True when the code in small letters is a word.</summary>
    public static bool IsWord(string folded) => WordCodes.Contains(folded);

    /// <summary>True when the code stands alone (not after a town) and yet means the state.</summary>
    public static bool CountsAlone(ReadOnlySpan<PlaceWord> words, int i, bool hasCase, bool preposition)
    {
        var word = words[i];
        var last = i == words.Length - 1 || words[i + 1].Has(PlaceWordMarks.AfterBreak | PlaceWordMarks.AfterComma);
        var capitals = word.Has(PlaceWordMarks.AllCapitals) && hasCase;
        if (word.Has(PlaceWordMarks.AfterComma) && (last || capitals))
        {
            return true;
        }

        if (capitals)
        {
            return word.Folded switch
            {
                "id" => preposition,
                "hi" => preposition || (i > 0 && last),
                "md" or "ms" or "pa" or "co" or "ma" => preposition || (last && i > 0),
                "ok" or "or" or "in" or "me" => preposition || ((last || i == 0) && words.Length > 1 && !(i > 0 && BeforeWord.Contains(words[i - 1].Folded))),
                _ => true,
            };
        }

        return preposition ? last && !NeverSmall.Contains(word.Folded)
            : !IsWord(word.Folded) && (last || i == 0 || word.Folded is "tx" or "fl" or "ny" or "nj" or "dc");
    }
}
