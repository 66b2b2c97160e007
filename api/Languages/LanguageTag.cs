using System.Text.RegularExpressions;

namespace HealthEquity.Api.Languages;

/// <summary>Language tags (BCP-47: language, script, region), and when one serves a reader of another.</summary>
public static partial class LanguageTag
{
    /// <summary>Reads a tag and writes it as the standard does: <c>zh-Hans-CN</c>.</summary>
    public static bool TryRead(string text, out string tag)
    {
        var match = Form().Match(text);
        tag = text;
        if (!match.Success)
        {
            return false;
        }

        tag = match.Groups["language"].Value.ToLowerInvariant();
        if (match.Groups["script"] is { Success: true, Value: var script })
        {
            tag += "-" + char.ToUpperInvariant(script[0]) + script[1..].ToLowerInvariant();
        }

        if (match.Groups["region"] is { Success: true, Value: var region })
        {
            tag += "-" + region.ToUpperInvariant();
        }

        return true;
    }

    /// <summary>
    /// Whether a text in one language is what a reader of another asked for: the same language, and the same script where the
    /// script decides (Chinese); a region makes no difference.
    /// </summary>
    public static bool Serves(string available, string wanted)
    {
        if (available.Equals(wanted, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return Primary(available).Equals(Primary(wanted), StringComparison.OrdinalIgnoreCase)
            && (Script(available) is not { } one || Script(wanted) is not { } other || one == other);
    }

    private static ReadOnlySpan<char> Primary(ReadOnlySpan<char> tag) => tag.IndexOf('-') is > 0 and var end ? tag[..end] : tag;

    private static string? Script(string tag)
    {
        if (Form().Match(tag) is not { Success: true } match)
        {
            return null;
        }

        if (match.Groups["script"].Success)
        {
            return match.Groups["script"].Value.ToLowerInvariant();
        }

        return match.Groups["region"] is { Success: true, Value: var region } && match.Groups["language"].Value.Equals("zh", StringComparison.OrdinalIgnoreCase)
            ? region.ToUpperInvariant() is "TW" or "HK" or "MO" ? "hant" : "hans"
            : null;
    }

    [GeneratedRegex("^(?<language>[A-Za-z]{2,3})(-(?<script>[A-Za-z]{4}))?(-(?<region>[A-Za-z]{2}|[0-9]{3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
