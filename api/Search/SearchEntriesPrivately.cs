using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Search;

/// <summary>The documentation of <see cref="SearchEntriesPrivately"/>.</summary>
public sealed class SearchEntriesPrivatelySummary : Summary<SearchEntriesPrivately>
{
    /// <summary>Sets the texts.</summary>
    public SearchEntriesPrivatelySummary()
    {
        Summary = "Search everything without parameters in the address";
        Description = "Like GET /v1/search, with the parameters as members of a JSON body.";
    }
}

/// <summary>POST /v1/search</summary>
public sealed class SearchEntriesPrivately(EntryLists lists) : DirectoryEndpoint<SearchEntriesRequest, EntryList<Entry>>
{
    /// <inheritdoc/>
    public override void Configure() => Searches("/v1/search");

    /// <inheritdoc/>
    public override Task HandleAsync(SearchEntriesRequest req, CancellationToken ct) => lists.AnswerAsync(HttpContext, req);
}
