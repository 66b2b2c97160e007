using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Verification;

/// <summary>A link to a page for verifying a credential or source.</summary>
/// <param name="Label">The credential or the source's name.</param>
/// <param name="Url">The http or https address.</param>
public sealed record RegistryLink(string Label, string Url)
{
    private const string NpiRegistry = "https://npiregistry.cms.hhs.gov/provider-view/";

    /// <summary>The Department of Labor's finder for state licensing boards, used if an entry has no board page.</summary>
    private const string LicenseFinder = "https://www.careeronestop.org/Toolkit/Training/find-licenses.aspx";

    /// <summary>The American Bar Association's list of state attorney registries.</summary>
    private const string BarDirectory = "https://www.americanbar.org/groups/legal_services/flh-home/flh-lawyer-licensing/";

    private const string DojRoster = "https://www.justice.gov/eoir/recognition-accreditation-roster-reports";

    /// <summary>Returns links for an entry's credentials (its own links if it has them, otherwise national registries), then its sources.</summary>
    public static IReadOnlyList<RegistryLink> Of(Entry entry)
    {
        var links = entry switch
        {
            Provider provider => OfProvider(provider),
            Attorney attorney => OfAttorney(attorney),
            _ => [],
        };
        links = links.Concat(entry.Sources.Where(s => s.Url is not null).Select(s => new RegistryLink($"Source: {s.Name}", s.Url!)));
        return [.. links.Where(l => Uri.TryCreate(l.Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http")];
    }

    private static IEnumerable<RegistryLink> OfProvider(Provider provider)
    {
        if (provider.Npi is { Length: 10 } npi && npi.All(char.IsAsciiDigit))
        {
            yield return new RegistryLink($"NPI {npi}", NpiRegistry + npi);
        }

        foreach (var license in provider.Licenses)
        {
            yield return new RegistryLink(
                $"License {license.State} {license.Number}", license.BoardUrl ?? LicenseFinder);
        }
    }

    private static IEnumerable<RegistryLink> OfAttorney(Attorney attorney)
    {
        foreach (var admission in attorney.BarAdmissions)
        {
            yield return new RegistryLink(
                $"Bar {admission.State} {admission.Number}", admission.RegistryUrl ?? BarDirectory);
        }

        if (attorney.DojAccreditation is not null || attorney.RecognizedOrganization is not null)
        {
            yield return new RegistryLink("DOJ recognition and accreditation roster", DojRoster);
        }
    }
}
