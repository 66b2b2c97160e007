using System.Text.Json.Serialization;

namespace HealthEquity.Formats.Hsds.Writing;

#pragma warning disable CS1591 // the members are the standard's own: https://docs.openreferral.org/en/v3.1.0/hsds/schema_reference.html

/// <summary>HSDS <c>location</c>. A location with only its county public has neither address nor coordinates.</summary>
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

    public IReadOnlyList<HsdsAttribute>? Attributes { get; init; }

    internal HsdsLocation Bare => this with { Addresses = null, Accessibility = null, Phones = null, Attributes = null };
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

/// <summary>HSDS <c>phone</c>, whose extension is a number.</summary>
public sealed record HsdsPhone
{
    public required Guid Id { get; init; }

    public Guid? LocationId { get; init; }

    public Guid? ServiceId { get; init; }

    public Guid? OrganizationId { get; init; }

    public required string Number { get; init; }

    public long? Extension { get; init; }

    public string? Type { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<HsdsLanguage>? Languages { get; init; }
}

/// <summary>HSDS <c>contact</c>: an email address and its purpose.</summary>
public sealed record HsdsContact
{
    public required Guid Id { get; init; }

    public Guid? OrganizationId { get; init; }

    public Guid? ServiceId { get; init; }

    public string? Department { get; init; }

    public string? Email { get; init; }
}

/// <summary>HSDS <c>accessibility</c>.</summary>
public sealed record HsdsAccessibility
{
    public required Guid Id { get; init; }

    public Guid? LocationId { get; init; }

    public required string Description { get; init; }
}
#pragma warning restore CS1591
