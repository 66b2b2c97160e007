using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using AnyAscii;
using HealthEquity.Directory.Text;

namespace HealthEquity.Directory.Traits;

/// <summary>Folds names and streets of any script, so that different spellings of the same thing become equal.</summary>
public static class PostalText
{
    // The most common suffixes of USPS Publication 28, appendix C.
    private static readonly FrozenDictionary<string, string> StreetWords = new Dictionary<string, string>
    {
        ["avenue"] = "ave",
        ["av"] = "ave",
        ["boulevard"] = "blvd",
        ["circle"] = "cir",
        ["court"] = "ct",
        ["drive"] = "dr",
        ["expressway"] = "expy",
        ["freeway"] = "fwy",
        ["highway"] = "hwy",
        ["lane"] = "ln",
        ["parkway"] = "pkwy",
        ["place"] = "pl",
        ["plaza"] = "plz",
        ["road"] = "rd",
        ["route"] = "rte",
        ["square"] = "sq",
        ["street"] = "st",
        ["terrace"] = "ter",
        ["trail"] = "trl",
        ["turnpike"] = "tpke",
        ["north"] = "n",
        ["south"] = "s",
        ["east"] = "e",
        ["west"] = "w",
        ["northeast"] = "ne",
        ["northwest"] = "nw",
        ["southeast"] = "se",
        ["southwest"] = "sw",
        ["mount"] = "mt",
        ["saint"] = "st",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Units =
        new[] { "suite", "ste", "apartment", "apt", "unit", "floor", "fl", "room", "rm", "building", "bldg", "#" }.ToFrozenSet();

    // "Suites 1 and 2". These are not in Units, because imports know entries by the street that results from it.
    private static readonly FrozenSet<string> MoreUnits = new[] { "suites", "units", "floors", "rooms", "buildings", "level", "tower", "wing" }.ToFrozenSet();

    private static readonly FrozenSet<string> LegalForms =
        new[] { "inc", "incorporated", "llc", "llp", "pllc", "pc", "pa", "corp", "corporation", "ltd", "co" }.ToFrozenSet();

    /// <summary>"123 N. Main Street, Suite 4" becomes "123 n main st".</summary>
    public static string Street(string street)
    {
        var words = Words(street.Replace("#", " # ", StringComparison.Ordinal), kept: '#');
        // A unit follows the street number and name, so the first two words are never a unit ("12 Unit Street").
        var unit = words.FindIndex(Math.Min(2, words.Count), Units.Contains);
        return string.Join(' ', (unit < 0 ? words : words[..unit]).Select(w => StreetWords.GetValueOrDefault(w, w)));
    }

    /// <summary>
    /// The numbers and letters of a suite, floor or building: "123 N. Main Street, Suite 4" and "2nd floor" give 4 and 2nd. Names of buildings
    /// are left out.
    /// </summary>
    /// <param name="street">The first line of the address.</param>
    /// <param name="second">The second line.</param>
    public static IEnumerable<string> Unit(string street, string second)
    {
        var first = Words(street.Replace("#", " # ", StringComparison.Ordinal), kept: '#');
        var start = first.FindIndex(Math.Min(2, first.Count), Units.Contains);
        var more = Words(second.Replace("#", " # ", StringComparison.Ordinal), kept: '#');
        var isUnit = more.Count == 1 || more.Any(w => Units.Contains(w) || MoreUnits.Contains(w));
        return (start < 0 ? [] : first.Skip(start)).Concat(isUnit ? more : []).Where(IsUnitCode);
    }

    /// <summary>"The Centro Médico, Inc." becomes "centro medico".</summary>
    public static string Name(string name)
    {
        var words = Words(name.Replace("&", " and ", StringComparison.Ordinal), kept: null);
        if (words.Count > 1 && words[0] == "the")
        {
            words.RemoveAt(0);
        }

        while (words.Count > 1 && LegalForms.Contains(words[^1]))
        {
            words.RemoveAt(words.Count - 1);
        }

        return string.Join(' ', words);
    }

    private static bool IsUnitCode(string word) => word.Length == 1 ? word[0] != '#' : word.Any(char.IsAsciiDigit) || word is "first" or "second" or "third";

    /// <summary>The words of a text of any script, transliterated to lowercase Latin letters and digits.</summary>
    private static List<string> Words(string text, char? kept)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in UnicodeText.Normalized(text, NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                AppendLatin(folded, rune);
            }
            else if (rune.Value == kept)
            {
                folded.Append(kept);
            }
            else if (rune.Value is not ('.' or '\'' or '’') && Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(' ');
            }
        }

        return [.. folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static void AppendLatin(StringBuilder folded, Rune rune)
    {
        if (rune.IsAscii)
        {
            folded.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }

        foreach (var c in rune.ToString().Transliterate().Where(char.IsAsciiLetterOrDigit))
        {
            folded.Append(char.ToLowerInvariant(c));
        }
    }
}
