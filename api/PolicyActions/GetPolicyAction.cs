using HealthEquity.Api.Answers;
using HealthEquity.Api.Entries;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.PolicyActions;

/// <summary>Documents <see cref="GetPolicyAction"/>.</summary>
public sealed class GetPolicyActionSummary : EntrySummary<GetPolicyAction>
{
    /// <summary>Sets the texts.</summary>
    public GetPolicyActionSummary()
        : base("a policy action")
    {
    }
}

/// <summary>GET /v1/policy-actions/{idOrSlug}</summary>
public sealed class GetPolicyAction(SingleEntries entries) : DirectoryEndpoint<EntryRequest, PolicyAction>
{
    /// <inheritdoc/>
    public override void Configure() => ReadsOne("/v1/policy-actions/{idOrSlug}");

    /// <inheritdoc/>
    public override Task HandleAsync(EntryRequest req, CancellationToken ct) =>
        entries.AnswerAsync(HttpContext, req, EntryKind.PolicyAction);
}
