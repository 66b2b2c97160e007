using HealthEquity.Directory.Entries;

namespace HealthEquity.Store.Lists;

/// <summary>A curated list as curators work on it.</summary>
public sealed record CuratedList
{
    private ListContent? _content;

    /// <summary>The list's id.</summary>
    public Guid ListId { get; init; }

    /// <summary>Its address, as in <c>/lists/lincoln-families</c>.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The content as JSON.</summary>
    public string Body { get; init; } = "{}";

    /// <summary>Increases with every save.</summary>
    public int Version { get; init; }

    /// <summary>When it was last saved, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The content that the public reads; null if it is not public.</summary>
    public string? PublishedBody { get; init; }

    /// <summary>When it was last published or taken down, UTC; null if it never was public.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Entries that were taken down.</summary>
    public int TakenDown { get; init; }

    /// <summary>Entries that were merged into another.</summary>
    public int Merged { get; init; }

    /// <summary>Public entries whose check is overdue.</summary>
    public int Overdue { get; init; }

    /// <summary>The content.</summary>
    public ListContent Content => _content ??= ListContent.Read(Body);

    /// <summary>True if the public reads it.</summary>
    public bool IsPublic => PublishedBody is not null;

    /// <summary>True if it was saved since it was published.</summary>
    public bool HasUnpublishedChanges => IsPublic && PublishedBody != Body;

    /// <summary>Its title in the first of these languages that has one; its address if none has.</summary>
    public string TitleIn(IEnumerable<string> languages) =>
        languages.Select(l => Content.Titles.GetValueOrDefault(l)).FirstOrDefault(t => t is not null) ?? Content.Titles.Values.FirstOrDefault() ?? Slug;
}

/// <summary>The state of an entry on a list.</summary>
public sealed record ListedEntryState
{
    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Its name in the latest revision.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its kind.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>Whether the public sees it.</summary>
    public Listing Listing { get; init; }

    /// <summary>The date on which its next check is due.</summary>
    public DateOnly? CheckDueOn { get; init; }

    /// <summary>The entry that it was merged into, if any.</summary>
    public Guid? SurvivorId { get; init; }

    /// <summary>The name of that entry.</summary>
    public string? SurvivorName { get; init; }
}
