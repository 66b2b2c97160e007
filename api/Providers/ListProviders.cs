using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Providers;

/// <summary>Filters for mental-health providers.</summary>
[ListOf(EntryKind.Provider)]
public sealed record ListProvidersRequest : ServiceListRequest;

/// <summary>Validates a <see cref="ListProvidersRequest"/>.</summary>
public sealed class ListProvidersValidator : ServiceListValidator<ListProvidersRequest>;

/// <summary>Documents <see cref="ListProviders"/>.</summary>
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
        lists.AnswerAsync(HttpContext, req);
}
