using System.Globalization;

namespace HealthEquity.Api.Hsds;

/// <summary>Reads date and time parameters of HSDS.</summary>
internal static class HsdsMoment
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    /// <summary>Reads ISO 8601. Without an offset, UTC is assumed.</summary>
    public static bool TryRead(string text, out DateTimeOffset moment) => DateTimeOffset.TryParseExact(
        // An unescaped plus sign in an address arrives as a space.
        text.Contains('T', StringComparison.Ordinal) ? text.Replace(' ', '+') : text,
        Forms,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out moment);
}
