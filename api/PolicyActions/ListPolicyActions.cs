using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.PolicyActions;

/// <summary>Filters for policy actions.</summary>
[ListOf(EntryKind.PolicyAction)]
public sealed record ListPolicyActionsRequest : ListRequest;

/// <summary>Validates a <see cref="ListPolicyActionsRequest"/>.</summary>
public sealed class ListPolicyActionsValidator : ListValidator<ListPolicyActionsRequest>;

/// <summary>Documents <see cref="ListPolicyActions"/>.</summary>
public sealed class ListPolicyActionsSummary : Summary<ListPolicyActions>
{
    /// <summary>Sets the texts.</summary>
    public ListPolicyActionsSummary()
    {
        Summary = "List and search policy actions";
        Description = "What a health department, school district, city, county or state can do, with provisions, model text, evidence and adoptions.";
    }
}

/// <summary>GET /v1/policy-actions</summary>
public sealed class ListPolicyActions(EntryLists lists) : DirectoryEndpoint<ListPolicyActionsRequest, EntryList<PolicyAction>>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/policy-actions");

    /// <inheritdoc/>
    public override Task HandleAsync(ListPolicyActionsRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
