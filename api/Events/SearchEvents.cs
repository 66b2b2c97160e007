using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Events;

/// <summary>The documentation of <see cref="SearchEvents"/>.</summary>
public sealed class SearchEventsSummary : Summary<SearchEvents>
{
    /// <summary>Sets the texts.</summary>
    public SearchEventsSummary()
    {
        Summary = "Search events, with nothing in the address";
        Description = "The twin of GET /v1/events: the same parameters as members of a JSON body, the same answer.";
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
