using System.Text;

namespace HealthEquity.Api.Problems;

/// <summary>Shows a caller's own text back to them, short and harmless.</summary>
public static class Quoted
{
    private const int Longest = 60;

    /// <summary>The text in quotation marks, cut at 60 characters, without control characters and markup.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(Longest + 3).Append('\'');
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length > Longest)
            {
                shown.Append('…');
                break;
            }

            shown.Append(Rune.IsControl(rune) || rune.Value is '<' or '>' or '&' or '"' or 0xFFFD || IsDirectionMark(rune.Value) ? "?" : rune.ToString());
        }

        return shown.Append('\'').ToString();
    }

    /// <summary>Marks that turn the direction of text could make a message read otherwise than it is.</summary>
    private static bool IsDirectionMark(int rune) => rune is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F;
}
