using HealthEquity.Directory.Comparison;

namespace HealthEquity.Store.Starter;

/// <summary>What a release does with one of its entries.</summary>
public enum StarterOutcome
{
    /// <summary>The directory does not have it: it comes in as a draft.</summary>
    New,

    /// <summary>The release changes fields that the department left alone: they come in as a draft.</summary>
    Changed,

    /// <summary>The release changes only what the department changed too: nothing comes in.</summary>
    Kept,

    /// <summary>The release no longer has it. Nothing happens; somebody should look at it.</summary>
    Gone,

    /// <summary>It waits for a reviewer. Nothing happens until the review is over.</summary>
    InReview,

    /// <summary>It asked not to be listed, or the department retired or merged it: it is left alone.</summary>
    LeftAlone,

    /// <summary>With these changes it would not be valid. Nothing comes in.</summary>
    Refused,
}

/// <summary>A field that the release and the department both changed. It stays as the department has it.</summary>
/// <param name="Path">The field.</param>
/// <param name="Here">The department's value; null if it has none.</param>
/// <param name="Release">The release's value; null if it has none.</param>
public sealed record KeptField(string Path, string? Here, string? Release);

/// <summary>One entry of a release, compared with the directory.</summary>
public sealed record StarterItem
{
    /// <summary>Its slug in the release.</summary>
    public required string Slug { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The entry in the directory; null if it has none.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>What happens with it.</summary>
    public required StarterOutcome Outcome { get; init; }

    /// <summary>What comes in.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>What stays as the department has it.</summary>
    public IReadOnlyList<KeptField> Kept { get; init; } = [];

    /// <summary>Why nothing comes in.</summary>
    public string? Reason { get; init; }
}
