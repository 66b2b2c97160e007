using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Attorneys;

/// <summary>Documents <see cref="SearchAttorneys"/>.</summary>
public sealed class SearchAttorneysSummary : Summary<SearchAttorneys>
{
    /// <summary>Sets the texts.</summary>
    public SearchAttorneysSummary()
    {
        Summary = "Search immigration attorneys and accredited representatives by POST";
        Description = "Same as GET /v1/attorneys, with the parameters as members of a JSON body, so nothing appears in the address.";
    }
}

/// <summary>POST /v1/attorneys/search</summary>
public sealed class SearchAttorneys(EntryLists lists) : DirectoryEndpoint<ListAttorneysRequest, EntryList<Attorney>>
{
    /// <inheritdoc/>
    public override void Configure() => Searches("/v1/attorneys/search");

    /// <inheritdoc/>
    public override Task HandleAsync(ListAttorneysRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
