using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="GetHsdsService"/>.</summary>
public sealed class GetHsdsServiceSummary : Summary<GetHsdsService>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsServiceSummary()
    {
        Summary = "Get an HSDS service";
        Description = "Human Services Data Specification 3.1, /services/{id}.";
    }
}

/// <summary>GET /hsds/services/{id}</summary>
public sealed class GetHsdsService(HsdsDirectory directory) : HsdsEndpoint<HsdsOneRequest, HsdsService>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        ReadsOne("/hsds/services/{id}", moves: false);
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsOneRequest req, CancellationToken ct) => HsdsAnswers.SendOneAsync(
        HttpContext,
        directory.Current,
        req.Id,
        (snapshot, id) => directory.Find(snapshot, id) is { } found && found.ServiceId == id ? directory.Edition.Mapping.Service(found.Entry, full: true) : null);
}
