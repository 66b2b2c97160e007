namespace HealthEquity.Directory.Entries;

/// <summary>One saved version of an entry. Revisions never change.</summary>
public sealed record Revision
{
    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>1 for the first.</summary>
    public int Number { get; init; }

    /// <summary>The entry as JSON (<see cref="EntryJson.Revision"/>).</summary>
    public string Body { get; init; } = "";

    /// <summary>The author: an actor's code.</summary>
    public string Author { get; init; } = "";

    /// <summary>When it was saved, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The author's note.</summary>
    public string? Note { get; init; }

    /// <summary>The revision that this one restores, if any.</summary>
    public int? RestoredFrom { get; init; }
}
