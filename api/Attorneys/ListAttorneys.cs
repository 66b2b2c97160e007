using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Attorneys;

/// <summary>What the list of immigration attorneys and accredited representatives can be asked for.</summary>
public sealed record ListAttorneysRequest : ServiceListRequest
{
    /// <summary>Immigration law practiced.</summary>
    [Parameter(SearchFields.PracticeArea, Vocabulary = VocabularyNames.PracticeArea, Example = "asylum")]
    public IReadOnlyList<string> PracticeArea { get; init; } = [];

    /// <summary>Whether cases of people in detention are taken; "true" stands for "yes".</summary>
    [Parameter(SearchFields.Detained, Vocabulary = VocabularyNames.Availability, True = "yes", False = "no", Example = "yes")]
    public IReadOnlyList<string> Detained { get; init; } = [];

    /// <summary>Immigration courts served.</summary>
    [Parameter(SearchFields.Court, Vocabulary = VocabularyNames.Court)]
    public IReadOnlyList<string> Court { get; init; } = [];

    /// <summary>Kinds of help.</summary>
    [Parameter(SearchFields.Help, Vocabulary = VocabularyNames.Help)]
    public IReadOnlyList<string> Help { get; init; } = [];

    /// <summary>Attorney, accredited representative, program.</summary>
    [Parameter(SearchFields.AttorneyType, Vocabulary = VocabularyNames.AttorneyType)]
    public IReadOnlyList<string> AttorneyType { get; init; } = [];
}

/// <summary>The bounds of <see cref="ListAttorneysRequest"/>.</summary>
public sealed class ListAttorneysValidator : ServiceListValidator<ListAttorneysRequest>;

/// <summary>The documentation of <see cref="ListAttorneys"/>.</summary>
public sealed class ListAttorneysSummary : Summary<ListAttorneys>
{
    /// <summary>Sets the texts.</summary>
    public ListAttorneysSummary()
    {
        Summary = "List and search immigration attorneys and accredited representatives";
        Description = "Pro bono attorneys, DOJ-accredited representatives and legal-aid programs.";
    }
}

/// <summary>GET /v1/attorneys</summary>
public sealed class ListAttorneys(EntryLists lists) : DirectoryEndpoint<ListAttorneysRequest, EntryList<Attorney>>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/attorneys");

    /// <inheritdoc/>
    public override Task HandleAsync(ListAttorneysRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req, [EntryKind.Attorney]);
}
