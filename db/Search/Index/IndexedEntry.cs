using HealthEquity.Directory.Entries;

namespace HealthEquity.Search.Index;

/// <summary>A published entry in memory, ready to send.</summary>
public sealed class IndexedEntry
{
    /// <summary>The entry's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The entry's kind.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The entry's slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The entry's name, in its own language.</summary>
    public required string Name { get; init; }

    /// <summary>The sequence number of its publication.</summary>
    public required long Sequence { get; init; }

    /// <summary>The public document, UTF-8 JSON; with <c>"overdue":true</c> if it is overdue.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When this version was published, UTC.</summary>
    internal DateTimeOffset ChangedAt { get; init; }

    /// <summary>Its former slugs.</summary>
    internal IReadOnlyList<string> FormerSlugs { get; init; } = [];

    /// <summary>True if the next check is overdue; the body says so too.</summary>
    public bool Overdue { get; init; }

    /// <summary>Stands at an ordinal that is never alive.</summary>
    internal static IndexedEntry Nothing { get; } =
        new() { Id = Guid.Empty, Kind = EntryKind.Provider, Slug = "", Name = "", Sequence = 0, Body = ReadOnlyMemory<byte>.Empty };

    /// <summary>The same entry, marked as overdue or not.</summary>
    internal IndexedEntry Marked(bool overdue) => new()
    {
        Id = Id,
        Kind = Kind,
        Slug = Slug,
        Name = Name,
        Sequence = Sequence,
        ChangedAt = ChangedAt,
        Body = overdue ? WithMark(Body.Span) : WithoutMark(Body),
        FormerSlugs = FormerSlugs,
        Overdue = overdue,
    };

    /// <summary>The body as published, without the mark.</summary>
    internal ReadOnlyMemory<byte> PublishedBody => Overdue ? WithoutMark(Body) : Body;

    private static ReadOnlySpan<byte> Mark => ",\"overdue\":true}"u8;

    private static byte[] WithMark(ReadOnlySpan<byte> body)
    {
        var marked = new byte[body.Length - 1 + Mark.Length];
        body[..^1].CopyTo(marked);
        Mark.CopyTo(marked.AsSpan(body.Length - 1));
        return marked;
    }

    private static byte[] WithoutMark(ReadOnlyMemory<byte> body) => [.. body.Span[..^Mark.Length], (byte)'}'];
}
