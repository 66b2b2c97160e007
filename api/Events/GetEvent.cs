using HealthEquity.Api.Answers;
using HealthEquity.Api.Entries;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Events;

/// <summary>Documents <see cref="GetEvent"/>.</summary>
public sealed class GetEventSummary : EntrySummary<GetEvent>
{
    /// <summary>Sets the texts.</summary>
    public GetEventSummary()
        : base("an event")
    {
    }
}

/// <summary>GET /v1/events/{idOrSlug}</summary>
public sealed class GetEvent(SingleEntries entries) : DirectoryEndpoint<EntryRequest, Event>
{
    /// <inheritdoc/>
    public override void Configure() => ReadsOne("/v1/events/{idOrSlug}");

    /// <inheritdoc/>
    public override Task HandleAsync(EntryRequest req, CancellationToken ct) =>
        entries.AnswerAsync(HttpContext, req, EntryKind.Event);
}
