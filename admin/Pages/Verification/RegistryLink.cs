using HealthEquity.Directory.Entries;

namespace HealthEquity.Admin.Pages.Verification;

/// <summary>A page on which something that an entry says can be looked up.</summary>
/// <param name="Label">What is looked up: a credential, or a source's name.</param>
/// <param name="Url">The page, http or https.</param>
public sealed record RegistryLink(string Label, string Url)
{
    private const string NpiRegistry = "https://npiregistry.cms.hhs.gov/provider-view/";

    /// <summary>The Department of Labor's finder of state boards, where an entry does not name its own.</summary>
    private const string LicenseFinder = "https://www.careeronestop.org/Toolkit/Training/find-licenses.aspx";

    /// <summary>The American Bar Association's list of the states' attorney registers.</summary>
    private const string BarDirectory = "https://www.americanbar.org/groups/legal_services/flh-home/flh-lawyer-licensing/";

    private const string DojRoster = "https://www.justice.gov/eoir/recognition-accreditation-roster-reports";

    /// <summary>The registries for an entry's credentials, its own links where it has them, the national ones otherwise; then its sources.</summary>
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
