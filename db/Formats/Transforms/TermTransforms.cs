using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>The terms of a vocabulary by all their names: code, label in any language, and common synonyms.</summary>
public sealed class TermNames
{
    private static readonly ConcurrentDictionary<string, TermNames?> Known = new(StringComparer.Ordinal);

    // Common synonyms in lists that the vocabulary does not have.
    private static readonly FrozenDictionary<string, string[]> Others = new Dictionary<string, string[]>
    {
        ["cost.free"] = ["no cost", "no charge", "no fee", "free of charge", "at no cost", "$0", "gratuito"],
        ["cost.slidingScale"] = ["sliding fee", "sliding fee scale", "sliding fee discount", "income based", "escala movil"],
        ["cost.selfPay"] = ["self payment", "cash", "private pay", "cash or self payment", "out of pocket"],
        ["cost.uninsuredWelcome"] = ["uninsured", "no insurance", "uninsured accepted"],
        ["cost.privateInsurance"] = ["private health insurance", "commercial insurance", "insurance"],
        ["cost.medicaid"] = ["medi-cal", "medical assistance"],
        ["capacity.accepting"] = ["yes", "y", "true", "open", "available", "accepting", "accepting new clients", "accepting new patients", "accepting clients"],
        ["capacity.waitlist"] = ["wait list", "waiting list", "wait-list"],
        ["capacity.full"] = ["no", "n", "false", "closed", "not accepting", "not accepting new clients", "not accepting new patients"],
        ["availability.yes"] = ["y", "true", "t", "1", "x", "available", "offered", "si", "telehealth"],
        ["availability.no"] = ["n", "false", "f", "0", "none", "not offered"],
        ["providerType.clinicalSocialWorker"] = ["lcsw", "licsw", "lisw", "lcsw-r"],
        ["providerType.psychologist"] = ["psyd", "licensed psychologist"],
        ["providerType.counselor"] = ["lpc", "lmhc", "lpcc", "lcpc", "licensed professional counselor", "licensed mental health counselor", "therapist"],
        ["providerType.marriageFamilyTherapist"] = ["lmft", "mft"],
        ["providerType.psychiatricNursePractitioner"] = ["pmhnp"],
        ["licenseType.clinicalSocialWorker"] = ["lcsw", "licsw", "lisw", "lcsw-r"],
        ["licenseType.masterSocialWorker"] = ["lmsw"],
        ["licenseType.professionalCounselor"] = ["lpc", "lpcc", "lcpc"],
        ["licenseType.mentalHealthCounselor"] = ["lmhc"],
        ["licenseType.marriageFamilyTherapist"] = ["lmft", "mft"],
        ["licenseType.psychiatricNursePractitioner"] = ["pmhnp"],
        ["licenseType.physician"] = ["md"],
        ["licenseType.osteopathicPhysician"] = ["do"],
        ["attorneyType.attorney"] = ["lawyer", "abogado", "abogada"],
        ["attorneyType.accreditedRepresentative"] = ["accredited representative", "doj accredited representative", "bia accredited representative"],
        ["dojAccreditation.partial"] = ["partially accredited"],
        ["dojAccreditation.full"] = ["fully accredited"],
        ["practiceArea.removalDefense"] = ["deportation defense", "removal defense"],
        ["help.fullRepresentation"] = ["representation", "direct representation"],
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, string> _codes;

    /// <summary>Creates the names of a vocabulary.</summary>
    public TermNames(Vocabulary vocabulary)
    {
        Vocabulary = vocabulary;
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var term in vocabulary.Terms.Where(t => !t.Retired))
        {
            foreach (var name in new[] { term.Code, term.Label }.Concat(term.Labels.Values))
            {
                codes.TryAdd(Fold(name), term.Code);
            }
        }

        foreach (var term in vocabulary.Terms)
        {
            foreach (var name in Others.GetValueOrDefault($"{vocabulary.Name}.{term.Code}", []))
            {
                codes.TryAdd(Fold(name), term.Code);
            }
        }

        _codes = codes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The vocabulary.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The vocabulary with a name; null if there is none.</summary>
    public static TermNames? Of(string vocabulary) =>
        Known.GetOrAdd(vocabulary, name => VocabularySet.Shipped.Find(name) is { } found ? new TermNames(found) : null);

    /// <summary>The code for a name; null if unknown.</summary>
    public string? Find(string text) => _codes.GetValueOrDefault(Fold(text));

    /// <summary>The remedy for an unknown word.</summary>
    public string Remedy(string text) =>
        (NearestTerm.Find(text, Vocabulary.Terms.Where(t => !t.Retired).Select(t => t.Label)) is { } near ? $"Did you mean '{near}'? " : "")
        + $"Write terms of '{Vocabulary.Label}' separated by semicolons, or leave it empty.";

    private static string Fold(string text) => PostalText.Name(text) is { Length: > 0 } folded ? folded : text.Trim().ToLowerInvariant();
}

/// <summary><c>{"term": "capacity"}</c>: reads one term of a vocabulary, by code or by name in any language, as its code.</summary>
public sealed class TermTransform(TermNames names) : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => names.Find(text)
        ?? throw new CellException($"'{text}' is not a term of '{names.Vocabulary.Label}'.", names.Remedy(text));
}

/// <summary>
/// <c>{"terms": "specialty"}</c>: reads terms of a vocabulary separated by semicolons, line breaks, commas, slashes or "and". Unknown terms are
/// reported; the others are kept.
/// </summary>
public sealed class TermsTransform(TermNames names) : Transform
{
    // The name of a term may contain a comma or "and", so the whole text is looked up before it is split.
    private static readonly string[][] Separators = [[";", "|", "\n", "•"], [","], ["/"], [" and ", " & ", " y "]];

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var (codes, unknown) = (new List<string>(), new List<string>());
        Read(text, 0, codes, unknown);
        var list = codes.Count == 0 ? null : new JsonArray([.. codes.Distinct().Select(c => (JsonNode)c)]);
        return unknown.Count == 0
            ? list
            : throw new CellException($"'{string.Join("', '", unknown)}' is not a term of '{names.Vocabulary.Label}'.", names.Remedy(unknown[0])) { Kept = list };
    }

    private void Read(string text, int level, List<string> codes, List<string> unknown)
    {
        if (names.Find(text) is { } code)
        {
            codes.Add(code);
            return;
        }

        for (; level < Separators.Length; level++)
        {
            var parts = text.Split(Separators[level], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 1 || parts[0] != text)
            {
                var found = parts.Select(part => (Codes: new List<string>(), Unknown: new List<string>(), Part: part)).ToList();
                found.ForEach(f => Read(f.Part, level + 1, f.Codes, f.Unknown));
                // "Grief and rage" is one unknown term if no part of it is known.
                if (level == Separators.Length - 1 && found.TrueForAll(f => f.Codes.Count == 0))
                {
                    break;
                }

                found.ForEach(f =>
                {
                    codes.AddRange(f.Codes);
                    unknown.AddRange(f.Unknown);
                });
                return;
            }
        }

        unknown.Add(text);
    }
}
