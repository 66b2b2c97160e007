namespace HealthEquity.Store.Comments;

/// <summary>A comment on an entry, for curators only.</summary>
public sealed record EntryComment
{
    /// <summary>The comment.</summary>
    public Guid CommentId { get; init; }

    /// <summary>The entry that it was made on: the one that shows it, or one that was merged into it.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The name of that entry.</summary>
    public string EntryName { get; init; } = "";

    /// <summary>Who made it.</summary>
    public Guid CuratorId { get; init; }

    /// <summary>The text, plain.</summary>
    public string Text { get; init; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its author last changed it, UTC.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Whether it mentions the reader, who has not read it yet.</summary>
    public bool IsUnread { get; init; }
}

/// <summary>A comment that was saved.</summary>
/// <param name="CommentId">The comment.</param>
/// <param name="Told">The curators that it mentions.</param>
/// <param name="Unknown">Words after "@" that are nobody's name.</param>
public sealed record SavedComment(Guid CommentId, IReadOnlyList<Guid> Told, IReadOnlyList<string> Unknown);
