using System.Globalization;
using System.Text;
using HealthEquity.Directory.Text;

namespace HealthEquity.Directory.Entries;

/// <summary>Slugs: readable addresses of entries.</summary>
public static class Slug
{
    private const int MaximumLength = 80;

    /// <summary>Lowercase words joined by hyphens, without accents. Empty if the text has no Latin letters or digits.</summary>
    public static string From(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in UnicodeText.Normalized(text, NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (c is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        if (slug.Length > MaximumLength)
        {
            slug.Length = MaximumLength;
        }

        return slug.ToString().Trim('-');
    }
}
