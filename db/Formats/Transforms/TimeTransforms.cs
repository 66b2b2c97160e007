using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Transforms;

/// <summary>
/// <c>"localTime"</c>: reads a date with or without a time of day ("3/1/2026 6:30 PM", "2026-03-01T18:30", "Mar 1, 2026") as local time without
/// an offset. Text with a zone or offset is refused, because the zone has its own field.
/// </summary>
public sealed partial class LocalTime : Transform
{
    private static readonly string[] Forms = ["H:mm", "H:mm:ss", "h:mm tt", "h:mmtt", "h:mm:ss tt", "h:mm:sstt", "h tt", "htt"];

    private static readonly AnyDate Days = new();

    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row)
    {
        var parts = Parts().Match(text);
        var time = TimeOnly.MinValue;
        var isDay = !text.Contains(':', StringComparison.Ordinal) || parts.Groups["time"].Success;
        if (!parts.Success || !isDay || (parts.Groups["time"] is { Success: true, Value: var said }
            && !TimeOnly.TryParseExact(said.Replace(".", "", StringComparison.Ordinal), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out time)))
        {
            throw new CellException($"'{text}' is not a date and time.", "Write it as 2026-01-31 18:30 or 1/31/2026 6:30 PM, in local time without a time zone.");
        }

        return $"{Days.Apply(parts.Groups["day"].Value, row)}T{time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}";
    }

    [GeneratedRegex(@"^(?<day>\S.*?)(?:(?:T|\s*,\s*|\s+(?:at\s+)?)(?<time>\d{1,2}(?::\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\s*[ap]\.?m\.?)))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Parts();
}

/// <summary><c>"timeZone"</c>: reads a time zone as people write it ("Eastern", "ET", "America/New_York") as its IANA name.</summary>
public sealed class TimeZoneTransform : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) => TimeZoneNames.Find(text)
        ?? throw new CellException($"'{text}' is not a known time zone.", "Write Eastern, Central, Mountain or Pacific, or an IANA name such as America/New_York.");
}

/// <summary><c>"timeZoneOfPlace"</c>: reads the time zone of a ZIP code, or of a state with a single one; nothing if unknown.</summary>
public sealed class PlaceTimeZone : Transform
{
    /// <inheritdoc/>
    public override JsonNode? Apply(string text, SourceRow row) =>
        States.Parse(text) is { } state ? TimeZones.Find(state.Code, null) : TimeZones.Find(null, ZipCodes.Normalize(text));
}
