using FastEndpoints;
using FluentValidation;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Events;

/// <summary>Filters for events.</summary>
[ListOf(EntryKind.Event)]
public sealed record ListEventsRequest : PlacedListRequest
{
    /// <summary>Only events on or after this date.</summary>
    [Parameter(Example = "2026-11-01")]
    public DateOnly? From { get; init; }

    /// <summary>Only events on or before this date, at most two years after "from", or after today if "from" is omitted.</summary>
    [Parameter(Example = "2026-11-30")]
    public DateOnly? To { get; init; }
}

/// <summary>Validates a <see cref="ListEventsRequest"/>.</summary>
public sealed class ListEventsValidator : PlacedListValidator<ListEventsRequest>
{
    /// <summary>The longest range in one request. Recurring events are expanded day by day, so a longer one would cost too much.</summary>
    private const int YearsAtOnce = 2;

    private const int YearsAhead = 10;

    private const int FirstYear = 1970;

    /// <summary>Defines the rules.</summary>
    public ListEventsValidator(TimeProvider clock)
    {
        RuleFor(r => r.To).GreaterThanOrEqualTo(r => r.From).When(r => r.From is not null && r.To is not null)
            .WithMessage("must not be before 'from'.");
        RuleFor(r => r.From).Must(from => from is null || (from.Value.Year >= FirstYear && from <= Today(clock).AddYears(YearsAhead)))
            .WithMessage($"must be between {FirstYear} and {YearsAhead} years from now.");
        RuleFor(r => r.To).Must((r, to) => to is null || to.Value.Year >= FirstYear).WithMessage($"must be in {FirstYear} or later.");
        RuleFor(r => r.To).Must((r, to) => to is null || to <= LastDay(r.From ?? Today(clock)))
            .WithMessage($"is more than {YearsAtOnce} years after 'from', or after today if 'from' is omitted. Request at most {YearsAtOnce} years at a time.");
    }

    private static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static DateOnly LastDay(DateOnly from) => from.Year > DateOnly.MaxValue.Year - YearsAtOnce ? DateOnly.MaxValue : from.AddYears(YearsAtOnce);
}

/// <summary>Documents <see cref="ListEvents"/>.</summary>
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
