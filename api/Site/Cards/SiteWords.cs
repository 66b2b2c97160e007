using System.Collections.Concurrent;
using System.Globalization;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Api.Vocabularies;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Text;

namespace HealthEquity.Api.Site.Cards;

/// <summary>Codes as words in the reader's language: a reader never sees a code.</summary>
public sealed class SiteWords(DirectoryVocabularies vocabularies)
{
    // A page of results has some two hundred labels, and codes come from closed lists.
    private volatile Known _known = new(null, []);

    /// <summary>The label of a term; null where the vocabulary has no such term.</summary>
    public string? Term(string vocabulary, string code, SiteText text)
    {
        var current = vocabularies.Current;
        var known = _known;
        if (!ReferenceEquals(known.Of, current))
        {
            _known = known = new(current, []);
        }

        return known.Labels.GetOrAdd((vocabulary, code, text.Language), static (key, all) =>
            all.Find(key.Vocabulary, key.Code) is { } term ? TermLabels.Of(term, LanguageChoice.OfTag(key.Language)).Label : null, current);
    }

    /// <summary>The labels of terms; codes that the vocabulary does not have are left out.</summary>
    public IReadOnlyList<string> Terms(string vocabulary, IEnumerable<string> codes, SiteText text) =>
        [.. codes.Select(c => Term(vocabulary, c, text)).OfType<string>()];

    /// <summary>The name of a language: in English, in Spanish, and in all other languages by its own name, which its readers look for.</summary>
    public static string Language(string tag, SiteText text)
    {
        var names = LanguageNames.Of(tag) ?? LanguageNames.Of(tag.Split('-')[0]) ?? [tag];
        return Capital(text.Language switch
        {
            "en" => names[0],
            "es" => names.ElementAtOrDefault(1) ?? names[0],
            _ => OwnName(tag) ?? names.ElementAtOrDefault(2) ?? names[0],
        });
    }

    /// <summary>The names of languages, each once.</summary>
    public static IReadOnlyList<string> Languages(IEnumerable<LanguageOffered> languages, SiteText text) =>
        [.. languages.Select(l => Language(l.Language, text)).Distinct()];

    private static string? OwnName(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).NativeName.Split(" (")[0] is var name && name != tag ? name : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];

    private sealed record Known(VocabularySet? Of, ConcurrentDictionary<(string Vocabulary, string Code, string Language), string?> Labels);
}
