namespace HealthEquity.Api.Languages;

/// <summary>When a text in one language serves a reader of another.</summary>
public static class LanguageMatch
{
    /// <summary>
    /// The same language, and the same script where the script decides (Chinese); a region makes no difference. What does not
    /// say its script serves readers of either.
    /// </summary>
    /// <param name="available">The text's language, BCP-47.</param>
    /// <param name="wanted">The reader's language, BCP-47.</param>
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
