using System.Text.RegularExpressions;

namespace HealthEquity.Admin.Pages.Settings;

/// <summary>Reads the address of a site as an origin (RFC 6454), the form that Content-Security-Policy and postMessage use.</summary>
public static partial class Origins
{
    private const int MaxLength = 250;

    /// <summary>The origin, lowercase, such as <c>https://www.example.gov</c>; null if the text is not one.</summary>
    /// <param name="text">An origin, or a host without a scheme.</param>
    /// <param name="wildcard">Whether <c>*.</c> may stand for all subdomains.</param>
    public static string? Read(string text, bool wildcard)
    {
        var origin = text.Trim().TrimEnd('/').ToLowerInvariant();
        origin = origin.Contains("://", StringComparison.Ordinal) ? origin : $"https://{origin}";
        return origin.Length <= MaxLength && Origin().Match(origin) is { Success: true } match && (wildcard || !match.Groups["any"].Success) ? origin : null;
    }

    // Plain http only for this machine, where somebody tries things out.
    [GeneratedRegex(@"^(https://(?<any>\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]|https?://(localhost|127\.0\.0\.1))(:[1-9][0-9]{0,4})?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Origin();
}
