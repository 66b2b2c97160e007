using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Transforms;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// The taxonomy terms of a service that our vocabularies have: by vocabulary and code if the source is another HealthEquity directory, else by
/// name among those that fit the kind. Other terms become a note.
/// </summary>
internal sealed class HsdsTerms
{
    // In third-party data, only the name decides, so it must be unambiguous.
    private static readonly string[] ByName = [VocabularyNames.Population];

    private readonly Dictionary<string, List<string>> _codes = new(StringComparer.Ordinal);

    private readonly HashSet<string> _labels = new(StringComparer.OrdinalIgnoreCase);

    private HsdsTerms()
    {
    }

    /// <summary>The service's codes in a vocabulary.</summary>
    public IReadOnlyList<string> this[string vocabulary] => _codes.GetValueOrDefault(vocabulary) ?? [];

    /// <summary>The source's labels of the recognized terms. The source may have renamed them.</summary>
    public IReadOnlySet<string> Labels => _labels;

    /// <summary>The single code of a vocabulary; null if there is none.</summary>
    public string? One(string vocabulary) => this[vocabulary] is [var code, ..] ? code : null;

    /// <summary>The name of a term.</summary>
    public static string? NameOf(HsdsThing attribute) => attribute.One("taxonomy_term") is { } term
        ? term["name"] ?? term["term"] ?? term["code"]
        : attribute["label"] ?? attribute["value"] ?? attribute["taxonomy_detail"];

    public static HsdsTerms Read(HsdsThing thing, EntryKind kind, HsdsReading reading)
    {
        var terms = new HsdsTerms();
        string[] named = kind switch
        {
            EntryKind.Provider => [VocabularyNames.Specialty, VocabularyNames.Modality, .. ByName],
            EntryKind.Attorney => [VocabularyNames.PracticeArea, VocabularyNames.Help, .. ByName],
            _ => [VocabularyNames.OrganizationFunction, .. ByName],
        };
        var strange = new List<string>();
        foreach (var attribute in thing.List("attributes"))
        {
            if (attribute["link_type"] is { } vocabulary && attribute["value"] is { } code && VocabularySet.Shipped.Find(vocabulary, code) is not null)
            {
                terms.Add(vocabulary, code);
                terms._labels.Add(attribute["label"] ?? NameOf(attribute) ?? code);
            }
            else if (NameOf(attribute) is { } name && !terms.AddNamed(named, name))
            {
                strange.Add(HsdsReading.Line(attribute.One("taxonomy_term")?["code"] is { } strangeCode && strangeCode != name ? $"{name} ({strangeCode})" : name)!);
            }
        }

        reading.Note("Terms", string.Join("; ", strange.Distinct()));
        return terms;
    }

    private bool AddNamed(string[] vocabularies, string name)
    {
        var found = vocabularies.Select(v => (Vocabulary: v, Code: TermNames.Of(v)?.Find(name))).Where(f => f.Code is not null).ToList();
        found.ForEach(f => Add(f.Vocabulary, f.Code!));
        return found.Count > 0;
    }

    private void Add(string vocabulary, string code)
    {
        if (!_codes.TryGetValue(vocabulary, out var codes))
        {
            _codes[vocabulary] = codes = [];
        }

        if (!codes.Contains(code))
        {
            codes.Add(code);
        }
    }
}
