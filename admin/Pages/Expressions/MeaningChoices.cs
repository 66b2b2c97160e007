using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;
using HealthEquity.Search.Questions;
using HealthEquity.Search.Text;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HealthEquity.Admin.Pages.Expressions;

/// <summary>What an expression of the department can mean: a danger, a situation, a kind of entry, a language, or a term of a vocabulary.</summary>
public sealed class MeaningChoices
{
    private static readonly (string Code, string Label)[] Dangers =
    [
        ("selfHarm", "Suicide and self-harm"),
        ("domesticViolence", "Domestic violence and sexual assault"),
        ("trafficking", "Trafficking and forced labor"),
        ("overdose", "Overdose and poisoning"),
        ("arrest", "Being arrested or raided"),
    ];

    /// <summary>Situations that people describe, each answered by several sorts of help (<see cref="MeaningFields.Situations"/>).</summary>
    private static readonly (string Code, string Label)[] Situations =
    [
        ("detained", "Someone was detained"),
        ("findDetainee", "Find a detained person"),
        ("iceAtDoor", "ICE at the door"),
        ("courtNotice", "A court date or a letter from immigration"),
        ("familyPlan", "A plan for the family"),
        ("afterDeportation", "After a deportation"),
        ("deportationFear", "Fear of deportation"),
        ("notarioFraud", "Cheated by a notario"),
        ("benefitsFear", "Afraid to use benefits"),
        ("schoolBullying", "Bullying at school"),
        ("schoolIce", "ICE and schools"),
        ("hospitalIce", "ICE and hospitals"),
        ("unaccompaniedChild", "A child who came alone"),
        ("workRaid", "A raid at work"),
        ("documents", "Immigration papers"),
    ];

    // The search calls some vocabularies by a shorter name.
    private static readonly (string Axis, string Vocabulary)[] Axes =
    [
        ("specialty", VocabularyNames.Specialty),
        ("practiceArea", VocabularyNames.PracticeArea),
        ("population", VocabularyNames.Population),
        ("providerType", VocabularyNames.ProviderType),
        ("attorneyType", VocabularyNames.AttorneyType),
        ("organizationType", VocabularyNames.OrganizationType),
        ("function", VocabularyNames.OrganizationFunction),
        ("cost", VocabularyNames.Cost),
        ("theme", VocabularyNames.PolicyTheme),
    ];

    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    /// <summary>Makes the choices of the current vocabularies.</summary>
    public MeaningChoices(VocabularySet vocabularies)
    {
        List<SelectListItem> items = [new("Choose…", "")];
        Add(items, "Danger", Dangers.Select(d => (new Meaning(Meaning.Crisis, d.Code), d.Label)));
        Add(items, "Situation", Situations.Select(s => (new Meaning("situation", s.Code), s.Label)));
        Add(items, "Kind of entry", EntryKinds.All.Select(k => (new Meaning("kind", k.Code()), Words(k.Code()))));
        foreach (var (axis, name) in Axes)
        {
            var vocabulary = vocabularies.Find(name)!;
            Add(items, vocabulary.Label, vocabulary.Terms.Where(t => !t.Retired).Select(t => (new Meaning(axis, t.Code), t.Label)));
        }

        Add(items, "Language", LanguageNames.All.Select(l => (new Meaning("language", l.Key), l.Value[0])).OrderBy(l => l.Item2, StringComparer.Ordinal));
        Items = items;
    }

    /// <summary>The choices, by group.</summary>
    public IReadOnlyList<SelectListItem> Items { get; }

    /// <summary>True for a meaning that can be chosen.</summary>
    public bool Has(string meaning) => _labels.ContainsKey(meaning);

    /// <summary>A meaning in words.</summary>
    public string LabelOf(string meaning) => _labels.GetValueOrDefault(meaning, meaning);

    private void Add(List<SelectListItem> items, string group, IEnumerable<(Meaning Meaning, string Label)> meanings)
    {
        var listed = new SelectListGroup { Name = group };
        foreach (var (meaning, label) in meanings)
        {
            items.Add(new SelectListItem(label, meaning.ToString()) { Group = listed });
            _labels.Add(meaning.ToString(), $"{group}: {label}");
        }
    }

    /// <summary>"policyAction" as "Policy action".</summary>
    private static string Words(string code) =>
        string.Concat(code.Select((c, i) => i == 0 ? char.ToUpperInvariant(c).ToString() : char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}
