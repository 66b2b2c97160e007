using Lucene.Net.Analysis.Ar;
using Lucene.Net.Analysis.Es;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Analysis.Ru;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace HealthEquity.Search.Text;

/// <summary>
/// Takes endings off folded words, by language. Haitian Creole, Vietnamese and Tagalog words do not change at their end, and
/// the scripts of East Asia are cut into pairs, so they have none. Not for two threads at once.
/// </summary>
internal sealed class Stemmers
{
    /// <summary>Stands in a term between a stem and its language, so that a stem of one is never taken for a word of another.</summary>
    public const char Mark = '\u0001';

    private readonly EnglishStemmer _english = new();
    private readonly SpanishLightStemmer _spanish = new();
    private readonly FrenchLightStemmer _french = new();
    private readonly PortugueseLightStemmer _portuguese = new();
    private readonly RussianLightStemmer _russian = new();
    private readonly ArabicStemmer _arabic = new();
    private readonly char[] _buffer = new char[80];

    /// <summary>Languages with endings, in Latin letters.</summary>
    private static readonly string[] Latin = ["en", "es", "fr", "pt"];

    private static readonly string[] Cyrillic = ["ru"];

    private static readonly string[] Arabic = ["ar"];

    /// <summary>The languages whose endings a word may have, by the script of its first letter.</summary>
    public static IReadOnlyList<string> LanguagesOf(char letter) => letter switch
    {
        < '\u0250' => char.IsLetter(letter) ? Latin : [],
        >= '\u0400' and < '\u0530' => Cyrillic,
        >= '\u0600' and < '\u0700' => Arabic,
        _ => [],
    };

    /// <summary>The main language of a BCP-47 tag: "es" of "es-MX".</summary>
    public static string Primary(string? tag)
    {
        var dash = tag?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        return (dash < 0 ? tag ?? "" : tag![..dash]).ToLowerInvariant();
    }

    /// <summary>The term of a folded word's stem in that language; null when the language has no endings, or the word is no word.</summary>
    public string? Term(string folded, string language)
    {
        if (folded.Length is < 3 or > 64 || !LanguagesOf(folded[0]).Contains(language))
        {
            return null;
        }

        var stem = language == "en" ? English(folded) : Light(folded, language);
        return stem.Length < 2 ? null : $"{stem}{Mark}{language}";
    }

    private string English(string folded)
    {
        _english.SetCurrent(folded);
        _english.Stem();
        return _english.Current;
    }

    private string Light(string folded, string language)
    {
        folded.CopyTo(_buffer);
        var length = language switch
        {
            "es" => _spanish.Stem(_buffer, folded.Length),
            "fr" => _french.Stem(_buffer, folded.Length),
            "pt" => _portuguese.Stem(_buffer, folded.Length),
            "ru" => _russian.Stem(_buffer, folded.Length),
            _ => _arabic.Stem(_buffer, folded.Length),
        };
        return new string(_buffer, 0, length);
    }
}
