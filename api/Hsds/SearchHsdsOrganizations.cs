using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="SearchHsdsOrganizations"/>.</summary>
public sealed class SearchHsdsOrganizationsSummary : Summary<SearchHsdsOrganizations>
{
    /// <summary>Sets the texts.</summary>
    public SearchHsdsOrganizationsSummary()
    {
        Summary = "List HSDS organizations by POST";
        Description = "Human Services Data Specification 3.1, /organizations.";
    }
}

/// <summary>POST /hsds/organizations</summary>
public sealed class SearchHsdsOrganizations(HsdsLists lists) : HsdsEndpoint<HsdsOrganizationsRequest, HsdsPage<HsdsOrganization>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Searches("/hsds/organizations");
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsOrganizationsRequest req, CancellationToken ct) => lists.OrganizationsAsync(HttpContext, req);
}
