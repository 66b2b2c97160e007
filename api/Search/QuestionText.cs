namespace HealthEquity.Api.Search;

/// <summary>Checks that a question is readable text.</summary>
internal static class QuestionText
{
    /// <summary>The maximum length of a question, in characters.</summary>
    public const int MaxLength = 500;

    /// <summary>The problem with a question and its remedy; null if there is none.</summary>
    public static string? Fault(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > MaxLength)
        {
            return $"is longer than {MaxLength} characters. Shorten it.";
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD)
            {
                return "contains half of a surrogate pair or bytes that are not UTF-8. Send the text as UTF-8.";
            }

            if (System.Text.Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r'))
            {
                return $"contains the control character U+{rune.Value:X4}. Remove it.";
            }
        }

        return null;
    }
}
