using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Search.Text;
using HealthEquity.Search.Times;

namespace HealthEquity.Search.Index;

/// <summary>A published entry, parsed and ready to be appended to the columns. Any thread can do this part of the work.</summary>
internal sealed class EntryDraft
{
    // A newer publisher may write members that this node does not know. They are served but not indexed.
    private static readonly JsonSerializerOptions Lenient = new(EntryJson.Public) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    // The publisher writes the kind first. Relying on it makes parsing three times as fast.
    private static readonly JsonSerializerOptions KindFirst = new(Lenient) { AllowOutOfOrderMetadataProperties = false };

    private static readonly JsonSerializerOptions Editorial = new(EntryJson.Full) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private static readonly CompareInfo Names = CultureInfo.InvariantCulture.CompareInfo;

    /// <summary>The document, UTF-8.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The parsed document.</summary>
    public required Entry Entry { get; init; }

    /// <summary>The sequence number of its change.</summary>
    public required long Sequence { get; init; }

    /// <summary>The slug in its row.</summary>
    public required string Slug { get; init; }

    /// <summary>The id in its row.</summary>
    public required Guid Id { get; init; }

    /// <summary>The date of its last verification.</summary>
    public required DateOnly? AssuredOn { get; init; }

    /// <summary>The event dates; null if it is not an event.</summary>
    public required EventDays? Days { get; init; }

    /// <summary>Its fields.</summary>
    public required FieldValues Fields { get; init; }

    /// <summary>Its terms.</summary>
    public required WeightedTerm[] Terms { get; init; }

    /// <summary>The sort key of its name.</summary>
    public required byte[] NameKey { get; init; }

    /// <summary>Parses a public row.</summary>
    /// <exception cref="JsonException">The body is not an entry.</exception>
    public static EntryDraft Read(PublishedEntry row, EntryText text) =>
        Read(Encoding.UTF8.GetBytes(row.Body!), row.EntryId, row.Slug, row.Sequence, row.AssuredOn, text);

    /// <summary>Parses a body.</summary>
    public static EntryDraft Read(byte[] body, Guid id, string slug, long sequence, DateOnly? assuredOn, EntryText text)
    {
        var options = text.IsEditorial ? Editorial : body.AsSpan().StartsWith("{\"kind\":"u8) ? KindFirst : Lenient;
        var entry = JsonSerializer.Deserialize<Entry>(body, options) ?? throw new JsonException("The entry is null.");
        var fields = FieldValues.Of(entry, text.Vocabularies);
        return new EntryDraft
        {
            Body = body,
            Entry = entry,
            Sequence = sequence,
            Id = id,
            Slug = slug,
            AssuredOn = assuredOn ?? entry.AssuredOn,
            // A draft may be invalid, including its recurrence rule, and curators don't search by date.
            Days = entry is Event @event && !text.IsEditorial ? new EventDays(@event) : null,
            Fields = fields,
            Terms = text.Read(text.IsEditorial ? entry with { Slug = slug } : entry, fields),
            NameKey = Names.GetSortKey(entry.Name, CompareOptions.IgnoreCase | CompareOptions.IgnoreSymbols).KeyData,
        };
    }
}
