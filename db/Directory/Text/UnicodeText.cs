using System.Text;

namespace HealthEquity.Directory.Text;

/// <summary>Texts as they come: a file or a browser may send what is no character at all.</summary>
public static class UnicodeText
{
    /// <summary>
    /// The text in a normalization form (UAX #15). What normalization refuses, half of a surrogate pair and U+FFFE, is read as U+FFFD,
    /// the character for what can't be read.
    /// </summary>
    public static string Normalized(string text, NormalizationForm form) => Readable(text).Normalize(form);

    /// <summary>The text between marks that keep its direction from turning what stands around it (UAX #9: U+2068, U+2069).</summary>
    public static string Isolated(string text) => $"\u2068{text}\u2069";

    private static string Readable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\uFFFE'))
        {
            return text;
        }

        var readable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            readable.Append(rune.Value == 0xFFFE ? "\uFFFD" : rune.ToString());
        }

        return readable.ToString();
    }
}
