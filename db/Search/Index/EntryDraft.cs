using System.Collections;
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

    /// <summary>When it was published, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

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
    /// <exception cref="UnloadableEntryException">The body is an entry that no reader could handle.</exception>
    public static EntryDraft Read(PublishedEntry row, EntryText text) =>
        Read(Encoding.UTF8.GetBytes(row.Body!), row, text);

    /// <summary>Parses a body.</summary>
    /// <param name="body">The document, UTF-8.</param>
    /// <param name="row">The rest of its row.</param>
    /// <param name="text">Reads the words.</param>
    public static EntryDraft Read(byte[] body, PublishedEntry row, EntryText text)
    {
        var options = text.IsEditorial ? Editorial : body.AsSpan().StartsWith("{\"kind\":"u8) ? KindFirst : Lenient;
        var entry = JsonSerializer.Deserialize<Entry>(body, options) ?? throw new JsonException("The entry is null.");
        if (!text.IsEditorial)
        {
            Check(body, entry);
        }

        var fields = FieldValues.Of(entry, text.Vocabularies);
        return new EntryDraft
        {
            Body = body,
            Entry = entry,
            Sequence = row.Sequence,
            ChangedAt = row.ChangedAt,
            Id = row.EntryId,
            Slug = row.Slug,
            AssuredOn = row.AssuredOn ?? entry.AssuredOn,
            // A draft may be invalid, including its recurrence rule, and curators don't search by date.
            Days = entry is Event @event && !text.IsEditorial ? new EventDays(@event) : null,
            Fields = fields,
            Terms = text.Read(text.IsEditorial ? entry with { Slug = row.Slug } : entry, fields),
            NameKey = Names.GetSortKey(entry.Name, CompareOptions.IgnoreCase | CompareOptions.IgnoreSymbols).KeyData,
        };
    }

    /// <summary>Finds what validation keeps out, in case a row was written by another program or an older version.</summary>
    private static void Check(byte[] body, Entry entry)
    {
        // Nulls are never written, so only a body that has the word in it is looked through.
        if (body.AsSpan().IndexOf("null"u8) >= 0
            && EntryMembers.Walk(entry).Any(v => v.Member.IsList && v.Value is IEnumerable list && list.Cast<object?>().Contains(null)))
        {
            throw new UnloadableEntryException("one of its lists contains a null");
        }

        if (entry is Event @event && !(Recurrence.IsInRange(@event.StartsAt) && Recurrence.IsInRange(@event.EndsAt ?? @event.StartsAt)))
        {
            throw new UnloadableEntryException($"its dates are outside the years {Recurrence.FirstYear} to {Recurrence.LastYear}");
        }

        if (entry is Event { Recurrence: { } rule } recurring && Recurrence.Problem(rule, recurring.StartsAt, recurring.AllDay) is not null)
        {
            throw new UnloadableEntryException("its recurrence rule is not valid");
        }
    }
}
