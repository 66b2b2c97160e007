using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="ListHsdsOrganizations"/>.</summary>
public sealed class ListHsdsOrganizationsSummary : Summary<ListHsdsOrganizations>
{
    /// <summary>Sets the texts.</summary>
    public ListHsdsOrganizationsSummary()
    {
        Summary = "List HSDS organizations";
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
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsOrganizationsRequest req, CancellationToken ct) => lists.OrganizationsAsync(HttpContext, req);
}
