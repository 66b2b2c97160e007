using System.Text;

namespace HealthEquity.Api.Problems;

/// <summary>Quotes text of a request safely in an error message.</summary>
public static class Quoted
{
    private const int MaxLength = 60;

    /// <summary>The text in quotation marks, truncated to 60 characters, without control characters and markup.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(MaxLength + 3).Append('\'');
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length > MaxLength)
            {
                shown.Append('…');
                break;
            }

            shown.Append(Rune.IsControl(rune) || rune.Value is '<' or '>' or '&' or '"' or 0xFFFD || IsDirectionMark(rune.Value) ? "?" : rune.ToString());
        }

        return shown.Append('\'').ToString();
    }

    /// <summary>Direction marks could change how a message reads.</summary>
    private static bool IsDirectionMark(int rune) => rune is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F;
}
