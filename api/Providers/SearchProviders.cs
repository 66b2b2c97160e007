using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Providers;

/// <summary>The documentation of <see cref="SearchProviders"/>.</summary>
public sealed class SearchProvidersSummary : Summary<SearchProviders>
{
    /// <summary>Sets the texts.</summary>
    public SearchProvidersSummary()
    {
        Summary = "Search mental-health providers, with nothing in the address";
        Description = "The twin of GET /v1/providers: the same parameters as members of a JSON body, the same answer.";
    }
}

/// <summary>POST /v1/providers/search</summary>
public sealed class SearchProviders(EntryLists lists) : DirectoryEndpoint<ListProvidersRequest, EntryList<Provider>>
{
    /// <inheritdoc/>
    public override void Configure() => Searches("/v1/providers/search");

    /// <inheritdoc/>
    public override Task HandleAsync(ListProvidersRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
