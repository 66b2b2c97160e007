using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Providers;

/// <summary>Documents <see cref="SearchProviders"/>.</summary>
public sealed class SearchProvidersSummary : Summary<SearchProviders>
{
    /// <summary>Sets the texts.</summary>
    public SearchProvidersSummary()
    {
        Summary = "Search mental-health providers by POST";
        Description = "Same as GET /v1/providers, with the parameters as members of a JSON body, so nothing appears in the address.";
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
