using Lucene.Net.Analysis.Ar;
using Lucene.Net.Analysis.Es;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Analysis.Ru;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace HealthEquity.Search.Text;

/// <summary>
/// Stems folded words by language. Haitian Creole, Vietnamese and Tagalog words have no endings to remove, and East Asian scripts are indexed
/// as character pairs, so they are not stemmed. Not thread-safe.
/// </summary>
internal sealed class Stemmers
{
    /// <summary>Separates a stem from its language in a term, so that a stem never matches a word of another language.</summary>
    public const char Mark = '\u0001';

    private readonly EnglishStemmer _english = new();
    private readonly SpanishLightStemmer _spanish = new();
    private readonly FrenchLightStemmer _french = new();
    private readonly PortugueseLightStemmer _portuguese = new();
    private readonly RussianLightStemmer _russian = new();
    private readonly ArabicStemmer _arabic = new();
    private readonly char[] _buffer = new char[80];

    /// <summary>Stemmed languages in Latin script.</summary>
    private static readonly string[] Latin = ["en", "es", "fr", "pt"];

    private static readonly string[] Cyrillic = ["ru"];

    private static readonly string[] Arabic = ["ar"];

    /// <summary>The stemmed languages for the script of a letter.</summary>
    public static string[] LanguagesOf(char letter) => letter switch
    {
        < '\u0250' => char.IsLetter(letter) ? Latin : [],
        >= '\u0400' and < '\u0530' => Cyrillic,
        >= '\u0600' and < '\u0700' => Arabic,
        _ => [],
    };

    /// <summary>The primary language of a BCP-47 tag: "es" for "es-MX".</summary>
    public static string Primary(string? tag)
    {
        var dash = tag?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        return (dash < 0 ? tag ?? "" : tag![..dash]).ToLowerInvariant();
    }

    /// <summary>The stem term of a folded word; null if the language is not stemmed or does not use the word's script.</summary>
    public string? Term(string folded, string language)
    {
        if (folded.Length is < 3 or > 64 || Array.IndexOf(LanguagesOf(folded[0]), language) < 0)
        {
            return null;
        }

        var stem = language == "en" ? English(folded) : Light(folded, language);
        return stem.Length < 2 ? null : string.Concat(stem, Ending(language));
    }

    /// <summary>The mark and the language. Every word of every entry and question gets one, so they are not put together each time.</summary>
    private static string Ending(string language) => language switch
    {
        "en" => "\u0001en",
        "es" => "\u0001es",
        "fr" => "\u0001fr",
        "pt" => "\u0001pt",
        "ru" => "\u0001ru",
        _ => "\u0001ar",
    };

    private ReadOnlySpan<char> English(string folded)
    {
        _english.SetCurrent(folded);
        _english.Stem();
        return _english.Current;
    }

    private ReadOnlySpan<char> Light(string folded, string language)
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
        return _buffer.AsSpan(0, length);
    }
}
