using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Which kind of entry a service becomes where nobody said.</summary>
public static partial class HsdsKinds
{
    /// <summary>The kinds that a service can become.</summary>
    public static IReadOnlyList<EntryKind> Possible { get; } = [EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization];

    /// <summary>
    /// What our profile says; else what most of its taxonomy terms tell of, or, where they tell nothing, its name: mental health makes a
    /// provider, law and immigration an attorney, and anything else an organization. So is an organization without services.
    /// </summary>
    public static EntryKind Of(HsdsThing thing)
    {
        if (thing.IsOrganization)
        {
            return EntryKind.Organization;
        }

        if (thing.Profile is { } profile && profile.TryGetProperty("kind", out var said) && EntryKinds.TryParse(said.ToString(), out var kind) && Possible.Contains(kind))
        {
            return kind;
        }

        var terms = thing.List("attributes").Select(a => (Code: Code(a) ?? "", Text: $"{HsdsTerms.NameOf(a)}")).ToList();
        return Weigh(terms.Count(t => Mental().IsMatch(t.Text) || MentalCode().IsMatch(t.Code)), terms.Count(t => Legal().IsMatch(t.Text) || LegalCode().IsMatch(t.Code)))
            ?? Weigh(Mental().Count(thing["name"] ?? ""), Legal().Count(thing["name"] ?? ""))
            ?? EntryKind.Organization;
    }

    private static string? Code(HsdsThing attribute) => attribute.One("taxonomy_term") is { } term ? term["code"] ?? term["id"] : attribute["taxonomy_id"];

    private static EntryKind? Weigh(int mental, int legal) =>
        mental > legal ? EntryKind.Provider : legal > mental ? EntryKind.Attorney : null;

    [GeneratedRegex(@"\b(mental|behaviou?ral health|psych\w*|therap(y|ies|ists?)|counsel(l?ing|l?ors?)|suicide|grief|trauma|depression|anxiety|substance (ab)?use|addictions?|salud mental|terapia)\b(?<!(legal|credit|housing|debt|financial|career) counsell?ing)", RegexOptions.IgnoreCase)]
    private static partial Regex Mental();

    [GeneratedRegex(@"\b(legal|law|lawyers?|attorneys?|immigration|asylum|citizenship|naturali[sz]ation|deportation|visas?|inmigraci[oó]n|abogad[oa]s?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Legal();

    // The 211 taxonomy (AIRS, Inform USA): R is mental health and substance use, FT legal services.
    [GeneratedRegex(@"^R[A-Z](-|\z)")]
    private static partial Regex MentalCode();

    [GeneratedRegex(@"^FT(-|\z)")]
    private static partial Regex LegalCode();
}
