using System.Text.Json;
using System.Text.Json.Serialization;

namespace HealthEquity.Db.Hsds;

#pragma warning disable CS1591 // the members are the standard's own: https://docs.openreferral.org/en/v3.1.0/hsds/schema_reference.html

/// <summary>How HSDS documents are written: snake_case, and nulls left out, because the standard's schemas refuse them.</summary>
public static class HsdsJson
{
    /// <summary>The serializer's options.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

/// <summary>HSDS <c>service</c>: what an entry offers.</summary>
public sealed record HsdsService
{
    public required Guid Id { get; init; }

    public Guid? OrganizationId { get; init; }

    public required string Name { get; init; }

    public string? AlternateName { get; init; }

    public string? Description { get; init; }

    public string? Url { get; init; }

    public IReadOnlyList<HsdsUrl>? AdditionalUrls { get; init; }

    public string? Email { get; init; }

    public required string Status { get; init; }

    public string? InterpretationServices { get; init; }

    public string? ApplicationProcess { get; init; }

    public string? FeesDescription { get; init; }

    public string? WaitTime { get; init; }

    public string? Accreditations { get; init; }

    public string? EligibilityDescription { get; init; }

    public int? MinimumAge { get; init; }

    public int? MaximumAge { get; init; }

    public DateOnly? AssuredDate { get; init; }

    public string? AssurerEmail { get; init; }

    public string? Licenses { get; init; }

    public string? Alert { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    public IReadOnlyList<HsdsPhone>? Phones { get; init; }

    public IReadOnlyList<HsdsSchedule>? Schedules { get; init; }

    public IReadOnlyList<HsdsServiceArea>? ServiceAreas { get; init; }

    public IReadOnlyList<HsdsServiceAtLocation>? ServiceAtLocations { get; init; }

    public IReadOnlyList<HsdsLanguage>? Languages { get; init; }

    public HsdsOrganization? Organization { get; init; }

    public IReadOnlyList<HsdsCostOption>? CostOptions { get; init; }

    public IReadOnlyList<HsdsRequiredDocument>? RequiredDocuments { get; init; }

    public IReadOnlyList<HsdsAttribute>? Attributes { get; init; }

    /// <summary>Our profile's one extra member: what the standard has no place for.</summary>
    public HsdsProfileExtension? HealthEquity { get; init; }
}

/// <summary>HSDS <c>organization</c>.</summary>
public sealed record HsdsOrganization
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string? AlternateName { get; init; }

    public required string Description { get; init; }

    public string? Email { get; init; }

    public string? Website { get; init; }

    public IReadOnlyList<HsdsUrl>? AdditionalWebsites { get; init; }

    public int? YearIncorporated { get; init; }

    public string? LegalStatus { get; init; }

    public string? Uri { get; init; }

    public IReadOnlyList<HsdsPhone>? Phones { get; init; }

    public IReadOnlyList<HsdsLocation>? Locations { get; init; }

    public IReadOnlyList<HsdsOrganizationIdentifier>? OrganizationIdentifiers { get; init; }

    public IReadOnlyList<HsdsService>? Services { get; init; }
}

/// <summary>HSDS <c>service_at_location</c>.</summary>
public sealed record HsdsServiceAtLocation
{
    public required Guid Id { get; init; }

    public Guid? ServiceId { get; init; }

    public Guid? LocationId { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<HsdsPhone>? Phones { get; init; }

    public IReadOnlyList<HsdsSchedule>? Schedules { get; init; }

    public HsdsLocation? Location { get; init; }

    public HsdsService? Service { get; init; }
}

/// <summary>HSDS <c>location</c>. A place of which only the county is public has neither address nor coordinates.</summary>
public sealed record HsdsLocation
{
    public required Guid Id { get; init; }

    public required string LocationType { get; init; }

    public Guid? OrganizationId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Transportation { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public IReadOnlyList<HsdsAddress>? Addresses { get; init; }

    public IReadOnlyList<HsdsAccessibility>? Accessibility { get; init; }

    public IReadOnlyList<HsdsPhone>? Phones { get; init; }
}

/// <summary>HSDS <c>address</c>.</summary>
public sealed record HsdsAddress
{
    public required Guid Id { get; init; }

    public Guid? LocationId { get; init; }

    [JsonPropertyName("address_1")]
    public required string Address1 { get; init; }

    [JsonPropertyName("address_2")]
    public string? Address2 { get; init; }

    public required string City { get; init; }

    public string? Region { get; init; }

    public required string StateProvince { get; init; }

    public required string PostalCode { get; init; }

    public required string Country { get; init; }

    public required string AddressType { get; init; }
}

/// <summary>HSDS <c>phone</c>; the extension is a number there.</summary>
public sealed record HsdsPhone
{
    public required Guid Id { get; init; }

    public Guid? LocationId { get; init; }

    public Guid? ServiceId { get; init; }

    public required string Number { get; init; }

    public long? Extension { get; init; }

    public string? Type { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<HsdsLanguage>? Languages { get; init; }
}

/// <summary>HSDS <c>schedule</c>; the time zone is a number there: hours from UTC in winter.</summary>
public sealed record HsdsSchedule
{
    public required Guid Id { get; init; }

    public Guid? ServiceId { get; init; }

    public double? Timezone { get; init; }

    public string? Freq { get; init; }

    public int? Interval { get; init; }

    public string? Byday { get; init; }

    public string? Description { get; init; }

    public string? OpensAt { get; init; }

    public string? ClosesAt { get; init; }

    public string? Notes { get; init; }
}

/// <summary>HSDS <c>service_area</c>.</summary>
public sealed record HsdsServiceArea
{
    public required Guid Id { get; init; }

    public Guid? ServiceId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Extent { get; init; }

    public string? ExtentType { get; init; }
}

/// <summary>HSDS <c>language</c>.</summary>
public sealed record HsdsLanguage
{
    public required Guid Id { get; init; }

    public Guid? ServiceId { get; init; }

    public Guid? PhoneId { get; init; }

    public string? Name { get; init; }

    public string? Code { get; init; }

    public string? Note { get; init; }
}

/// <summary>HSDS <c>cost_option</c>.</summary>
public sealed record HsdsCostOption
{
    public required Guid Id { get; init; }

    public Guid? ServiceId { get; init; }

    public string? Option { get; init; }

    public string? Currency { get; init; }

    public decimal? Amount { get; init; }

    public string? AmountDescription { get; init; }
}

/// <summary>HSDS <c>required_document</c>.</summary>
public sealed record HsdsRequiredDocument
{
    public required Guid Id { get; init; }

    public Guid? ServiceId { get; init; }

    public required string Document { get; init; }
}

/// <summary>HSDS <c>accessibility</c>.</summary>
public sealed record HsdsAccessibility
{
    public required Guid Id { get; init; }

    public Guid? LocationId { get; init; }

    public required string Description { get; init; }
}

/// <summary>HSDS <c>url</c>.</summary>
public sealed record HsdsUrl
{
    public required Guid Id { get; init; }

    public string? Label { get; init; }

    public required string Url { get; init; }

    public Guid? OrganizationId { get; init; }

    public Guid? ServiceId { get; init; }
}

/// <summary>HSDS <c>organization_identifier</c>.</summary>
public sealed record HsdsOrganizationIdentifier
{
    public required Guid Id { get; init; }

    public Guid? OrganizationId { get; init; }

    public string? IdentifierScheme { get; init; }

    public required string IdentifierType { get; init; }

    public required string Identifier { get; init; }
}

/// <summary>HSDS <c>attribute</c>: a term that an entity holds.</summary>
public sealed record HsdsAttribute
{
    public required Guid Id { get; init; }

    public required Guid LinkId { get; init; }

    public required Guid TaxonomyTermId { get; init; }

    public required string LinkType { get; init; }

    public required string LinkEntity { get; init; }

    public string? Value { get; init; }

    public string? Label { get; init; }

    public HsdsTaxonomyTerm? TaxonomyTerm { get; init; }
}

/// <summary>HSDS <c>taxonomy</c>: one of our vocabularies.</summary>
public sealed record HsdsTaxonomy
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public string? Uri { get; init; }

    public string? Version { get; init; }
}

/// <summary>HSDS <c>taxonomy_term</c>: one of our terms.</summary>
public sealed record HsdsTaxonomyTerm
{
    public required Guid Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public string? Taxonomy { get; init; }

    public required Guid TaxonomyId { get; init; }

    public string? Language { get; init; }
}

/// <summary>What our profile adds to a service; each member is as in the directory's own document of the entry.</summary>
public sealed record HsdsProfileExtension
{
    /// <summary>The kind of entry: provider, attorney, organization.</summary>
    public required string Kind { get; init; }

    /// <summary>The entry's slug in the directory's own API.</summary>
    public required string Slug { get; init; }

    /// <summary>The day by which the entry is to be checked again.</summary>
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>notAsked, notRequired, restricted, unknown.</summary>
    public string? ImmigrationStatus { get; init; }

    /// <summary>How that is known.</summary>
    public string? ImmigrationStatusEvidence { get; init; }

    /// <summary>accepting, waitlist, full, unknown.</summary>
    public string? CapacityStatus { get; init; }

    /// <summary>The day on which that was true.</summary>
    public DateOnly? CapacityAsOf { get; init; }

    /// <summary>yes, no, unknown.</summary>
    public string? RemoteService { get; init; }

    /// <summary>Languages with the way in which each is spoken.</summary>
    public IReadOnlyList<Entries.LanguageOffered>? Languages { get; init; }

    /// <summary>National Provider Identifier.</summary>
    public string? Npi { get; init; }

    /// <summary>Licences from state boards.</summary>
    public IReadOnlyList<Providers.Licence>? Licences { get; init; }

    /// <summary>Admissions to the bar.</summary>
    public IReadOnlyList<Attorneys.BarAdmission>? BarAdmissions { get; init; }

    /// <summary>Accreditation by the Department of Justice.</summary>
    public Attorneys.DojAccreditation? DojAccreditation { get; init; }

    /// <summary>Whether cases of people in detention are taken.</summary>
    public string? DetainedDocket { get; init; }
}
#pragma warning restore CS1591
