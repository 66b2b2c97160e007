namespace HealthEquity.Api.Languages;

/// <summary>Decides whether a text in one language fits a reader of another.</summary>
public static class LanguageMatch
{
    /// <summary>
    /// True for the same language and, for Chinese, the same script. Regions are ignored. A text without a script fits readers of either script.
    /// </summary>
    /// <param name="available">The language of the text, BCP-47.</param>
    /// <param name="wanted">The language of the reader, BCP-47.</param>
    public static bool Serves(string available, string wanted)
    {
        if (available.Equals(wanted, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!Primary(available).Equals(Primary(wanted), StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var one = Script(available);
        var other = Script(wanted);
        return one.IsEmpty || other.IsEmpty || one.Equals(other, StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> Primary(ReadOnlySpan<char> tag) => tag.IndexOf('-') is > 0 and var end ? tag[..end] : tag;

    /// <summary>The script that a tag names, or that the region of a Chinese one has; empty if unknown.</summary>
    private static ReadOnlySpan<char> Script(ReadOnlySpan<char> tag)
    {
        var dash = tag.IndexOf('-');
        if (dash < 0)
        {
            return [];
        }

        var second = tag[(dash + 1)..];
        second = second.IndexOf('-') is >= 0 and var end ? second[..end] : second;
        if (second.Length == 4)
        {
            return second;
        }

        var last = tag[(tag.LastIndexOf('-') + 1)..];
        return !tag[..dash].Equals("zh", StringComparison.OrdinalIgnoreCase) ? []
            : last.Equals("TW", StringComparison.OrdinalIgnoreCase) || last.Equals("HK", StringComparison.OrdinalIgnoreCase) || last.Equals("MO", StringComparison.OrdinalIgnoreCase) ? "hant"
            : "hans";
    }
}
