using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Search;

/// <summary>Parameters of a search over all kinds. A parameter that only one kind has finds only entries of that kind.</summary>
[ListOf]
public record SearchEntriesRequest : ServiceListRequest;

/// <summary>Validates a <see cref="SearchEntriesRequest"/>.</summary>
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
    public override Task HandleAsync(SearchEntriesRequest req, CancellationToken ct) => lists.AnswerAsync(HttpContext, req);
}
