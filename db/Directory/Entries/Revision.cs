namespace HealthEquity.Directory.Entries;

/// <summary>One saved state of an entry; never changed.</summary>
public sealed record Revision
{
    /// <summary>The entry's id.</summary>
    public Guid EntryId { get; init; }

    /// <summary>1 for the first.</summary>
    public int Number { get; init; }

    /// <summary>The text, JSON (<see cref="EntryJson.Revision"/>).</summary>
    public string Body { get; init; } = "";

    /// <summary>Who wrote it: an actor's code.</summary>
    public string Author { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the author says of it.</summary>
    public string? Note { get; init; }

    /// <summary>The revision that this one brings back, if it does.</summary>
    public int? RestoredFrom { get; init; }
}
