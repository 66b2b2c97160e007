using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Parameters;

namespace HealthEquity.Api.Hsds;

/// <summary>What every HSDS list takes. The names are the standard's.</summary>
public abstract record HsdsListRequest
{
    /// <summary>Full text search.</summary>
    [Parameter(Example = "asylum")]
    public string? Search { get; init; }

    /// <summary>The page, from 1.</summary>
    [Parameter(Example = "1")]
    public int Page { get; init; } = 1;

    /// <summary>Things on a page, 100 at most; 20 when not said.</summary>
    [Parameter(Name = "per_page", Example = "20")]
    public int? PerPage { get; init; }

    /// <summary>json, or ndjson for everything at once, a line each.</summary>
    [Parameter]
    public HsdsFormat Format { get; init; }
}

/// <summary>Forms of an HSDS list.</summary>
public enum HsdsFormat
{
    /// <summary>A page in an envelope.</summary>
    Json,

    /// <summary>Everything, a document a line, streamed.</summary>
    Ndjson,
}

/// <summary>What lists of services, organizations and places take.</summary>
public abstract record HsdsServiceListRequest : HsdsListRequest
{
    /// <summary>Terms (ids); any of them.</summary>
    [Parameter(Name = "taxonomy_term_id")]
    public IReadOnlyList<string> TaxonomyTermId { get; init; } = [];

    /// <summary>Taxonomies (ids); any term of any of them.</summary>
    [Parameter(Name = "taxonomy_id")]
    public IReadOnlyList<string> TaxonomyId { get; init; } = [];

    /// <summary>Whole, with all that is related.</summary>
    [Parameter]
    public bool Full { get; init; }
}

/// <summary>Asks for services.</summary>
public sealed record HsdsServicesRequest : HsdsServiceListRequest
{
    /// <summary>Organizations (ids) that offer them; any of them.</summary>
    [Parameter(Name = "organization_id")]
    public IReadOnlyList<string> OrganizationId { get; init; } = [];

    /// <summary>Only what changed at or after this moment, ISO 8601.</summary>
    [Parameter(Name = "modified_after", Example = "2026-01-31T00:00:00Z")]
    public string? ModifiedAfter { get; init; }

    /// <summary>Ids and dates of change only, all of them on one page unless per_page is said.</summary>
    [Parameter]
    public bool Minimal { get; init; }
}

/// <summary>Asks for organizations.</summary>
public sealed record HsdsOrganizationsRequest : HsdsServiceListRequest
{
    /// <summary>Whole, with whole services.</summary>
    [Parameter(Name = "full_service")]
    public bool FullService { get; init; }
}

/// <summary>Asks for places at which services are given.</summary>
public sealed record HsdsServiceAtLocationsRequest : HsdsServiceListRequest
{
    /// <summary>Organizations (ids) that offer them; any of them.</summary>
    [Parameter(Name = "organization_id")]
    public IReadOnlyList<string> OrganizationId { get; init; } = [];

    /// <summary>Only what changed at or after this moment, ISO 8601.</summary>
    [Parameter(Name = "modified_after", Example = "2026-01-31T00:00:00Z")]
    public string? ModifiedAfter { get; init; }

    /// <summary>A ZIP code: services that serve it or, with proximity, places near it.</summary>
    [Parameter(Codes = CodeSet.Zip, Example = "33130")]
    public string? Postcode { get; init; }

    /// <summary>Distance from the postcode's middle, meters.</summary>
    [Parameter(Example = "20000")]
    public double? Proximity { get; init; }
}

/// <summary>Asks for taxonomies.</summary>
public sealed record HsdsTaxonomiesRequest : HsdsListRequest;

/// <summary>Asks for terms.</summary>
public sealed record HsdsTaxonomyTermsRequest : HsdsListRequest
{
    /// <summary>Taxonomies (ids); any of them.</summary>
    [Parameter(Name = "taxonomy_id")]
    public IReadOnlyList<string> TaxonomyId { get; init; } = [];

    /// <summary>Only terms without a parent; ours have none.</summary>
    [Parameter(Name = "top_only")]
    public bool TopOnly { get; init; }

    /// <summary>Terms under this one; ours have none.</summary>
    [Parameter(Name = "parent_id")]
    public IReadOnlyList<string> ParentId { get; init; } = [];
}

/// <summary>Asks for one thing.</summary>
public record HsdsOneRequest
{
    /// <summary>Its id, a UUID.</summary>
    [Parameter]
    public string Id { get; init; } = "";
}

/// <summary>Asks for one organization.</summary>
public sealed record HsdsOrganizationRequest : HsdsOneRequest
{
    /// <summary>With whole services.</summary>
    [Parameter(Name = "full_service")]
    public bool FullService { get; init; }
}

/// <summary>The bounds of every HSDS list.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
public abstract class HsdsListValidator<TRequest> : Validator<TRequest>
    where TRequest : HsdsListRequest
{
    /// <summary>Sets the rules.</summary>
    protected HsdsListValidator()
    {
        RuleFor(r => r.Page).InclusiveBetween(1, 1_000_000).WithMessage("is to be from 1 to 1000000.");
        RuleFor(r => r.PerPage).InclusiveBetween(1, 100).WithMessage("is to be from 1 to 100.").OverridePropertyName("per_page");
    }

    /// <summary>True for a moment as ISO 8601 writes it, or none.</summary>
    protected static bool IsMoment(string? text) => text is null || HsdsMoment.TryRead(text, out _);
}

/// <summary>The bounds of <see cref="HsdsServicesRequest"/>.</summary>
public sealed class HsdsServicesValidator : HsdsListValidator<HsdsServicesRequest>
{
    /// <summary>Sets the rules.</summary>
    public HsdsServicesValidator() =>
        RuleFor(r => r.ModifiedAfter).Must(IsMoment).WithMessage("is no date and time; write it as 2026-01-31T00:00:00Z.").OverridePropertyName("modified_after");
}

/// <summary>The bounds of <see cref="HsdsOrganizationsRequest"/>.</summary>
public sealed class HsdsOrganizationsValidator : HsdsListValidator<HsdsOrganizationsRequest>;

/// <summary>The bounds of <see cref="HsdsServiceAtLocationsRequest"/>.</summary>
public sealed class HsdsServiceAtLocationsValidator : HsdsListValidator<HsdsServiceAtLocationsRequest>
{
    /// <summary>Sets the rules.</summary>
    public HsdsServiceAtLocationsValidator()
    {
        RuleFor(r => r.ModifiedAfter).Must(IsMoment).WithMessage("is no date and time; write it as 2026-01-31T00:00:00Z.").OverridePropertyName("modified_after");
        RuleFor(r => r.Proximity).InclusiveBetween(1, 1_000_000).WithMessage("is to be from 1 to 1000000 meters.");
        RuleFor(r => r.Postcode).NotNull().When(r => r.Proximity is not null).WithMessage("is needed with proximity.");
    }
}

/// <summary>The bounds of <see cref="HsdsTaxonomiesRequest"/>.</summary>
public sealed class HsdsTaxonomiesValidator : HsdsListValidator<HsdsTaxonomiesRequest>;

/// <summary>The bounds of <see cref="HsdsTaxonomyTermsRequest"/>.</summary>
public sealed class HsdsTaxonomyTermsValidator : HsdsListValidator<HsdsTaxonomyTermsRequest>;

/// <summary>There are no bounds: what is no UUID is not found.</summary>
public sealed class HsdsOneValidator : Validator<HsdsOneRequest>;

/// <summary>There are no bounds: what is no UUID is not found.</summary>
public sealed class HsdsOrganizationValidator : Validator<HsdsOrganizationRequest>;
