using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Sources;

/// <summary>The source to read, and its limits.</summary>
public record SourceRequest
{
    /// <summary>The file; for several files, their folder; for a live HSDS API, its root address.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// HSDS: the name that identifies the source, at most 60 lowercase letters, digits and hyphens; null to derive it from the file name or
    /// address.
    /// </summary>
    public string? SourceName { get; init; }

    /// <summary>HSDS: the title for people; null for the source's own title.</summary>
    public string? SourceTitle { get; init; }

    /// <summary>HSDS: the kind of entry for services: provider, attorney or organization; null to guess it for each.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>True to allow a live API in a private network or on this machine.</summary>
    public bool AllowPrivateAddress { get; init; }

    /// <summary>True if <see cref="Path"/> is a web address.</summary>
    public bool IsAddress =>
        Path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || Path.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The limits.</summary>
    public SourceLimits Limits { get; init; } = new();
}
