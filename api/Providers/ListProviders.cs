using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Providers;

/// <summary>What the list of mental-health providers can be asked for.</summary>
public sealed record ListProvidersRequest : ServiceListRequest
{
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
}

/// <summary>The bounds of <see cref="ListProvidersRequest"/>.</summary>
public sealed class ListProvidersValidator : ServiceListValidator<ListProvidersRequest>;

/// <summary>The documentation of <see cref="ListProviders"/>.</summary>
public sealed class ListProvidersSummary : Summary<ListProviders>
{
    /// <summary>Sets the texts.</summary>
    public ListProvidersSummary()
    {
        Summary = "List and search mental-health providers";
        Description = "Mental-health clinicians, clinics and facilities, and social workers.";
    }
}

/// <summary>GET /v1/providers</summary>
public sealed class ListProviders(EntryLists lists) : DirectoryEndpoint<ListProvidersRequest, EntryList<Provider>>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/providers");

    /// <inheritdoc/>
    public override Task HandleAsync(ListProvidersRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req, [EntryKind.Provider]);
}
