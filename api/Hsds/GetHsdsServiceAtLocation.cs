using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="GetHsdsServiceAtLocation"/>.</summary>
public sealed class GetHsdsServiceAtLocationSummary : Summary<GetHsdsServiceAtLocation>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsServiceAtLocationSummary()
    {
        Summary = "Get an HSDS service at a location";
        Description = "Human Services Data Specification 3.1, /service_at_locations/{id}.";
    }
}

/// <summary>GET /hsds/service_at_locations/{id}</summary>
public sealed class GetHsdsServiceAtLocation(HsdsDirectory directory) : HsdsEndpoint<HsdsOneRequest, HsdsServiceAtLocation>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        ReadsOne("/hsds/service_at_locations/{id}", moves: false);
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsOneRequest req, CancellationToken ct) => HsdsAnswers.SendOneAsync(
        HttpContext,
        directory.Current,
        req.Id,
        (snapshot, id) => directory.Find(snapshot, id) is { } found ? directory.Edition.Mapping.ServiceAtLocations(found.Entry, full: true).FirstOrDefault(s => s.Id == id) : null);
}
