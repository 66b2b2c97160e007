using System.Collections.Concurrent;
using System.Globalization;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Vocabularies;
using HealthEquity.Search.Index;
using HealthEquity.Search.Text;

namespace HealthEquity.Api.Search;

/// <summary>Labels the counted values.</summary>
public sealed class FacetLabels(DirectoryVocabularies vocabularies, Messages messages)
{
    // As many as there are languages in the directory.
    private readonly ConcurrentDictionary<string, string> _languages = new(StringComparer.Ordinal);

    /// <summary>The counts by parameter of the request, with labels in the reader's language.</summary>
    public IReadOnlyList<Facet> Of(IReadOnlyList<FacetCounts> counts, ParameterSet set, LanguageChoice choice) =>
    [
        .. from counted in counts
           let parameter = set.Filter(counted.Field)
           select new Facet
           {
               Field = parameter.Name,
               Values = [.. counted.Values.Select(v => new FacetValue { Value = v.Value, Label = Label(parameter.About, v.Value, choice), Count = v.Count })],
           },
    ];

    private string Label(ParameterAttribute about, string value, LanguageChoice choice)
    {
        if (about.Vocabulary is { } vocabulary && vocabularies.Current.Find(vocabulary, value) is { } term)
        {
            return TermLabels.Of(term, choice).Label;
        }

        return about.Codes switch
        {
            CodeSet.Language => _languages.GetOrAdd(value, LanguageName),
            CodeSet.Kind => messages.Of($"kind.{value}", choice).Text,
            _ => value,
        };
    }

    /// <summary>The name of a language in that language, else in English. A code is never shown.</summary>
    public static string LanguageName(string tag)
    {
        if (tag is "es")
        {
            return "español"; // some releases of ICU say "castellano"
        }

        try
        {
            // A culture without data is named by its code.
            if (CultureInfo.GetCultureInfo(tag, predefinedOnly: true).NativeName is var name && !name.StartsWith(tag, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }
        catch (CultureNotFoundException)
        {
        }

        var names = LanguageNames.Of(tag) ?? LanguageNames.Of(tag.Split('-')[0]) ?? ["?"];
        return names.ElementAtOrDefault(2) ?? names[0];
    }
}
