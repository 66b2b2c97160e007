using HealthEquity.Api.Site.Cards;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Api.Site.Policy;

/// <summary>Codes of the tracker as words in the reader's language.</summary>
public sealed class PolicyWords(SiteWords words)
{
    /// <summary>The label of a code; the code itself where the vocabulary has lost it.</summary>
    public string Of(string vocabulary, string code, SiteText text) => words.Term(vocabulary, code, text) ?? code;

    /// <summary>A status.</summary>
    public string Status(string code, SiteText text) => Of(VocabularyNames.AdoptionStatus, code, text);

    /// <summary>What a place is and where: "School district · California".</summary>
    public string About(Jurisdiction jurisdiction, SiteText text) => string.Join(" · ", new[]
    {
        Of(VocabularyNames.JurisdictionLevel, jurisdiction.Level, text),
        jurisdiction.State is { } code && States.Find(code) is { } state && state.Name != jurisdiction.Name ? state.Name : null,
    }.OfType<string>());

    /// <summary>A choice among the codes of a vocabulary that occur.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="label">What it is called.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="codes">The codes that occur.</param>
    /// <param name="chosen">The chosen one; null for all.</param>
    /// <param name="text">The reader's language.</param>
    public PolicyChoice Choice(string name, string label, string vocabulary, IEnumerable<string> codes, string? chosen, SiteText text) => new(
        name,
        label,
        [
            new("", text["policy.all"], string.IsNullOrEmpty(chosen)),
            .. codes.Distinct(StringComparer.Ordinal)
                .Select(code => new PolicyOption(code, Of(vocabulary, code, text), code == chosen))
                .OrderBy(option => option.Label, StringComparer.InvariantCultureIgnoreCase),
        ]);

    /// <summary>A choice among states.</summary>
    public static PolicyChoice StateChoice(IEnumerable<string> codes, string? chosen, SiteText text) => new(
        "state",
        text["policy.state"],
        [
            new("", text["policy.all"], string.IsNullOrEmpty(chosen)),
            .. codes.Select(States.Find).OfType<State>().Distinct().OrderBy(state => state.Name, StringComparer.Ordinal)
                .Select(state => new PolicyOption(state.Code, state.Name, state.Code == chosen)),
        ]);
}
