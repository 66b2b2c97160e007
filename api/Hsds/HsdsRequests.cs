using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Parameters;

namespace HealthEquity.Api.Hsds;

/// <summary>Parameters of all HSDS lists, with the standard's names.</summary>
public abstract record HsdsListRequest
{
    /// <summary>Full-text search.</summary>
    [Parameter(Example = "asylum")]
    public string? Search { get; init; }

    /// <summary>The page number, starting at 1.</summary>
    [Parameter(Example = "1")]
    public int Page { get; init; } = 1;

    /// <summary>Items per page, at most 100. Defaults to 20.</summary>
    [Parameter(Name = "per_page", Example = "20")]
    public int? PerPage { get; init; }

    /// <summary>json, or ndjson for all items, one per line.</summary>
    [Parameter]
    public HsdsFormat Format { get; init; }
}

/// <summary>Formats of an HSDS list.</summary>
public enum HsdsFormat
{
    /// <summary>A page in an envelope.</summary>
    Json,

    /// <summary>All documents, one per line, streamed.</summary>
    Ndjson,
}

/// <summary>Parameters of lists of services, organizations and locations.</summary>
public abstract record HsdsServiceListRequest : HsdsListRequest
{
    /// <summary>Taxonomy terms (ids); matches any.</summary>
    [Parameter(Name = "taxonomy_term_id")]
    public IReadOnlyList<string> TaxonomyTermId { get; init; } = [];

    /// <summary>Taxonomies (ids); matches any of their terms.</summary>
    [Parameter(Name = "taxonomy_id")]
    public IReadOnlyList<string> TaxonomyId { get; init; } = [];

    /// <summary>True to include all related entities.</summary>
    [Parameter]
    public bool Full { get; init; }
}

/// <summary>A request for services.</summary>
public sealed record HsdsServicesRequest : HsdsServiceListRequest
{
    /// <summary>Organizations (ids); matches any.</summary>
    [Parameter(Name = "organization_id")]
    public IReadOnlyList<string> OrganizationId { get; init; } = [];

    /// <summary>Only items changed at or after this time, ISO 8601.</summary>
    [Parameter(Name = "modified_after", Example = "2026-01-31T00:00:00Z")]
    public string? ModifiedAfter { get; init; }

    /// <summary>True for only ids and modification dates, all on one page unless per_page is given.</summary>
    [Parameter]
    public bool Minimal { get; init; }
}

/// <summary>A request for organizations.</summary>
public sealed record HsdsOrganizationsRequest : HsdsServiceListRequest
{
    /// <summary>True to include complete services.</summary>
    [Parameter(Name = "full_service")]
    public bool FullService { get; init; }
}

/// <summary>A request for services at locations.</summary>
public sealed record HsdsServiceAtLocationsRequest : HsdsServiceListRequest
{
    /// <summary>Organizations (ids); matches any.</summary>
    [Parameter(Name = "organization_id")]
    public IReadOnlyList<string> OrganizationId { get; init; } = [];

    /// <summary>Only items changed at or after this time, ISO 8601.</summary>
    [Parameter(Name = "modified_after", Example = "2026-01-31T00:00:00Z")]
    public string? ModifiedAfter { get; init; }

    /// <summary>A ZIP code: services for it or, with proximity, locations near it.</summary>
    [Parameter(Codes = CodeSet.Zip, Example = "33130")]
    public string? Postcode { get; init; }

    /// <summary>The distance from the center of the postcode, in meters.</summary>
    [Parameter(Example = "20000")]
    public double? Proximity { get; init; }
}

/// <summary>A request for taxonomies.</summary>
public sealed record HsdsTaxonomiesRequest : HsdsListRequest;

/// <summary>A request for taxonomy terms.</summary>
public sealed record HsdsTaxonomyTermsRequest : HsdsListRequest
{
    /// <summary>Taxonomies (ids); matches any.</summary>
    [Parameter(Name = "taxonomy_id")]
    public IReadOnlyList<string> TaxonomyId { get; init; } = [];

    /// <summary>Only terms without a parent. Our terms have no parents.</summary>
    [Parameter(Name = "top_only")]
    public bool TopOnly { get; init; }

    /// <summary>Only children of this term. Our terms have no children.</summary>
    [Parameter(Name = "parent_id")]
    public IReadOnlyList<string> ParentId { get; init; } = [];
}

/// <summary>A request for one entity.</summary>
public record HsdsOneRequest
{
    /// <summary>The id, a UUID.</summary>
    [Parameter]
    public string Id { get; init; } = "";
}

/// <summary>A request for one organization.</summary>
public sealed record HsdsOrganizationRequest : HsdsOneRequest
{
    /// <summary>True to include complete services.</summary>
    [Parameter(Name = "full_service")]
    public bool FullService { get; init; }
}

/// <summary>Validates all HSDS lists.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
public abstract class HsdsListValidator<TRequest> : Validator<TRequest>
    where TRequest : HsdsListRequest
{
    /// <summary>Defines the rules.</summary>
    protected HsdsListValidator()
    {
        RuleFor(r => r.Page).InclusiveBetween(1, 1_000_000).WithMessage("must be between 1 and 1000000.");
        RuleFor(r => r.PerPage).InclusiveBetween(1, 100).WithMessage("must be between 1 and 100.").OverridePropertyName("per_page");
    }

    /// <summary>True for an ISO 8601 time, or none.</summary>
    protected static bool IsMoment(string? text) => text is null || HsdsMoment.TryRead(text, out _);
}

/// <summary>Validates a <see cref="HsdsServicesRequest"/>.</summary>
public sealed class HsdsServicesValidator : HsdsListValidator<HsdsServicesRequest>
{
    /// <summary>Defines the rules.</summary>
    public HsdsServicesValidator() =>
        RuleFor(r => r.ModifiedAfter).Must(IsMoment).WithMessage("is not a date and time. Write it as 2026-01-31T00:00:00Z.").OverridePropertyName("modified_after");
}

/// <summary>Validates a <see cref="HsdsOrganizationsRequest"/>.</summary>
public sealed class HsdsOrganizationsValidator : HsdsListValidator<HsdsOrganizationsRequest>;

/// <summary>Validates a <see cref="HsdsServiceAtLocationsRequest"/>.</summary>
public sealed class HsdsServiceAtLocationsValidator : HsdsListValidator<HsdsServiceAtLocationsRequest>
{
    /// <summary>Defines the rules.</summary>
    public HsdsServiceAtLocationsValidator()
    {
        RuleFor(r => r.ModifiedAfter).Must(IsMoment).WithMessage("is not a date and time. Write it as 2026-01-31T00:00:00Z.").OverridePropertyName("modified_after");
        RuleFor(r => r.Proximity).InclusiveBetween(1, 1_000_000).WithMessage("must be between 1 and 1000000 meters.");
        RuleFor(r => r.Postcode).NotNull().When(r => r.Proximity is not null).WithMessage("is required with proximity.");
    }
}

/// <summary>Validates a <see cref="HsdsTaxonomiesRequest"/>.</summary>
public sealed class HsdsTaxonomiesValidator : HsdsListValidator<HsdsTaxonomiesRequest>;

/// <summary>Validates a <see cref="HsdsTaxonomyTermsRequest"/>.</summary>
public sealed class HsdsTaxonomyTermsValidator : HsdsListValidator<HsdsTaxonomyTermsRequest>;

/// <summary>Nothing to validate: anything but a UUID is not found.</summary>
public sealed class HsdsOneValidator : Validator<HsdsOneRequest>;

/// <summary>Nothing to validate: anything but a UUID is not found.</summary>
public sealed class HsdsOrganizationValidator : Validator<HsdsOrganizationRequest>;
