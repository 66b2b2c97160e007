namespace HealthEquity.Api.Search;

/// <summary>What a question may be written in: anything that is text.</summary>
internal static class QuestionText
{
    /// <summary>The most characters that a question may have.</summary>
    public const int Longest = 500;

    /// <summary>What is wrong with a question, and what to do; null when it can be read.</summary>
    public static string? Fault(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > Longest)
        {
            return $"is longer than {Longest} characters.";
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD)
            {
                return "holds half of a surrogate pair or bytes that are not UTF-8; send the text as UTF-8.";
            }

            if (System.Text.Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r'))
            {
                return $"holds the control character U+{rune.Value:X4}; leave it out.";
            }
        }

        return null;
    }
}
