using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HealthEquity.Formats.OpeningHours;

/// <summary>Opening times as text: "monday 09:00-17:00".</summary>
internal static partial class OpeningTimes
{
    /// <summary>Writes an interval.</summary>
    public static string Write(JsonElement time) =>
        $"{time.GetProperty("day").GetString()} {time.GetProperty("opens").GetString()}-{time.GetProperty("closes").GetString()}";

    /// <summary>Reads an interval; null if the text is not one.</summary>
    public static JsonObject? Read(string text)
    {
        var match = Interval().Match(text);
        return match.Success
            && Enum.TryParse<DayOfWeek>(match.Groups["day"].Value, ignoreCase: true, out var day)
            && TryRead(match.Groups["opens"].Value, out var opens)
            && TryRead(match.Groups["closes"].Value, out var closes)
            ? new JsonObject { ["day"] = JsonNamingPolicy.CamelCase.ConvertName(day.ToString()), ["opens"] = opens, ["closes"] = closes }
            : null;
    }

    private static bool TryRead(string text, out string time)
    {
        var read = TimeOnly.TryParseExact(text, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value);
        time = value.ToString("HH:mm", CultureInfo.InvariantCulture);
        return read;
    }

    [GeneratedRegex(@"\A(?<day>[A-Za-z]+)\s+(?<opens>[0-9]{1,2}:[0-9]{2})\s*[-–]\s*(?<closes>[0-9]{1,2}:[0-9]{2})\z")]
    private static partial Regex Interval();
}
