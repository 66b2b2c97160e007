using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Sources;

/// <summary>Which source to read, and how much it may ask of the machine.</summary>
public record SourceRequest
{
    /// <summary>The file; for several files, the folder that holds them; for a live HSDS API, the address of its root.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// HSDS: the name under which what is loaded is found again, lower-case letters, digits and hyphens, at most 60; null for one made
    /// from the file's name or the address.
    /// </summary>
    public string? SourceName { get; init; }

    /// <summary>HSDS: what the source is called in front of people; null for what it says of itself.</summary>
    public string? SourceTitle { get; init; }

    /// <summary>HSDS: what a service becomes, a provider, an attorney or an organization; null to have it guessed for each.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>A live API may lie in a private network or on this machine.</summary>
    public bool AllowPrivateAddress { get; init; }

    /// <summary>True when <see cref="Path"/> is an address and no file.</summary>
    public bool IsAddress =>
        Path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || Path.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>How much the source may ask of the machine.</summary>
    public SourceLimits Limits { get; init; } = new();
}
