using HealthEquity.Api.Answers;
using HealthEquity.Api.Entries;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Organizations;

/// <summary>Documents <see cref="GetOrganization"/>.</summary>
public sealed class GetOrganizationSummary : EntrySummary<GetOrganization>
{
    /// <summary>Sets the texts.</summary>
    public GetOrganizationSummary()
        : base("an organization")
    {
    }
}

/// <summary>GET /v1/organizations/{idOrSlug}</summary>
public sealed class GetOrganization(SingleEntries entries) : DirectoryEndpoint<EntryRequest, Organization>
{
    /// <inheritdoc/>
    public override void Configure() => ReadsOne("/v1/organizations/{idOrSlug}");

    /// <inheritdoc/>
    public override Task HandleAsync(EntryRequest req, CancellationToken ct) =>
        entries.AnswerAsync(HttpContext, req, EntryKind.Organization);
}
