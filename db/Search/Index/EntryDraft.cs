using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Publication;
using HealthEquity.Search.Text;
using HealthEquity.Search.Times;

namespace HealthEquity.Search.Index;

/// <summary>A published entry, read and ready to be appended to the columns: the part of the work that any thread can do.</summary>
internal sealed class EntryDraft
{
    // A newer publisher may write members that this node does not know yet; they are served and not looked at.
    private static readonly JsonSerializerOptions Lenient = new(EntryJson.Public) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    // The publisher writes the kind first; to rely on it makes reading three times as fast.
    private static readonly JsonSerializerOptions KindFirst = new(Lenient) { AllowOutOfOrderMetadataProperties = false };

    private static readonly JsonSerializerOptions Editorial = new(EntryJson.Full) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private static readonly CompareInfo Names = CultureInfo.InvariantCulture.CompareInfo;

    /// <summary>The document, UTF-8.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The document, read.</summary>
    public required Entry Entry { get; init; }

    /// <summary>The number of its change.</summary>
    public required long Sequence { get; init; }

    /// <summary>The slug, as its row has it.</summary>
    public required string Slug { get; init; }

    /// <summary>Its id, as its row has it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The day of its last verification.</summary>
    public required DateOnly? AssuredOn { get; init; }

    /// <summary>The days on which it takes place; null when it is no event.</summary>
    public required EventDays? Days { get; init; }

    /// <summary>Its fields.</summary>
    public required FieldValues Fields { get; init; }

    /// <summary>Its terms.</summary>
    public required WeightedTerm[] Terms { get; init; }

    /// <summary>What puts it in its place by name.</summary>
    public required byte[] NameKey { get; init; }

    /// <summary>Reads a row that is public.</summary>
    /// <exception cref="JsonException">The body is no entry.</exception>
    public static EntryDraft Read(PublishedEntry row, EntryText text) =>
        Read(Encoding.UTF8.GetBytes(row.Body!), row.EntryId, row.Slug, row.Sequence, row.AssuredOn, text);

    /// <summary>Reads a body anew.</summary>
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
            // A draft may break every rule, that of its recurrence too, and curators do not search by days.
            Days = entry is Event @event && !text.IsEditorial ? new EventDays(@event) : null,
            Fields = fields,
            Terms = text.Read(text.IsEditorial ? entry with { Slug = slug } : entry, fields),
            NameKey = Names.GetSortKey(entry.Name, CompareOptions.IgnoreCase | CompareOptions.IgnoreSymbols).KeyData,
        };
    }
}
