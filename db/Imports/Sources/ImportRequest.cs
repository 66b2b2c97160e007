using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Mappings;
using HealthEquity.Store.Auditing;

namespace HealthEquity.Imports.Sources;

/// <summary>What to import, and how.</summary>
public sealed record ImportRequest : SourceRequest
{
    /// <summary>The mapping; null for our own exports and for HSDS, which need none.</summary>
    public ImportMapping? Mapping { get; init; }

    /// <summary>Publish what is new or changed.</summary>
    public bool Publish { get; init; }

    /// <summary>Where to write refused rows; null for beside each source file.</summary>
    public string? RefusedFolder { get; init; }

    /// <summary>Applies the import even if far fewer entries come than last time.</summary>
    public bool EvenIfFewer { get; init; }

    /// <summary>Who imports; null for the command line.</summary>
    public Actor? StartedBy { get; init; }

    /// <summary>Entries written in one transaction.</summary>
    public int BatchSize { get; init; } = 500;
}
