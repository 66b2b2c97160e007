using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// Converts a service, or an organization without services, to an entry. Public information without a field goes to the description. Anything
/// else, such as people's names, goes to the curators' notes.
/// </summary>
/// <param name="source">The source to record in each entry.</param>
/// <param name="today">Today, to skip seasons that are over.</param>
internal sealed partial class HsdsEntries(Source source, DateOnly today)
{
    public Entry Read(HsdsThing thing, EntryKind kind, HsdsReading reading)
    {
        var organization = thing.IsOrganization ? thing : thing.One("organization");
        var isOurs = reading.IsOurs;
        var terms = HsdsTerms.Read(thing, kind, reading);
        Describe(thing, organization, kind, reading);
        ServiceEntry entry = kind switch
        {
            EntryKind.Provider => new Provider { Name = "", ProviderType = terms.One(VocabularyNames.ProviderType), Specialties = terms[VocabularyNames.Specialty], Modalities = terms[VocabularyNames.Modality], Evaluations = terms[VocabularyNames.Evaluation] },
            EntryKind.Attorney => new Attorney
            {
                Name = "",
                AttorneyType = terms.One(VocabularyNames.AttorneyType),
                PracticeAreas = terms[VocabularyNames.PracticeArea],
                Help = terms[VocabularyNames.Help],
                Courts = terms[VocabularyNames.Court],
                RecognizedOrganization = isOurs && Recognized().Match(thing["accreditations"] ?? "") is { Success: true } recognized ? recognized.Groups[1].Value : null,
                IntakeHours = isOurs ? HsdsOwnHours.Of(thing, isIntake: true, today) : null,
                IntakePolicy = HsdsReading.Joined([thing["application_process"]], "", 2_000),
            },
            _ => new Organization
            {
                Name = "",
                OrganizationType = terms.One(VocabularyNames.OrganizationType),
                Functions = terms[VocabularyNames.OrganizationFunction],
                Ein = Ein(organization, reading),
                LegalStatus = organization is null ? null : reading.Line(organization, "legal_status", 100),
                YearIncorporated = organization is null ? null : reading.ReadNumber(organization, "year_incorporated", 1600, 2100),
            },
        };
        entry = Fill(entry, thing, organization, terms, reading);
        entry = HsdsProfileMembers.WithoutUnprovenClaims(HsdsProfileMembers.WithProfile(entry, thing, reading), reading);
        return entry with { InternalNotes = reading.Notes };
    }

    private ServiceEntry Fill(ServiceEntry entry, HsdsThing thing, HsdsThing? organization, HsdsTerms terms, HsdsReading reading)
    {
        var name = Name(thing, organization, reading);
        string?[] known = [name, thing["name"], organization?["name"]];
        var places = thing.List("service_at_locations").ToList();
        if (places.Count == 0 && organization is not null)
        {
            // A service without locations is provided at those of its organization.
            places = [.. organization.List("locations").Select(At)];
        }

        var locations = places.SelectMany(p => HsdsPlaceReader.Of(p, known, reading)).ToList();
        var state = locations.Select(l => l.StateProvince).FirstOrDefault(s => s is not null);
        var website = reading.ReadUrl(thing, "url") ?? reading.ReadUrl(thing, "website") ?? Site(organization, reading);
        var urls = thing.List("additional_urls").Concat(thing.List("additional_websites")).Concat(organization is null || organization == thing ? [] : organization.List("additional_websites"));
        var areas = thing.List("service_areas").Concat(places.SelectMany(p => p.List("service_areas")));
        var area = HsdsPlaceReader.Area(areas, state, reading);
        return entry with
        {
            Name = name,
            AlternateNames = [.. Alternates(thing, organization).Where(a => !known.Contains(a, StringComparer.OrdinalIgnoreCase) || (a != name && a == thing["name"])).Distinct(StringComparer.OrdinalIgnoreCase)],
            Description = reading.Description,
            Tags = [.. terms[VocabularyNames.Tag].Append("imported").Distinct()],
            Sources = [source],
            Phones = HsdsContacts.Phones(thing.List("phones").Concat(organization is null || organization == thing ? [] : organization.List("phones")), reading),
            Emails = HsdsContacts.Emails([thing, organization == thing ? null : organization], thing.List("contacts"), reading),
            Website = website,
            Links = HsdsContacts.Links(urls, website, reading),
            Locations = locations,
            Hours = reading.IsOurs ? HsdsOwnHours.Of(thing, isIntake: false, today) : HsdsHours.Of(thing, places, state ?? (area?.States is [var first, ..] ? first : null), today, reading),
            ServiceArea = area,
            Languages = HsdsContacts.Languages(thing.List("languages").Concat(places.SelectMany(p => p.One(HsdsInputTables.Location)?.List("languages") ?? [])), reading),
            Cost = HsdsAccess.Cost(thing, terms, reading),
            Eligibility = HsdsAccess.Eligibility(thing, terms, reading),
            RemoteService = places.Exists(p => p.One(HsdsInputTables.Location)?["location_type"] == "virtual") ? new RemoteService { Offered = "yes" } : null,
        };
    }

    /// <summary>The service's name, followed by the organization's name unless one contains the other.</summary>
    private static string Name(HsdsThing thing, HsdsThing? organization, HsdsReading reading)
    {
        var (name, whose) = (reading.Line(thing, "name", 200) ?? "", HsdsReading.Line(organization?["name"]));
        if (name.Length == 0 || whose is null || name.Contains(whose, StringComparison.OrdinalIgnoreCase))
        {
            return name;
        }

        return whose.Contains(name, StringComparison.OrdinalIgnoreCase) && whose.Length <= 200 ? whose : $"{name}, {whose}" is { Length: <= 200 } both ? both : name;
    }

    private static IEnumerable<string> Alternates(HsdsThing thing, HsdsThing? organization) =>
        from text in new[] { thing["alternate_name"], organization == thing ? null : organization?["alternate_name"] }
        from part in (text ?? "").Split(';')
        let name = HsdsReading.Line(part)
        where name is { Length: <= 200 }
        select name;

    private static void Describe(HsdsThing thing, HsdsThing? organization, EntryKind kind, HsdsReading reading)
    {
        if (thing["status"]?.ToUpperInvariant() == "TEMPORARILY CLOSED")
        {
            reading.Describe("", "Temporarily closed, according to the source.");
        }

        reading.Describe("", thing["description"]);
        if (reading.IsOurs)
        {
            // Our own export has these both in fields and as text.
            return;
        }

        reading.Describe("Alert", thing["alert"]);
        reading.Describe("How to apply", kind == EntryKind.Attorney ? null : thing["application_process"]);
        reading.Describe("Waiting time", thing["wait_time"]);
        reading.Describe("Interpretation", thing["interpretation_services"]);
        if (organization is not null && organization != thing && organization["description"] is { } about && about != thing["description"])
        {
            reading.Describe($"About {HsdsReading.Line(organization["name"])}", about);
        }

        reading.Note("Program", thing.One("program")?["name"]);
        reading.Note("Accreditations", thing["accreditations"]);
        reading.Note("Licenses", thing["licenses"]);
        var locations = thing.List("service_at_locations").SelectMany(p => p.List(HsdsInputTables.Location)).ToList();
        var contacts = thing.List("contacts").Where(c => !HsdsContacts.IsOffice(c)).Concat(thing.List("service_at_locations").Concat(locations).SelectMany(p => p.List("contacts")));
        foreach (var contact in contacts)
        {
            reading.Note("Contact", string.Join(", ", new[] { contact["name"], contact["title"], contact["department"], contact["email"] }.OfType<string>()));
        }

        foreach (var funding in thing.List("funding"))
        {
            reading.Note("Funding", funding["source"]);
        }
    }

    private static HsdsThing At(HsdsThing location)
    {
        var at = new HsdsThing(location.Row, "", new Dictionary<string, string>());
        at.Add(HsdsInputTables.Location, location);
        return at;
    }

    private static string? Site(HsdsThing? organization, HsdsReading reading) => organization is null
        ? null
        : reading.ReadUrl(organization, "website") ?? reading.ReadUrl(organization, "url");

    private static string? Ein(HsdsThing? organization, HsdsReading reading)
    {
        if (organization is null)
        {
            return null;
        }

        var identifier = organization.List("organization_identifiers").FirstOrDefault(i => Employer().IsMatch($"{i["identifier_scheme"]} {i["identifier_type"]}"));
        var text = identifier?["identifier"] ?? organization["tax_id"];
        if (text is not null && Digits().Match(text) is { Success: true } digits)
        {
            return $"{digits.Groups[1].Value}-{digits.Groups[2].Value}";
        }

        reading.Note("Tax number", text);
        return null;
    }

    [GeneratedRegex(@"(?:^|; )DOJ-recognized organization: (.+)\z", RegexOptions.Singleline)]
    private static partial Regex Recognized();

    [GeneratedRegex(@"\bEIN\b|employer identification", RegexOptions.IgnoreCase)]
    private static partial Regex Employer();

    [GeneratedRegex(@"^\s*(?!00)([0-9]{2})-?([0-9]{7})\s*\z")]
    private static partial Regex Digits();
}
