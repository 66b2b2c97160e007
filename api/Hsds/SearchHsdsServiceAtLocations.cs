using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="SearchHsdsServiceAtLocations"/>.</summary>
public sealed class SearchHsdsServiceAtLocationsSummary : Summary<SearchHsdsServiceAtLocations>
{
    /// <summary>Sets the texts.</summary>
    public SearchHsdsServiceAtLocationsSummary()
    {
        Summary = "List HSDS services at locations by POST";
        Description = "Human Services Data Specification 3.1, /service_at_locations.";
    }
}

/// <summary>POST /hsds/service_at_locations</summary>
public sealed class SearchHsdsServiceAtLocations(HsdsLists lists) : HsdsEndpoint<HsdsServiceAtLocationsRequest, HsdsPage<HsdsServiceAtLocation>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Searches("/hsds/service_at_locations");
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsServiceAtLocationsRequest req, CancellationToken ct) => lists.ServiceAtLocationsAsync(HttpContext, req);
}
