using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;
using HealthEquity.Store.Auditing;

namespace HealthEquity.Imports.Sources;

/// <summary>What to import, and how.</summary>
public sealed record ImportRequest : SourceRequest
{
    /// <summary>The mapping; null for our own exports and HSDS, which need none.</summary>
    public ImportMapping? Mapping { get; init; }

    /// <summary>True to publish new and changed entries.</summary>
    public bool Publish { get; init; }

    /// <summary>The folder for refused rows; null to write next to each source file.</summary>
    public string? RefusedFolder { get; init; }

    /// <summary>True to apply the import even if it has far fewer entries than last time.</summary>
    public bool AllowFewer { get; init; }

    /// <summary>Who imports; null for the command line.</summary>
    public Actor? StartedBy { get; init; }

    /// <summary>The number of entries per transaction.</summary>
    public int BatchSize { get; init; } = 500;
}
