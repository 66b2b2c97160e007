using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="ListHsdsOrganizations"/>.</summary>
public sealed class ListHsdsOrganizationsSummary : Summary<ListHsdsOrganizations>
{
    /// <summary>Sets the texts.</summary>
    public ListHsdsOrganizationsSummary()
    {
        Summary = "List organizations, as HSDS has them";
        Description = "Human Services Data Specification 3.1, /organizations.";
    }
}

/// <summary>GET /hsds/organizations</summary>
public sealed class ListHsdsOrganizations(HsdsLists lists) : HsdsEndpoint<HsdsOrganizationsRequest, HsdsPage<HsdsOrganization>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/organizations");
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsOrganizationsRequest req, CancellationToken ct) => lists.OrganizationsAsync(HttpContext, req);
}
