using System.Text.RegularExpressions;

namespace HealthEquity.Formats.Sources;

/// <summary>Removes artifacts of other programs from texts: line breaks written as "\n", and placeholders such as "###MON###".</summary>
public static partial class SourceMarkup
{
    /// <summary>The text with real line breaks and without placeholders.</summary>
    public static string Clean(string text) => text.Contains('\\', StringComparison.Ordinal) || text.Contains("##", StringComparison.Ordinal)
        ? TooMany().Replace(Marks().Replace(Breaks().Replace(text, "\n"), ""), "\n\n").Trim()
        : text;

    // A path such as C:\new is not one, because a letter precedes it.
    [GeneratedRegex(@"(?<!\b[A-Za-z]:[^\s]*)(\\r\\n|\\r|\\n)(?![a-z]{2,}\\)")]
    private static partial Regex Breaks();

    [GeneratedRegex(@"#{2,}[A-Z0-9_ ]*#{2,}")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\n\s*\n\s*\n")]
    private static partial Regex TooMany();
}
