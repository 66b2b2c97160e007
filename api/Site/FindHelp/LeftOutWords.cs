using HealthEquity.Api.Search;
using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Site.FindHelp;

/// <summary>Names what a search left out in order to find something, in the reader's words.</summary>
public sealed class LeftOutWords(SiteWords words)
{
    /// <summary>What was left out; empty when everything was heeded.</summary>
    public IReadOnlyList<string> Of(FoundEntries found, IReadOnlyList<KeyValuePair<string, string>> asked, SiteText text) =>
    [
        .. (found.Dropped ?? []).SelectMany(code => OfQuestion(code, found.Understood))
            .Concat(found.Result.Hits.Count > 0 ? [] : (found.Wider?.Dropped ?? []).SelectMany(name => OfParameter(name, asked, text)))
            .Distinct(StringComparer.CurrentCultureIgnoreCase),
    ];

    private static IEnumerable<string> OfQuestion(string code, Understood? understood) => (code, understood) switch
    {
        (_, null) => [],
        ("place", { Place: { } place }) => [place.Label],
        ("need", _) => understood.Kinds.Concat(understood.Needs).Select(n => n.Label),
        ("words", _) => understood.Words.Select(w => $"“{w}”"),
        _ => [],
    };

    private IEnumerable<string> OfParameter(string name, IReadOnlyList<KeyValuePair<string, string>> asked, SiteText text)
    {
        var values = asked.Where(a => a.Key == name).Select(a => a.Value);
        return name switch
        {
            "q" => values.Select(v => $"“{v}”"),
            "cost" => words.Terms(VocabularyNames.Cost, values, text),
            "immigrationStatus" => words.Terms(VocabularyNames.ImmigrationStatus, values, text),
            "population" => words.Terms(VocabularyNames.Population, values, text),
            "language" => values.Select(v => SiteWords.Language(v, text)),
            "openNow" => [text["results.openNow"]],
            "kind" => [text["results.kinds"]],
            "near" or "state" or "county" => values,
            _ => [],
        };
    }
}
