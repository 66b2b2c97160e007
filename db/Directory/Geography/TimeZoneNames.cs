using System.Text.RegularExpressions;

namespace HealthEquity.Directory.Geography;

/// <summary>Names of the time zones of the United States, as people write them.</summary>
public static partial class TimeZoneNames
{
    private static readonly (string Zone, string Label, string[] Others)[] Known =
    [
        ("America/New_York", "Eastern", ["E"]),
        ("America/Chicago", "Central", ["C"]),
        ("America/Denver", "Mountain", ["M"]),
        ("America/Phoenix", "Arizona", []),
        ("America/Los_Angeles", "Pacific", ["P"]),
        ("America/Anchorage", "Alaska", ["AK"]),
        ("Pacific/Honolulu", "Hawaii", ["H", "Hawaii-Aleutian"]),
        ("America/Puerto_Rico", "Atlantic", ["Puerto Rico"]),
        ("Pacific/Guam", "Guam", ["Chamorro"]),
        ("Pacific/Pago_Pago", "American Samoa", ["Samoa"]),
    ];

    private static readonly Dictionary<string, string> Zones = Known.SelectMany(k => k.Others.Append(k.Label).Select(name => (name, k.Zone)))
        .ToDictionary(n => n.name, n => n.Zone, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Labels = Known.ToDictionary(k => k.Zone, k => k.Label, StringComparer.Ordinal);

    /// <summary>The names that people choose from.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(k => k.Label)];

    /// <summary>The IANA time zone for a name: "Eastern", "ET", "Central Time (US)", "America/New_York". Null if unknown.</summary>
    public static string? Find(string text) =>
        Zones.GetValueOrDefault(Around().Replace(text, "").Trim())
        ?? (text.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(text.Trim(), out var zone) ? zone.Id : null);

    /// <summary>The name of an IANA time zone: "Eastern" for America/New_York; the time zone itself if it has no such name.</summary>
    public static string Of(string zone) => Labels.GetValueOrDefault(zone, zone);

    /// <summary>"ET", "EST" and "Eastern Time (US)" all become E or Eastern.</summary>
    [GeneratedRegex(@"\([^)]*\)|\b(standard|daylight|time|zone)\b|(?<=^\s*(?:[ECMPH]|AK))[SD]?T\b", RegexOptions.IgnoreCase)]
    private static partial Regex Around();
}
