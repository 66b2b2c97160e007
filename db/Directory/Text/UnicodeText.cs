using System.Text;
using System.Xml;

namespace HealthEquity.Directory.Text;

/// <summary>Handles text from files and browsers, which may contain invalid characters.</summary>
public static class UnicodeText
{
    /// <summary>
    /// The text in a normalization form (UAX #15). Characters that normalization rejects (unpaired surrogates and U+FFFE) are replaced with
    /// U+FFFD, the replacement character.
    /// </summary>
    public static string Normalized(string text, NormalizationForm form) => Readable(text).Normalize(form);

    /// <summary>True if every character can stand in an XML document: no unpaired surrogates, no U+FFFE or U+FFFF, no control characters but white space.</summary>
    public static bool IsXml(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text for an XML document. Characters that can't stand there are replaced with U+FFFD, so that one of them does not cost readers the whole document.</summary>
    public static string ForXml(string text)
    {
        if (IsXml(text))
        {
            return text;
        }

        var readable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            readable.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        }

        return readable.ToString();
    }

    /// <summary>The text between isolates, so that its direction does not affect the surrounding text (UAX #9: U+2068, U+2069).</summary>
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
