using System.Globalization;
using HealthEquity.Db.Attorneys;
using HealthEquity.Db.Entries;
using HealthEquity.Db.Organizations;
using HealthEquity.Db.Providers;
using HealthEquity.Db.Vocabularies;

namespace HealthEquity.Db.Hsds;

/// <summary>
/// A published entry that helps people, as HSDS has it: an organization, the service that it offers, and the places where it does. A
/// provider or an attorney is both the organization and its one service. Reads the public document only, so what is private can't
/// come through.
/// </summary>
public sealed class HsdsMapping(VocabularySet vocabularies, string? assurerEmail)
{
    /// <summary>The service's id; that of an organization is the entry's own, and the other is made from it.</summary>
    public static Guid ServiceId(ServiceEntry entry) => entry is Organization ? HsdsIds.Of(entry.Id!.Value, "service") : entry.Id!.Value;

    /// <summary>The organization's id.</summary>
    public static Guid OrganizationId(ServiceEntry entry) => entry is Organization ? entry.Id!.Value : HsdsIds.Of(entry.Id!.Value, "organization");

    /// <summary>The service; whole, or only what it has one of.</summary>
    public HsdsService Service(ServiceEntry entry, bool full)
    {
        var id = ServiceId(entry);
        var service = new HsdsService
        {
            Id = id,
            OrganizationId = OrganizationId(entry),
            Name = entry.Name,
            AlternateName = entry.AlternateNames.Count > 0 ? entry.AlternateNames[0] : null,
            Description = entry.Description ?? entry.Summary,
            Url = entry.Website,
            Email = entry.Emails.Count > 0 ? entry.Emails[0].Address : null,
            Status = "active",
            InterpretationServices = Joined(entry.Languages.Where(l => l.How.Any(h => h != "staff")).Select(l => LanguageName(l.Language))),
            ApplicationProcess = (entry as Attorney)?.IntakePolicy,
            FeesDescription = Fees(entry.Cost),
            WaitTime = entry.Capacity is { Status: "waitlist", WaitlistDays: { } days } ? $"{days} days" : null,
            Accreditations = entry is Attorney { DojAccreditation: { } accreditation } ? Label(VocabularyNames.DojAccreditation, accreditation.Level) : null,
            EligibilityDescription = Eligibility(entry.Eligibility),
            MinimumAge = entry.Eligibility?.MinimumAge,
            MaximumAge = entry.Eligibility?.MaximumAge,
            AssuredDate = entry.AssuredOn,
            AssurerEmail = entry.AssuredOn is null ? null : assurerEmail,
            Licenses = Joined(Licences(entry)),
            Alert = entry.Capacity?.Status == "full" ? "Not taking new people." : null,
            LastModified = entry.PublishedAt,
            Organization = Organization(entry, full: false),
            HealthEquity = Profile(entry),
        };
        return full ? WithRelated(service, entry) : service;
    }

    /// <summary>The organization; whole, or only what it has one of.</summary>
    public HsdsOrganization Organization(ServiceEntry entry, bool full, bool fullService = false)
    {
        var id = OrganizationId(entry);
        var organization = new HsdsOrganization
        {
            Id = id,
            Name = entry.Name,
            AlternateName = entry.AlternateNames.Count > 0 ? entry.AlternateNames[0] : null,
            Description = entry.Description ?? entry.Summary ?? entry.Name,
            Email = entry.Emails.Count > 0 ? entry.Emails[0].Address : null,
            Website = entry.Website,
            YearIncorporated = (entry as Organization)?.YearIncorporated,
            LegalStatus = (entry as Organization)?.LegalStatus,
        };
        if (!full)
        {
            return organization;
        }

        return organization with
        {
            AdditionalWebsites = Some(entry.Links.Select((l, i) => new HsdsUrl
            {
                Id = HsdsIds.Of(id, $"url/{i}"),
                Label = l.Label,
                Url = l.Url,
                OrganizationId = id,
            })),
            Locations = Some(HsdsPlaces.Locations(entry, vocabularies)),
            OrganizationIdentifiers = entry is Organization { Ein: { } ein }
                ? [new HsdsOrganizationIdentifier { Id = HsdsIds.Of(id, "ein"), OrganizationId = id, IdentifierScheme = "US-EIN", IdentifierType = "EIN", Identifier = ein }]
                : null,
            Services = [fullService ? Service(entry, full: true) with { Organization = null } : Service(entry, full: false) with { Organization = null }],
        };
    }

    /// <summary>The places where the service is given.</summary>
    public IEnumerable<HsdsServiceAtLocation> ServiceAtLocations(ServiceEntry entry, bool full) =>
        HsdsPlaces.Locations(entry, vocabularies).Select(location => new HsdsServiceAtLocation
        {
            Id = HsdsIds.Of(entry.Id!.Value, $"service_at_location/{location.Id}"),
            ServiceId = ServiceId(entry),
            LocationId = location.Id,
            Location = full ? location : null,
            Service = full ? Service(entry, full: false) : null,
        });

    /// <summary>A vocabulary as a taxonomy.</summary>
    public static HsdsTaxonomy Taxonomy(Vocabulary vocabulary) => new()
    {
        Id = HsdsIds.Taxonomy(vocabulary.Name),
        Name = vocabulary.Label,
        Description = vocabulary.Definition,
    };

    /// <summary>A term as a taxonomy term.</summary>
    public static HsdsTaxonomyTerm Term(Vocabulary vocabulary, Term term) => new()
    {
        Id = HsdsIds.Term(vocabulary.Name, term.Code),
        Code = term.Code,
        Name = term.Label,
        Description = term.Definition,
        Taxonomy = vocabulary.Label,
        TaxonomyId = HsdsIds.Taxonomy(vocabulary.Name),
        Language = "en",
    };

    private HsdsService WithRelated(HsdsService service, ServiceEntry entry)
    {
        var id = service.Id;
        return service with
        {
            AdditionalUrls = Some(entry.Links.Select((l, i) => new HsdsUrl { Id = HsdsIds.Of(id, $"url/{i}"), Label = l.Label, Url = l.Url, ServiceId = id })),
            Phones = Some(HsdsPlaces.Phones(entry.Phones, id, "phone").Select(p => p with { ServiceId = id })),
            Schedules = Some(HsdsSchedules.Of(entry.Hours, id)),
            ServiceAreas = Some(HsdsPlaces.ServiceAreas(entry.ServiceArea, id)),
            ServiceAtLocations = Some(ServiceAtLocations(entry, full: true).Select(s => s with { Service = null })),
            Languages = Some(entry.Languages.Select(l => new HsdsLanguage
            {
                Id = HsdsIds.Of(id, $"language/{l.Language}"),
                ServiceId = id,
                Code = l.Language,
                Name = LanguageName(l.Language),
                Note = l.Note,
            })),
            CostOptions = Some(CostOptions(entry.Cost, id)),
            RequiredDocuments = Some((entry.Eligibility?.DocumentsRequired ?? []).Select(code => new HsdsRequiredDocument
            {
                Id = HsdsIds.Of(id, $"required_document/{code}"),
                ServiceId = id,
                Document = Label(VocabularyNames.RequiredDocument, code),
            })),
            Attributes = Some(Attributes(entry, id)),
        };
    }

    private IEnumerable<HsdsAttribute> Attributes(ServiceEntry entry, Guid service) =>
        from held in EntryTerms.Of(entry).Distinct()
        let vocabulary = vocabularies.Find(held.Vocabulary)
        let term = vocabularies.Find(held.Vocabulary, held.Code)
        where vocabulary is not null && term is not null
        select new HsdsAttribute
        {
            Id = HsdsIds.Of(service, $"attribute/{held.Vocabulary}/{held.Code}"),
            LinkId = service,
            LinkType = held.Vocabulary,
            LinkEntity = "service",
            TaxonomyTermId = HsdsIds.Term(held.Vocabulary, held.Code),
            Value = held.Code,
            Label = term.Label,
            TaxonomyTerm = Term(vocabulary, term),
        };

    private IEnumerable<HsdsCostOption> CostOptions(Cost? cost, Guid service)
    {
        foreach (var code in cost?.Options ?? [])
        {
            yield return new HsdsCostOption { Id = HsdsIds.Of(service, $"cost/{code}"), ServiceId = service, Option = Label(VocabularyNames.Cost, code) };
        }

        if (cost?.FeeMinimum is { } fee)
        {
            yield return new HsdsCostOption
            {
                Id = HsdsIds.Of(service, "cost/fee"),
                ServiceId = service,
                Currency = "USD",
                Amount = fee,
                AmountDescription = Fees(cost),
            };
        }
    }

    private static HsdsProfileExtension Profile(ServiceEntry entry) => new()
    {
        Kind = entry.Kind.Code(),
        Slug = entry.Slug!,
        CheckDueOn = entry.CheckDueOn,
        ImmigrationStatus = entry.Eligibility?.ImmigrationStatus,
        ImmigrationStatusEvidence = entry.Eligibility?.ImmigrationStatusEvidence,
        CapacityStatus = entry.Capacity?.Status,
        CapacityAsOf = entry.Capacity?.AsOf,
        RemoteService = entry.RemoteService?.Offered,
        Languages = Some(entry.Languages),
        Npi = (entry as Provider)?.Npi,
        Licences = Some((entry as Provider)?.Licences ?? []),
        BarAdmissions = Some((entry as Attorney)?.BarAdmissions ?? []),
        DojAccreditation = (entry as Attorney)?.DojAccreditation,
        DetainedDocket = (entry as Attorney)?.DetainedDocket,
    };

    private IEnumerable<string> Licences(ServiceEntry entry) => entry switch
    {
        Provider provider => provider.Licences.Select(l => $"{Label(VocabularyNames.LicenceType, l.Type)} {l.State} {l.Number}"),
        Attorney attorney => attorney.BarAdmissions.Select(b => $"Bar of {b.State} {b.Number}"),
        _ => [],
    };

    private string? Fees(Cost? cost) => cost is null
        ? null
        : Joined(cost.Options.Select(code => Label(VocabularyNames.Cost, code)).Append(Range(cost)).Append(cost.Note));

    private static string? Range(Cost cost) => (cost.FeeMinimum, cost.FeeMaximum) switch
    {
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"USD {low:0.##} to {high:0.##}"),
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"from USD {low:0.##}"),
        (null, { } high) => string.Create(CultureInfo.InvariantCulture, $"up to USD {high:0.##}"),
        _ => null,
    };

    private string? Eligibility(Eligibility? eligibility) => eligibility is null
        ? null
        : Joined(eligibility.Populations.Select(code => Label(VocabularyNames.Population, code))
            .Concat(eligibility.Conditions.Select(code => Label(VocabularyNames.Eligibility, code)))
            .Append(eligibility.Note));

    private string Label(string vocabulary, string code) => vocabularies.Find(vocabulary, code)?.Label ?? code;

    private static string LanguageName(string tag) => CultureInfo.GetCultureInfo(tag).EnglishName;

    private static string? Joined(IEnumerable<string?> parts) => string.Join("; ", parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;

    private static List<T>? Some<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
