using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>
/// Maps a published provider, attorney or organization to HSDS: an organization, its service, and the locations of the service. A provider or
/// attorney is both the organization and its only service. Reads only the public document, so no private data can get through.
/// </summary>
public sealed class HsdsMapping(VocabularySet vocabularies, string? assurerEmail)
{
    private readonly HsdsTexts _texts = new(vocabularies);
    private readonly HsdsPlaces _places = new(vocabularies);

    /// <summary>The id of the service. For an organization, it is derived from the entry's id.</summary>
    public static Guid ServiceId(ServiceEntry entry) => entry is Organization ? HsdsIds.Of(entry.Id!.Value, "service") : entry.Id!.Value;

    /// <summary>The id of the organization.</summary>
    public static Guid OrganizationId(ServiceEntry entry) => entry is Organization ? entry.Id!.Value : HsdsIds.Of(entry.Id!.Value, "organization");

    /// <summary>The terms of the service and its locations, from their attributes.</summary>
    public static IEnumerable<(string Vocabulary, string Code)> Terms(ServiceEntry entry) =>
        HsdsAttributes.Terms(entry).Concat(entry.Locations.SelectMany(l => l.Accessibility).Select(code => (VocabularyNames.Accessibility, code))).Distinct();

    /// <summary>
    /// When anything in the service's document last changed: the entry, a verification, or a term. Null if unknown.
    /// </summary>
    public DateTimeOffset? LastModified(ServiceEntry entry) =>
        EntryTerms.Of(entry).Select(t => vocabularies.Find(t.Vocabulary, t.Code)?.ChangedAt).Append(entry.PublishedAt).Max();

    /// <summary>The service, in full or without nested lists.</summary>
    public HsdsService Service(ServiceEntry entry, bool full)
    {
        var service = new HsdsService
        {
            Id = ServiceId(entry),
            OrganizationId = OrganizationId(entry),
            Name = entry.Name,
            AlternateName = entry.AlternateNames is [var other, ..] ? other : null,
            Description = entry.Description ?? entry.Summary,
            Url = entry.Website,
            Email = entry.Emails is [var email, ..] ? email.Address : null,
            Status = "active",
            InterpretationServices = _texts.Interpretation(entry.Languages),
            ApplicationProcess = (entry as Attorney)?.IntakePolicy,
            FeesDescription = _texts.Fees(entry.Cost),
            WaitTime = entry.Capacity is { Status: "waitlist", WaitlistDays: { } days } ? string.Create(CultureInfo.InvariantCulture, $"{days} days") : null,
            Accreditations = _texts.Accreditations(entry),
            EligibilityDescription = _texts.Eligibility(entry.Eligibility),
            MinimumAge = entry.Eligibility?.MinimumAge,
            MaximumAge = entry.Eligibility?.MaximumAge,
            AssuredDate = entry.AssuredOn,
            AssurerEmail = entry.AssuredOn is null ? null : assurerEmail,
            Licenses = _texts.Licenses(entry),
            Alert = entry.Capacity?.Status == "full" ? "Not accepting new clients." : null,
            LastModified = LastModified(entry),
            Organization = Organization(entry, full: false),
            HealthEquity = Profile(entry),
        };
        return full ? WithRelated(service, entry) : service;
    }

    /// <summary>The organization, in full or without nested lists.</summary>
    public HsdsOrganization Organization(ServiceEntry entry, bool full, bool fullService = false)
    {
        var id = OrganizationId(entry);
        var organization = new HsdsOrganization
        {
            Id = id,
            Name = entry.Name,
            AlternateName = entry.AlternateNames is [var other, ..] ? other : null,
            Description = entry.Description ?? entry.Summary ?? entry.Name,
            Email = entry.Emails is [var email, ..] ? email.Address : null,
            Website = entry.Website,
            YearIncorporated = (entry as Organization)?.YearIncorporated,
            LegalStatus = (entry as Organization)?.LegalStatus,
        };
        return full ? WithRelated(organization, entry) with { Services = [Service(entry, fullService) with { Organization = null }] } : organization;
    }

    /// <summary>The locations of the service, each in full or without nested lists.</summary>
    public IEnumerable<HsdsServiceAtLocation> ServiceAtLocations(ServiceEntry entry, bool full)
    {
        var service = Service(entry, full) with { ServiceAtLocations = null };
        return Places(entry).Select(place => place with { Service = service, Location = full ? place.Location : place.Location!.Bare });
    }

    /// <summary>The locations of the service in full, with only the id of the service.</summary>
    public IEnumerable<HsdsServiceAtLocation> Places(ServiceEntry entry) => _places.Locations(entry).Select(location => new HsdsServiceAtLocation
    {
        Id = HsdsIds.Of(entry.Id!.Value, $"service_at_location/{location.Id}"),
        ServiceId = ServiceId(entry),
        LocationId = location.Id,
        Location = location,
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

    private HsdsOrganization WithRelated(HsdsOrganization organization, ServiceEntry entry)
    {
        var id = organization.Id;
        return organization with
        {
            AdditionalWebsites = HsdsTexts.Some(Links(entry)),
            Contacts = HsdsTexts.Some(Contacts(entry)),
            Phones = HsdsTexts.Some(Phones(entry)),
            Locations = HsdsTexts.Some(_places.Locations(entry)),
            OrganizationIdentifiers = entry is Organization { Ein: { } ein }
                ? [new HsdsOrganizationIdentifier { Id = HsdsIds.Of(id, "ein"), OrganizationId = id, IdentifierScheme = "US-EIN", IdentifierType = "EIN", Identifier = ein }]
                : null,
        };
    }

    private HsdsService WithRelated(HsdsService service, ServiceEntry entry)
    {
        var id = service.Id;
        return service with
        {
            AdditionalUrls = HsdsTexts.Some(Links(entry)),
            Contacts = HsdsTexts.Some(Contacts(entry)),
            Phones = HsdsTexts.Some(Phones(entry)),
            Schedules = HsdsTexts.Some(HsdsSchedules.Of(entry.Hours, id).Concat(HsdsSchedules.Of((entry as Attorney)?.IntakeHours, id, "Intake hours."))),
            ServiceAreas = HsdsTexts.Some(HsdsPlaces.ServiceAreas(entry.ServiceArea, id)),
            ServiceAtLocations = HsdsTexts.Some(Places(entry)),
            Organization = WithRelated(service.Organization!, entry),
            Languages = HsdsTexts.Some(Languages(entry, id)),
            CostOptions = HsdsTexts.Some(CostOptions(entry.Cost, id)),
            RequiredDocuments = HsdsTexts.Some((entry.Eligibility?.DocumentsRequired ?? []).Distinct().Select(code => new HsdsRequiredDocument
            {
                Id = HsdsIds.Of(id, $"required_document/{code}"),
                ServiceId = id,
                Document = _texts.Label(VocabularyNames.RequiredDocument, code),
            })),
            Attributes = HsdsTexts.Some(HsdsAttributes.Of(HsdsAttributes.Terms(entry), id, "service", vocabularies)),
        };
    }

    /// <summary>A phone of the whole entry belongs to both the service and the organization, with one id.</summary>
    private IEnumerable<HsdsPhone> Phones(ServiceEntry entry) =>
        _places.Phones(entry.Phones, entry.Id!.Value).Select(p => p with { ServiceId = ServiceId(entry), OrganizationId = OrganizationId(entry) });

    private static IEnumerable<HsdsUrl> Links(ServiceEntry entry)
    {
        var ids = new HsdsPartIds(entry.Id!.Value);
        return entry.Links.Select(link => new HsdsUrl
        {
            Id = ids.Next($"url/{link.Url}"),
            Label = link.Label,
            Url = link.Url,
            OrganizationId = OrganizationId(entry),
            ServiceId = ServiceId(entry),
        });
    }

    /// <summary>Email addresses that don't fit the single member <c>email</c>.</summary>
    private static IEnumerable<HsdsContact> Contacts(ServiceEntry entry)
    {
        var ids = new HsdsPartIds(entry.Id!.Value);
        return entry.Emails.Where((email, i) => i > 0 || email.Label is not null).Select(email => new HsdsContact
        {
            Id = ids.Next($"contact/{email.Address}"),
            OrganizationId = OrganizationId(entry),
            ServiceId = ServiceId(entry),
            Department = email.Label,
            Email = email.Address,
        });
    }

    /// <summary>In the standard, these are languages spoken by staff. Interpreted languages are in interpretation_services.</summary>
    private IEnumerable<HsdsLanguage> Languages(ServiceEntry entry, Guid service)
    {
        var ids = new HsdsPartIds(service);
        return entry.Languages.Where(l => l.How.Count == 0 || l.How.Contains("staff")).Select(l => new HsdsLanguage
        {
            Id = ids.Next($"language/{l.Language}"),
            ServiceId = service,
            Code = HsdsTexts.LanguageCode(l.Language),
            Name = HsdsTexts.LanguageName(l.Language),
            Note = _texts.LanguageNote(l),
        });
    }

    private IEnumerable<HsdsCostOption> CostOptions(Cost? cost, Guid service)
    {
        if (cost is null)
        {
            yield break;
        }

        foreach (var code in cost.Options.Distinct())
        {
            yield return new HsdsCostOption { Id = HsdsIds.Of(service, $"cost/{code}"), ServiceId = service, Option = _texts.Label(VocabularyNames.Cost, code) };
        }

        foreach (var insurer in cost.Insurers.Distinct())
        {
            yield return new HsdsCostOption { Id = HsdsIds.Of(service, $"cost/insurer/{insurer}"), ServiceId = service, Option = $"Insurance: {insurer}" };
        }

        if (HsdsTexts.Range(cost) is { } range)
        {
            yield return new HsdsCostOption
            {
                Id = HsdsIds.Of(service, "cost/fee"),
                ServiceId = service,
                Currency = "USD",
                Amount = cost.FeeMinimum,
                AmountDescription = range,
            };
        }
    }

    private static HsdsProfileExtension Profile(ServiceEntry entry) => new()
    {
        Kind = entry.Kind.Code(),
        Slug = entry.Slug!,
        AlternateNames = HsdsTexts.Some(entry.AlternateNames),
        CheckDueOn = entry.CheckDueOn,
        ImmigrationStatus = entry.Eligibility?.ImmigrationStatus,
        ImmigrationStatusEvidence = entry.Eligibility?.ImmigrationStatusEvidence,
        CapacityStatus = entry.Capacity?.Status,
        CapacityAsOf = entry.Capacity?.AsOf,
        RemoteService = entry.RemoteService?.Offered,
        RemoteStates = HsdsTexts.Some(entry.RemoteService?.States ?? []),
        TimeZone = entry.Hours?.TimeZone ?? (entry as Attorney)?.IntakeHours?.TimeZone,
        LanguageServices = HsdsTexts.Some(entry.Languages),
        Npi = (entry as Provider)?.Npi,
        Licenses = HsdsTexts.Some((entry as Provider)?.Licenses ?? []),
        BarAdmissions = HsdsTexts.Some((entry as Attorney)?.BarAdmissions ?? []),
        DojAccreditation = (entry as Attorney)?.DojAccreditation,
        DetainedDocket = (entry as Attorney)?.DetainedDocket,
    };
}
