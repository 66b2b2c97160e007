using System.Collections.Frozen;
using System.Text.Json;
using HealthEquity.Search.Questions;

namespace HealthEquity.Search.Index;

/// <summary>A value of a field, and how well an entry that has it answers a meaning.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">The value.</param>
/// <param name="Weight">From 0 to 1; 1 is what was asked for.</param>
internal readonly record struct MeaningTerm(SearchField Field, string Value, float Weight);

/// <summary>
/// What entries have that answer a meaning: <c>Situations.json</c>. A term of a vocabulary answers itself; the file adds what else does.
/// A key such as "specialty:*" is for all terms of that axis, but not for those that have "only".
/// </summary>
internal static class MeaningTerms
{
    private const string Only = "only";
    private const string Situation = "situation:";

    private static readonly FrozenDictionary<string, SearchField> FieldByAxis = new Dictionary<string, SearchField>
    {
        ["kind"] = SearchFields.Kind,
        ["specialty"] = SearchFields.Specialty,
        ["practiceArea"] = SearchFields.PracticeArea,
        ["population"] = SearchFields.Population,
        ["providerType"] = SearchFields.ProviderType,
        ["attorneyType"] = SearchFields.AttorneyType,
        ["organizationType"] = SearchFields.OrganizationType,
        ["cost"] = SearchFields.Cost,
        ["evaluation"] = SearchFields.Evaluation,
        ["modality"] = SearchFields.Modality,
        ["help"] = SearchFields.Help,
        ["function"] = SearchFields.Function,
        ["materialType"] = SearchFields.MaterialType,
        ["eventType"] = SearchFields.EventType,
        ["theme"] = SearchFields.Theme,
        ["immigrationStatus"] = SearchFields.ImmigrationStatus,
        ["accessibility"] = SearchFields.Accessibility,
        ["language"] = SearchFields.Language,
        ["tag"] = SearchFields.Tag,
        ["audience"] = SearchFields.Audience,
        ["telehealth"] = SearchFields.Telehealth,
        ["accepting"] = SearchFields.Accepting,
        ["detained"] = SearchFields.Detained,
    }.ToFrozenDictionary();

    private static readonly (MeaningTerm[] Terms, bool IsOnly) NoTerms = ([], false);

    private static readonly Lazy<FrozenDictionary<string, (MeaningTerm[] Terms, bool IsOnly)>> Shipped = new(Read);

    /// <summary>The codes of all situations.</summary>
    public static IReadOnlyList<string> Situations =>
        [.. Shipped.Value.Keys.Where(k => k.StartsWith(Situation, StringComparison.Ordinal)).Select(k => k[Situation.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>The field that a meaning's code is a value of; null when it is none.</summary>
    public static SearchField? FieldOf(Meaning meaning) => meaning switch
    {
        { Axis: "remote" } => SearchFields.Telehealth,
        { Axis: "capacity" } => SearchFields.Accepting,
        _ => FieldByAxis.GetValueOrDefault(meaning.Axis),
    };

    /// <summary>The value of that field that a meaning stands for.</summary>
    public static string ValueOf(Meaning meaning) => meaning.Axis == "remote" ? "yes" : meaning.Code;

    /// <summary>What answers a meaning.</summary>
    public static IEnumerable<MeaningTerm> Of(Meaning meaning)
    {
        if (meaning.Axis != "kind" && FieldOf(meaning) is { } field)
        {
            yield return new MeaningTerm(field, ValueOf(meaning), 1);
        }

        var own = Shipped.Value.GetValueOrDefault(meaning.ToString(), NoTerms);
        foreach (var term in own.Terms)
        {
            yield return term;
        }

        if (own.IsOnly)
        {
            yield break;
        }

        foreach (var term in Shipped.Value.GetValueOrDefault(meaning.Axis + ":*", NoTerms).Terms)
        {
            yield return term;
        }
    }

    private static FrozenDictionary<string, (MeaningTerm[] Terms, bool IsOnly)> Read()
    {
        using var stream = typeof(MeaningTerms).Assembly.GetManifestResourceStream("HealthEquity.Search.Questions.Situations.json")!;
        var file = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, float>>>(stream)!;
        return file.ToFrozenDictionary(
            entry => entry.Key,
            entry => (entry.Value.Where(t => t.Key != Only).Select(Term).ToArray(), entry.Value.ContainsKey(Only)),
            StringComparer.Ordinal);

        static MeaningTerm Term(KeyValuePair<string, float> term) =>
            Meaning.Parse(term.Key) is var meaning ? new MeaningTerm(FieldByAxis[meaning.Axis], meaning.Code, term.Value) : default;
    }
}
