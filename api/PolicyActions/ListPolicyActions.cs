using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.PolicyActions;

/// <summary>What the list of policy actions can be asked for.</summary>
public sealed record ListPolicyActionsRequest : ListRequest
{
    /// <summary>States and territories where somebody has adopted it, USPS codes.</summary>
    [Parameter(SearchFields.State, Codes = CodeSet.State, Example = "CA")]
    public IReadOnlyList<string> State { get; init; } = [];

    /// <summary>Themes.</summary>
    [Parameter(SearchFields.Theme, Vocabulary = VocabularyNames.PolicyTheme)]
    public IReadOnlyList<string> Theme { get; init; } = [];

    /// <summary>Who can take it.</summary>
    [Parameter(SearchFields.Actor, Vocabulary = VocabularyNames.PolicyActor)]
    public IReadOnlyList<string> Actor { get; init; } = [];

    /// <summary>By what means.</summary>
    [Parameter(SearchFields.Instrument, Vocabulary = VocabularyNames.PolicyInstrument)]
    public IReadOnlyList<string> Instrument { get; init; } = [];

    /// <summary>Protective, neutral or restrictive for immigrant families.</summary>
    [Parameter(SearchFields.Direction, Vocabulary = VocabularyNames.PolicyDirection, Example = "protective")]
    public IReadOnlyList<string> Direction { get; init; } = [];
}

/// <summary>The bounds of <see cref="ListPolicyActionsRequest"/>.</summary>
public sealed class ListPolicyActionsValidator : ListValidator<ListPolicyActionsRequest>;

/// <summary>The documentation of <see cref="ListPolicyActions"/>.</summary>
public sealed class ListPolicyActionsSummary : Summary<ListPolicyActions>
{
    /// <summary>Sets the texts.</summary>
    public ListPolicyActionsSummary()
    {
        Summary = "List and search policy actions";
        Description = "What a health department, school district, city, county or state can do, with provisions, model text, evidence and who has adopted it.";
    }
}

/// <summary>GET /v1/policy-actions</summary>
public sealed class ListPolicyActions(EntryLists lists) : DirectoryEndpoint<ListPolicyActionsRequest, EntryList<PolicyAction>>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/policy-actions");

    /// <inheritdoc/>
    public override Task HandleAsync(ListPolicyActionsRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req, [EntryKind.PolicyAction]);
}
