using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Events;

/// <summary>Documents <see cref="SearchEvents"/>.</summary>
public sealed class SearchEventsSummary : Summary<SearchEvents>
{
    /// <summary>Sets the texts.</summary>
    public SearchEventsSummary()
    {
        Summary = "Search events by POST";
        Description = "Same as GET /v1/events, with the parameters as members of a JSON body, so nothing appears in the address.";
    }
}

/// <summary>POST /v1/events/search</summary>
public sealed class SearchEvents(EntryLists lists) : DirectoryEndpoint<ListEventsRequest, EntryList<Event>>
{
    /// <inheritdoc/>
    public override void Configure() => Searches("/v1/events/search");

    /// <inheritdoc/>
    public override Task HandleAsync(ListEventsRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
