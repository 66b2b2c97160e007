using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="SearchHsdsServices"/>.</summary>
public sealed class SearchHsdsServicesSummary : Summary<SearchHsdsServices>
{
    /// <summary>Sets the texts.</summary>
    public SearchHsdsServicesSummary()
    {
        Summary = "List HSDS services by POST";
        Description = "Human Services Data Specification 3.1, /services.";
    }
}

/// <summary>POST /hsds/services</summary>
public sealed class SearchHsdsServices(HsdsLists lists) : HsdsEndpoint<HsdsServicesRequest, HsdsPage<HsdsService>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Searches("/hsds/services");
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsServicesRequest req, CancellationToken ct) => lists.ServicesAsync(HttpContext, req);
}
