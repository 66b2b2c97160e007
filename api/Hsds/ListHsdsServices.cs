using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="ListHsdsServices"/>.</summary>
public sealed class ListHsdsServicesSummary : Summary<ListHsdsServices>
{
    /// <summary>Sets the texts.</summary>
    public ListHsdsServicesSummary()
    {
        Summary = "List services, as HSDS has them";
        Description = "Human Services Data Specification 3.1, /services.";
    }
}

/// <summary>GET /hsds/services</summary>
public sealed class ListHsdsServices(HsdsLists lists) : HsdsEndpoint<HsdsServicesRequest, HsdsPage<HsdsService>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/services");
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsServicesRequest req, CancellationToken ct) => lists.ServicesAsync(HttpContext, req);
}
