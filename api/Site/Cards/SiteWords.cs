using System.Globalization;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Api.Vocabularies;
using HealthEquity.Search.Text;

namespace HealthEquity.Api.Site.Cards;

/// <summary>Codes as words in the reader's language: a reader never sees a code.</summary>
public sealed class SiteWords(DirectoryVocabularies vocabularies)
{
    /// <summary>The label of a term; null where the vocabulary has no such term.</summary>
    public string? Term(string vocabulary, string code, SiteText text) =>
        vocabularies.Current.Find(vocabulary, code) is { } term ? TermLabels.Of(term, LanguageChoice.OfTag(text.Language)).Label : null;

    /// <summary>The labels of terms; codes that the vocabulary does not have are left out.</summary>
    public IReadOnlyList<string> Terms(string vocabulary, IEnumerable<string> codes, SiteText text) =>
        [.. codes.Select(c => Term(vocabulary, c, text)).OfType<string>()];

    /// <summary>The name of a language in the reader's language, else its own name, else in English.</summary>
    public static string Language(string tag, SiteText text)
    {
        var names = LanguageNames.Of(tag) ?? LanguageNames.Of(tag.Split('-')[0]);
        if (names is not null && text.Language is "en" or "es")
        {
            return Capital(text.Language == "es" && names.Length > 1 ? names[1] : names[0]);
        }

        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).NativeName.Split(" (")[0];
        }
        catch (CultureNotFoundException)
        {
            return names?[0] ?? "?";
        }
    }

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];
}
