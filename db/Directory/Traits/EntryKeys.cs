using System.Collections.Frozen;
using System.Globalization;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Traits;

/// <summary>
/// Keys that identify an entry: for finding duplicates, and for matching entries when a source is imported again. Two entries that share a
/// key may be duplicates; a shared name proves little, a shared license number nearly everything.
/// </summary>
public static class EntryKeys
{
    /// <summary>A phone number, E.164.</summary>
    public const string Phone = "phone";

    /// <summary>An email address, lowercase.</summary>
    public const string Email = "email";

    /// <summary>The website's host without "www."; shared hosts such as facebook.com are skipped.</summary>
    public const string Host = "host";

    /// <summary>A license, such as FL:SW12345.</summary>
    public const string License = "license";

    /// <summary>A National Provider Identifier.</summary>
    public const string Npi = "npi";

    /// <summary>An admission to the bar, such as NY:1234567.</summary>
    public const string Bar = "bar";

    /// <summary>An Employer Identification Number, nine digits.</summary>
    public const string Ein = "ein";

    /// <summary>A name, folded.</summary>
    public const string Name = "name";

    /// <summary>A street and ZIP code.</summary>
    public const string Address = "address";

    /// <summary>A name at a street and ZIP code.</summary>
    public const string NameAndAddress = "nameAddress";

    /// <summary>A street, ZIP code and suite, as "60 westwood ave|06708|220"; the suite is empty if there is none.</summary>
    public const string Suite = "suite";

    /// <summary>Marks the listing of one person, who may have several offices. Its value is always <see cref="Person"/>.</summary>
    public const string Person = "person";

    /// <summary>
    /// The first letters of a name's first and longest words at a ZIP code. Finds misspelled names and nearby moves. Proves nothing by
    /// itself.
    /// </summary>
    public const string Nearby = "nearby";

    /// <summary>Coordinates in degrees, as "25.76540,-80.20360".</summary>
    public const string Point = "point";

    private const int MaximumLength = 300;

    private static readonly string[] SharedHosts =
        ["facebook.com", "instagram.com", "linktr.ee", "sites.google.com", "linkedin.com", "twitter.com", "x.com", "psychologytoday.com", "youtube.com", "tiktok.com"];

    // Codes of the vocabularies "providerType" and "attorneyType" that mean one person. All others are places or organizations.
    private static readonly FrozenSet<string> PersonTypes = new[]
    {
        "psychologist", "psychiatrist", "childPsychiatrist", "socialWorker", "clinicalSocialWorker", "counselor", "marriageFamilyTherapist",
        "psychiatricNursePractitioner", "addictionCounselor", "schoolPsychologist", "schoolCounselor", "schoolSocialWorker", "artTherapist",
        "occupationalTherapist", "peerSpecialist", "communityHealthWorker", "pastoralCounselor", "attorney", "accreditedRepresentative",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every key of an entry. May contain repeats.</summary>
    public static IEnumerable<(string Type, string Value)> Of(Entry entry)
    {
        var keys = NamesOf(entry).Select(name => (Name, name)).Concat(entry switch
        {
            Provider provider => OfService(provider).Concat(OfProvider(provider)),
            Attorney attorney => OfService(attorney).Concat(OfAttorney(attorney)),
            Organization organization => OfService(organization).Concat(OfOrganization(organization)),
            _ => [],
        });
        return keys.Where(k => k.Item2.Length > 0).Select(k => (k.Item1, k.Item2.Length <= MaximumLength ? k.Item2 : k.Item2[..MaximumLength]));
    }

    /// <summary>The key of a number issued by a state board or bar: "FL:SW12345".</summary>
    public static string RegistryKey(string state, string number) =>
        $"{state.ToUpperInvariant()}:{string.Concat(number.Where(char.IsLetterOrDigit)).ToUpperInvariant()}";

    /// <summary>The key of a street and ZIP code; empty if either is missing.</summary>
    public static string AddressKey(string? street, string? postalCode) =>
        PostalText.Street(street ?? "") is { Length: > 0 } folded && postalCode is { Length: >= 5 } ? $"{folded}|{postalCode[..5]}" : "";

    /// <summary>Parses a <see cref="Point"/> key.</summary>
    public static (double Latitude, double Longitude) ReadPoint(string point)
    {
        var comma = point.IndexOf(',', StringComparison.Ordinal);
        return (double.Parse(point.AsSpan(0, comma), CultureInfo.InvariantCulture), double.Parse(point.AsSpan(comma + 1), CultureInfo.InvariantCulture));
    }

    private static IEnumerable<string> NamesOf(Entry entry) =>
        entry.AlternateNames.Prepend(entry.Name).Select(PostalText.Name);

    private static IEnumerable<(string, string)> OfService(ServiceEntry entry)
    {
        foreach (var phone in entry.Phones.Concat(entry.Locations.SelectMany(l => l.Phones)).Where(p => p.Number.StartsWith('+')))
        {
            yield return (Phone, phone.Number);
        }

        foreach (var email in entry.Emails)
        {
            yield return (Email, email.Address.ToLowerInvariant());
        }

        if (HostOf(entry.Website) is { } host)
        {
            yield return (Host, host);
        }

        var name = PostalText.Name(entry.Name);
        foreach (var address in entry.Locations.Select(l => AddressKey(l.Address1, l.PostalCode)).Where(a => a.Length > 0))
        {
            yield return (Address, address);
            yield return (NameAndAddress, $"{name}|{address}");
        }

        foreach (var place in entry.Locations)
        {
            if (StreetAddress.Read(place) is { } suite)
            {
                yield return (Suite, suite.ToString());
            }
        }

        foreach (var place in entry.Locations)
        {
            foreach (var near in NearbyOf(name, place.PostalCode))
            {
                yield return (Nearby, near);
            }

            if (place is { Latitude: { } latitude, Longitude: { } longitude })
            {
                yield return (Point, string.Create(CultureInfo.InvariantCulture, $"{latitude:0.00000},{longitude:0.00000}"));
            }
        }
    }

    private static IEnumerable<string> NearbyOf(string name, string? postalCode)
    {
        const int beginning = 4;
        if (name.Length == 0 || postalCode is not { Length: >= 5 })
        {
            return [];
        }

        var words = name.Split(' ');
        return new[] { words[0], words.MaxBy(w => w.Length)! }.Select(w => $"{w[..Math.Min(beginning, w.Length)]}|{postalCode[..5]}").Distinct();
    }

    private static IEnumerable<(string, string)> OfProvider(Provider provider)
    {
        foreach (var license in provider.Licenses)
        {
            yield return (License, RegistryKey(license.State, license.Number));
        }

        if (provider.Npi is not null)
        {
            yield return (Npi, provider.Npi);
        }

        if (PersonTypes.Contains(provider.ProviderType ?? ""))
        {
            yield return (Person, Person);
        }
    }

    private static IEnumerable<(string, string)> OfAttorney(Attorney attorney)
    {
        foreach (var admission in attorney.BarAdmissions)
        {
            yield return (Bar, RegistryKey(admission.State, admission.Number));
        }

        if (attorney.BarAdmissions.Count > 0 || PersonTypes.Contains(attorney.AttorneyType ?? ""))
        {
            yield return (Person, Person);
        }
    }

    private static IEnumerable<(string, string)> OfOrganization(Organization organization)
    {
        if (organization.Ein is not null)
        {
            yield return (Ein, string.Concat(organization.Ein.Where(char.IsAsciiDigit)));
        }
    }

    private static string? HostOf(string? website)
    {
        if (!Uri.TryCreate(website, UriKind.Absolute, out var uri))
        {
            return null;
        }

        var host = uri.IdnHost.ToLowerInvariant();
        host = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        return SharedHosts.Any(s => host == s || host.EndsWith("." + s, StringComparison.Ordinal)) ? null : host;
    }
}
