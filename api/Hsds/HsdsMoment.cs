using System.Globalization;

namespace HealthEquity.Api.Hsds;

/// <summary>Moments as HSDS callers write them.</summary>
internal static class HsdsMoment
{
    /// <summary>Reads ISO 8601; without an offset, UTC is meant.</summary>
    public static bool TryRead(string text, out DateTimeOffset moment) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
}
