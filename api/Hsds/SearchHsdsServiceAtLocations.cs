using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="SearchHsdsServiceAtLocations"/>.</summary>
public sealed class SearchHsdsServiceAtLocationsSummary : Summary<SearchHsdsServiceAtLocations>
{
    /// <summary>Sets the texts.</summary>
    public SearchHsdsServiceAtLocationsSummary()
    {
        Summary = "List the places at which services are given, as HSDS has them (parameters in the body)";
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
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsServiceAtLocationsRequest req, CancellationToken ct) => lists.ServiceAtLocationsAsync(HttpContext, req);
}
