using System.Text.Json.Serialization;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Directory.Entries;

/// <summary>A workshop, training, rally or awareness day.</summary>
public sealed record Event : Entry
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override EntryKind Kind => EntryKind.Event;

    /// <summary>The type of event.</summary>
    [Vocabulary(VocabularyNames.EventType)]
    public required string EventType { get; init; }

    /// <summary>Local date and time of the start (RFC 5545 DTSTART), no offset.</summary>
    public required DateTime StartsAt { get; init; }

    /// <summary>Local date and time of the end, no offset.</summary>
    public DateTime? EndsAt { get; init; }

    /// <summary>True for an all-day event: only the dates count.</summary>
    public bool AllDay { get; init; }

    /// <summary>IANA time zone of the local times.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Recurrence rule without the "RRULE:" prefix (RFC 5545, 3.3.10), such as FREQ=YEARLY.</summary>
    public string? Recurrence { get; init; }

    /// <summary>Where it takes place.</summary>
    public Location? Location { get; init; }

    /// <summary>Where to join or read about it.</summary>
    public string? Url { get; init; }

    /// <summary>Who hosts it.</summary>
    public string? Host { get; init; }

    /// <summary>The id of the host's entry.</summary>
    public Guid? HostEntryId { get; init; }

    /// <summary>Where to register.</summary>
    public string? RegistrationUrl { get; init; }

    /// <summary>Languages of the event, BCP-47.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}
