using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="GetHsdsOrganization"/>.</summary>
public sealed class GetHsdsOrganizationSummary : Summary<GetHsdsOrganization>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsOrganizationSummary()
    {
        Summary = "Get an HSDS organization";
        Description = "Human Services Data Specification 3.1, /organizations/{id}.";
    }
}

/// <summary>GET /hsds/organizations/{id}</summary>
public sealed class GetHsdsOrganization(HsdsDirectory directory) : HsdsEndpoint<HsdsOrganizationRequest, HsdsOrganization>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        ReadsOne("/hsds/organizations/{id}", moves: false);
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsOrganizationRequest req, CancellationToken ct) => HsdsAnswers.SendOneAsync(
        HttpContext,
        directory.Current,
        req.Id,
        (snapshot, id) => directory.Find(snapshot, id) is { } found && found.OrganizationId == id
            ? directory.Edition.Mapping.Organization(found.Entry, full: true, req.FullService)
            : null);
}
