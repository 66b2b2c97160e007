using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Events;

/// <summary>What the list of events can be asked for.</summary>
[ListOf(EntryKind.Event)]
public sealed record ListEventsRequest : PlacedListRequest
{
    /// <summary>Only events that take place on or after this day.</summary>
    [Parameter(Example = "2026-11-01")]
    public DateOnly? From { get; init; }

    /// <summary>Only events that take place on or before this day.</summary>
    [Parameter(Example = "2026-11-30")]
    public DateOnly? To { get; init; }
}

/// <summary>The bounds of <see cref="ListEventsRequest"/>.</summary>
public sealed class ListEventsValidator : PlacedListValidator<ListEventsRequest>
{
    /// <summary>Sets the rules.</summary>
    public ListEventsValidator() =>
        RuleFor(r => r.To).GreaterThanOrEqualTo(r => r.From).When(r => r.From is not null && r.To is not null)
            .WithMessage("is before 'from'; exchange the two.");
}

/// <summary>The documentation of <see cref="ListEvents"/>.</summary>
public sealed class ListEventsSummary : Summary<ListEvents>
{
    /// <summary>Sets the texts.</summary>
    public ListEventsSummary()
    {
        Summary = "List and search events";
        Description = "Workshops, trainings, rallies and awareness days.";
    }
}

/// <summary>GET /v1/events</summary>
public sealed class ListEvents(EntryLists lists) : DirectoryEndpoint<ListEventsRequest, EntryList<Event>>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/events");

    /// <inheritdoc/>
    public override Task HandleAsync(ListEventsRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
