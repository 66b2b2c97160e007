using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Guesses the kind of entry for a service.</summary>
public static partial class HsdsKinds
{
    /// <summary>The kinds that a service can be imported as.</summary>
    public static IReadOnlyList<EntryKind> Supported { get; } = [EntryKind.Provider, EntryKind.Attorney, EntryKind.Organization];

    /// <summary>
    /// The kind from our profile; else from most of the taxonomy terms, or from the name if they don't tell: mental health makes a provider, law
    /// and immigration an attorney, anything else an organization. An organization without services is an organization.
    /// </summary>
    /// <param name="thing">The service, or an organization without services.</param>
    /// <param name="asked">The requested kind for all services; null to guess it.</param>
    public static EntryKind Of(HsdsThing thing, EntryKind? asked = null) => Decide(thing, asked).Kind;

    /// <summary>
    /// The kind of a service, and whether a person must review it. A service that can't be of the kind suggested by its terms, its name or the
    /// person who imports it becomes an organization to be reviewed.
    /// </summary>
    /// <param name="thing">The service, or an organization without services.</param>
    /// <param name="asked">The requested kind for all services; null to guess it.</param>
    internal static (EntryKind Kind, bool IsDoubtful) Decide(HsdsThing thing, EntryKind? asked)
    {
        if (thing.IsOrganization)
        {
            return (EntryKind.Organization, false);
        }

        if (asked is null && ProfileKind(thing) is { } own)
        {
            return (own, false);
        }

        var (name, organization) = (thing["name"] ?? "", thing.One("organization"));
        var kind = asked ?? Guess(thing, name);
        if (kind is null)
        {
            return (EntryKind.Organization, ServiceWords.IsDoubtful(name));
        }

        string?[] names = [name, thing["alternate_name"], organization?["name"], organization?["alternate_name"]];
        string?[] addresses = [thing["url"], thing["email"], organization?["url"], organization?["website"], organization?["email"]];
        var isRefused = kind != EntryKind.Organization && (ServiceWords.WhyNot(kind.Value, name, names) is not null || ServiceWords.IsAuthorityAddress(addresses));
        return isRefused ? (EntryKind.Organization, true) : (kind.Value, false);
    }

    private static EntryKind? ProfileKind(HsdsThing thing) =>
        thing.Profile is { } profile && profile.TryGetProperty("kind", out var said) && EntryKinds.TryParse(said.ToString(), out var kind) && Supported.Contains(kind) ? kind : null;

    private static EntryKind? Guess(HsdsThing thing, string name)
    {
        var terms = thing.List("attributes").Select(a => (Code: Code(a) ?? "", Text: $"{HsdsTerms.NameOf(a)}")).ToList();
        return MoreLikely(
            terms.Count(t => MentalCode().IsMatch(t.Code) || (ServiceWords.Mental(t.Text) > 0 && !OtherCode().IsMatch(t.Code))),
            terms.Count(t => LegalCode().IsMatch(t.Code) || (ServiceWords.Legal(t.Text) > 0 && !ServiceWords.IsAuthority(t.Text) && !OtherCode().IsMatch(t.Code))))
            ?? MoreLikely(ServiceWords.Mental(name), ServiceWords.Legal(name));
    }

    private static string? Code(HsdsThing attribute) => attribute.One("taxonomy_term") is { } term ? term["code"] ?? term["id"] : attribute["taxonomy_id"];

    private static EntryKind? MoreLikely(int mental, int legal) =>
        mental > legal ? EntryKind.Provider : legal > mental ? EntryKind.Attorney : null;

    // The 211 taxonomy (AIRS, Inform USA): R is mental health and substance use, FT legal services.
    [GeneratedRegex(@"^R[A-Z](-|\z)")]
    private static partial Regex MentalCode();

    [GeneratedRegex(@"^FT(-|\z)")]
    private static partial Regex LegalCode();

    // Courts (FC), prosecutors (FJ), police (FL) and similar; food (B), money and housing (D), health other than mental health (L).
    [GeneratedRegex(@"^(F[CFJLNP]|[BDL][A-Z])(-|\z)")]
    private static partial Regex OtherCode();
}
