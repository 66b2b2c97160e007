namespace HealthEquity.Api.Languages;

/// <summary>Decides whether a text in one language fits a reader of another.</summary>
public static class LanguageMatch
{
    /// <summary>
    /// True for the same language and, for Chinese, the same script. Regions are ignored. A text without a script fits readers of either script.
    /// </summary>
    /// <param name="available">The language of the text, BCP-47.</param>
    /// <param name="wanted">The language of the reader, BCP-47.</param>
    public static bool Serves(string available, string wanted) =>
        available.Equals(wanted, StringComparison.OrdinalIgnoreCase)
        || (Primary(available).Equals(Primary(wanted), StringComparison.OrdinalIgnoreCase)
            && (Script(available) is not { } one || Script(wanted) is not { } other || one == other));

    private static ReadOnlySpan<char> Primary(ReadOnlySpan<char> tag) => tag.IndexOf('-') is > 0 and var end ? tag[..end] : tag;

    private static string? Script(string tag)
    {
        var parts = tag.Split('-');
        if (parts.Length > 1 && parts[1].Length == 4)
        {
            return parts[1].ToLowerInvariant();
        }

        return parts.Length > 1 && parts[0].Equals("zh", StringComparison.OrdinalIgnoreCase)
            ? parts[^1].ToUpperInvariant() is "TW" or "HK" or "MO" ? "hant" : "hans"
            : null;
    }
}
