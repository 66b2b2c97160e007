using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.PolicyActions;

/// <summary>Documents <see cref="SearchPolicyActions"/>.</summary>
public sealed class SearchPolicyActionsSummary : Summary<SearchPolicyActions>
{
    /// <summary>Sets the texts.</summary>
    public SearchPolicyActionsSummary()
    {
        Summary = "Search policy actions by POST";
        Description = "Same as GET /v1/policy-actions, with the parameters as members of a JSON body, so nothing appears in the address.";
    }
}

/// <summary>POST /v1/policy-actions/search</summary>
public sealed class SearchPolicyActions(EntryLists lists) : DirectoryEndpoint<ListPolicyActionsRequest, EntryList<PolicyAction>>
{
    /// <inheritdoc/>
    public override void Configure() => Searches("/v1/policy-actions/search");

    /// <inheritdoc/>
    public override Task HandleAsync(ListPolicyActionsRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
