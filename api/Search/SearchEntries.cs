using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>What a search over all kinds can be asked for. A kind's own parameter leaves only entries of that kind.</summary>
public record SearchEntriesRequest : ServiceListRequest
{
    /// <summary>Kinds of entry to search; without it, all.</summary>
    [Parameter(SearchFields.Kind, Codes = CodeSet.Kind, Example = "provider")]
    public IReadOnlyList<string> Kind { get; init; } = [];

    /// <summary>What they are good at.</summary>
    [Parameter(SearchFields.Specialty, Vocabulary = VocabularyNames.Specialty, Example = "trauma")]
    public IReadOnlyList<string> Specialty { get; init; } = [];

    /// <summary>How help is given.</summary>
    [Parameter(SearchFields.Modality, Vocabulary = VocabularyNames.Modality, Example = "individual")]
    public IReadOnlyList<string> Modality { get; init; } = [];

    /// <summary>License types held.</summary>
    [Parameter(SearchFields.License, Vocabulary = VocabularyNames.LicenseType)]
    public IReadOnlyList<string> License { get; init; } = [];

    /// <summary>Forensic evaluations for immigration cases.</summary>
    [Parameter(SearchFields.Evaluation, Vocabulary = VocabularyNames.Evaluation, Example = "asylum")]
    public IReadOnlyList<string> Evaluation { get; init; } = [];

    /// <summary>What kind of provider.</summary>
    [Parameter(SearchFields.ProviderType, Vocabulary = VocabularyNames.ProviderType)]
    public IReadOnlyList<string> ProviderType { get; init; } = [];

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

    /// <summary>What they do.</summary>
    [Parameter(SearchFields.Function, Vocabulary = VocabularyNames.OrganizationFunction)]
    public IReadOnlyList<string> Function { get; init; } = [];

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

    /// <summary>Whom it is for.</summary>
    [Parameter(SearchFields.Audience, Vocabulary = VocabularyNames.Audience)]
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>What kind of organization.</summary>
    [Parameter(SearchFields.OrganizationType, Vocabulary = VocabularyNames.OrganizationType)]
    public IReadOnlyList<string> OrganizationType { get; init; } = [];
}

/// <summary>The bounds of <see cref="SearchEntriesRequest"/>.</summary>
public sealed class SearchEntriesValidator : ServiceListValidator<SearchEntriesRequest>;

/// <summary>The documentation of <see cref="SearchEntries"/>.</summary>
public sealed class SearchEntriesSummary : Summary<SearchEntries>
{
    /// <summary>Sets the texts.</summary>
    public SearchEntriesSummary()
    {
        Summary = "Search everything";
        Description = "Providers, attorneys, organizations, policy actions, materials and events in one list.";
    }
}

/// <summary>GET /v1/search</summary>
public sealed class SearchEntries(EntryLists lists) : DirectoryEndpoint<SearchEntriesRequest, EntryList<Entry>>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/search");

    /// <inheritdoc/>
    public override Task HandleAsync(SearchEntriesRequest req, CancellationToken ct) => lists.AnswerAsync(HttpContext, req, []);
}
