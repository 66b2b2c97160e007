using System.Buffers;
using FastEndpoints;
using FluentValidation.Results;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Events;

/// <summary>Filters for the calendar.</summary>
[ListOf(EntryKind.Event)]
[Omits(nameof(Page), nameof(PageSize), nameof(Facets), nameof(Sort))]
public sealed record GetEventCalendarRequest : PlacedListRequest;

/// <summary>Validates a <see cref="GetEventCalendarRequest"/>.</summary>
public sealed class GetEventCalendarValidator : PlacedListValidator<GetEventCalendarRequest>;

/// <summary>Documents <see cref="GetEventCalendar"/>.</summary>
public sealed class GetEventCalendarSummary : Summary<GetEventCalendar>
{
    /// <summary>Sets the texts.</summary>
    public GetEventCalendarSummary()
    {
        Summary = "Subscribe to events as a calendar";
        Description =
            "All events that a search with the same parameters finds, as iCalendar (RFC 5545). Times are local, with their time zone and its rules; "
            + "repeated events are one event with its recurrence rule.";
    }
}

/// <summary>GET /v1/events.ics</summary>
public sealed class GetEventCalendar(PublishedDirectory directory, SearchQueries queries, DirectorySite site) : DirectoryEndpoint<GetEventCalendarRequest, Stream>
{
    private const string MediaType = "text/calendar";

    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/v1/events.ics");
        Description(b => b.ClearDefaultProduces(StatusCodes.Status200OK).Produces<Stream>(StatusCodes.Status200OK, MediaType).Produces(StatusCodes.Status304NotModified));
    }

    /// <inheritdoc/>
    public override Task HandleAsync(GetEventCalendarRequest req, CancellationToken ct)
    {
        if (!directory.IsReady)
        {
            return NotReady.SendAsync(HttpContext);
        }

        var choice = LanguageChoice.Of(req.Lang, HttpContext.Request);
        var query = queries.Of(req, choice, out var failure);
        if (query is null || failure is not null)
        {
            return Problem.Of([failure ?? new ValidationFailure("", "This request can't be answered.")]).SendAsync(HttpContext);
        }

        var snapshot = directory.Current;
        var (writer, document) = (new EntryWriter(choice), new ArrayBufferWriter<byte>(4 * 1024));
        var events = new List<Event>();
        foreach (var hit in snapshot.Search(query with { Take = int.MaxValue }).Hits)
        {
            document.ResetWrittenCount();
            writer.Write(document, hit.Entry.Body.Span);
            events.Add((Event)ApiJson.Read<Entry>(document.WrittenSpan));
        }

        return HttpContext.SendAsync(new Answer(EventCalendar.Write(events, site.Settings.DepartmentName), snapshot.Mark)
        {
            Generation = snapshot.Generation,
            ContentType = $"{MediaType}; charset=utf-8",
            ContentLanguage = choice.First ?? default,
        });
    }
}
