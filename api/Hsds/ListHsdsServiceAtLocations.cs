using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="ListHsdsServiceAtLocations"/>.</summary>
public sealed class ListHsdsServiceAtLocationsSummary : Summary<ListHsdsServiceAtLocations>
{
    /// <summary>Sets the texts.</summary>
    public ListHsdsServiceAtLocationsSummary()
    {
        Summary = "List HSDS services at locations";
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
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsServiceAtLocationsRequest req, CancellationToken ct) => lists.ServiceAtLocationsAsync(HttpContext, req);
}
