using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="ListHsdsServiceAtLocations"/>.</summary>
public sealed class ListHsdsServiceAtLocationsSummary : Summary<ListHsdsServiceAtLocations>
{
    /// <summary>Sets the texts.</summary>
    public ListHsdsServiceAtLocationsSummary()
    {
        Summary = "List the places at which services are given, as HSDS has them";
        Description = "Human Services Data Specification 3.1, /service_at_locations.";
    }
}

/// <summary>GET /hsds/service_at_locations</summary>
public sealed class ListHsdsServiceAtLocations(HsdsLists lists) : HsdsEndpoint<HsdsServiceAtLocationsRequest, HsdsPage<HsdsServiceAtLocation>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/service_at_locations");
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsServiceAtLocationsRequest req, CancellationToken ct) => lists.ServiceAtLocationsAsync(HttpContext, req);
}
