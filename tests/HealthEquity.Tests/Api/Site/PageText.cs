using System.Net;
using System.Text.RegularExpressions;

namespace HealthEquity.Tests.Api.Site;

/// <summary>A page as a reader sees it: its words without markup, one space between them, without the marks of direction.</summary>
internal static partial class PageText
{
    public static string Of(string html) =>
        Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(Block().Replace(html, " $0"), "")).Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal), " ").Trim();

    /// <summary>The words in the elements with that class, such as "facts" or "hint".</summary>
    public static string[] In(string html, string element, string @class) =>
        [.. Regex.Matches(html, $"<{element}[^>]*class=\"{@class}\"[^>]*>(.*?)</{element}>", RegexOptions.Singleline).Select(m => Of(m.Groups[1].Value))];

    [GeneratedRegex("<(?:p|li|h[1-6]|td|th|tr|div|section|button|summary|figcaption|label|option)[ >]")]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
