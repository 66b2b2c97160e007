namespace HealthEquity.Formats.Hsds.Writing;

#pragma warning disable CS1591 // the members are the standard's own: https://docs.openreferral.org/en/v3.1.0/hsds/schema_reference.html

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

    public IReadOnlyList<HsdsContact>? Contacts { get; init; }

    public IReadOnlyList<HsdsPhone>? Phones { get; init; }

    public IReadOnlyList<HsdsSchedule>? Schedules { get; init; }

    public IReadOnlyList<HsdsServiceArea>? ServiceAreas { get; init; }

    public IReadOnlyList<HsdsServiceAtLocation>? ServiceAtLocations { get; init; }

    public IReadOnlyList<HsdsLanguage>? Languages { get; init; }

    public HsdsOrganization? Organization { get; init; }

    public IReadOnlyList<HsdsCostOption>? CostOptions { get; init; }

    public IReadOnlyList<HsdsRequiredDocument>? RequiredDocuments { get; init; }

    public IReadOnlyList<HsdsAttribute>? Attributes { get; init; }

    /// <summary>The single member that our profile adds.</summary>
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

    public IReadOnlyList<HsdsContact>? Contacts { get; init; }

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

    public HsdsLocation? Location { get; init; }

    public HsdsService? Service { get; init; }
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

/// <summary>HSDS <c>schedule</c>, whose time zone is a number: the UTC offset in winter, in hours.</summary>
public sealed record HsdsSchedule
{
    public required Guid Id { get; init; }

    public Guid? ServiceId { get; init; }

    public double? Timezone { get; init; }

    public string? Freq { get; init; }

    public string? Byday { get; init; }

    public string? Description { get; init; }

    public string? OpensAt { get; init; }

    public string? ClosesAt { get; init; }

    public string? Notes { get; init; }
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

/// <summary>HSDS <c>url</c>.</summary>
public sealed record HsdsUrl
{
    public required Guid Id { get; init; }

    public string? Label { get; init; }

    public required string Url { get; init; }

    public Guid? OrganizationId { get; init; }

    public Guid? ServiceId { get; init; }
}
#pragma warning restore CS1591
