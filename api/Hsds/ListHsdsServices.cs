using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="ListHsdsServices"/>.</summary>
public sealed class ListHsdsServicesSummary : Summary<ListHsdsServices>
{
    /// <summary>Sets the texts.</summary>
    public ListHsdsServicesSummary()
    {
        Summary = "List HSDS services";
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
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsServicesRequest req, CancellationToken ct) => lists.ServicesAsync(HttpContext, req);
}
