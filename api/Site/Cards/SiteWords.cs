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

    // Only languages of our list are kept, so that it stays small whatever is asked for.
    private static readonly ConcurrentDictionary<(string Tag, string Reader), string?> LanguageLabels = new();

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

    /// <summary>
    /// The name of a language in the reader's language. In English and Spanish it comes from our own list, which has the names that people here
    /// use; in the others from Unicode's locale data, and where that has none, it is the language's own name.
    /// </summary>
    public static string Language(string tag, SiteText text)
    {
        var names = LanguageNames.Of(tag) ?? LanguageNames.Of(tag.Split('-')[0]);
        return names is null ? NameIn(text.Language, tag) ?? tag : Capital(text.Language switch
        {
            "en" => names[0],
            "es" => names.ElementAtOrDefault(1) ?? names[0],
            // The locale data has no names in Haitian Creole and gives French ones.
            "ht" => names.ElementAtOrDefault(2) ?? names[0],
            _ => LanguageLabels.GetOrAdd((tag, text.Language), static key => NameIn(key.Reader, key.Tag)) ?? names.ElementAtOrDefault(2) ?? names[0],
        });
    }

    /// <summary>The names of languages, each once.</summary>
    public static IReadOnlyList<string> Languages(IEnumerable<LanguageOffered> languages, SiteText text) =>
        [.. languages.Select(l => Language(l.Language, text)).Distinct()];

    private static string? NameIn(string reader, string tag)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(reader);
            return CultureInfo.GetCultureInfo(tag).DisplayName is var name && !name.StartsWith(tag, StringComparison.OrdinalIgnoreCase) ? name : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];

    private sealed record Known(VocabularySet? Of, ConcurrentDictionary<(string Vocabulary, string Code, string Language), string?> Labels);
}
