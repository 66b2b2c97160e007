namespace HealthEquity.Search.Questions;

/// <summary>
/// Reads lists of expressions. People who are not programmers read, correct and translate them: <c>[code code]</c> begins a section, and
/// each line below is one expression, as <see cref="ExpressionParser"/> describes it. What follows <c> # </c> is a note.
/// </summary>
internal static class ExpressionList
{
    private const string Folder = "HealthEquity.Search.Questions.";

    /// <summary>The expressions of danger and need that ship, in all languages.</summary>
    public static IEnumerable<Expression> Shipped()
    {
        var assembly = typeof(ExpressionList).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .AsParallel().AsOrdered()
            .SelectMany(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return name[Folder.Length..].Split('.') is [var list, var language, _] ? Read(reader, language, isCrisis: list == "Crisis").ToList() : [];
            });
    }

    /// <summary>Reads a list.</summary>
    /// <param name="reader">The list.</param>
    /// <param name="language">Its language.</param>
    /// <param name="isCrisis">True when its sections are kinds of crisis.</param>
    /// <exception cref="FormatException">A line can't be read; the message names it.</exception>
    public static IEnumerable<Expression> Read(TextReader reader, string language, bool isCrisis)
    {
        var parser = new ExpressionParser(language);
        IReadOnlyList<Meaning> section = [];
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var note = line.IndexOf(" #", StringComparison.Ordinal);
            var text = (line.StartsWith('#') ? "" : note < 0 ? line : line[..note]).Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (ExpressionParser.IsDefinition(text))
            {
                if (!parser.Define(text))
                {
                    throw new FormatException($"Line {number} of the list in {language} can't be read: {text}");
                }

                continue;
            }

            if (text is ['[', .., ']'])
            {
                section = [.. text[1..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(code => isCrisis && code is not (Meaning.Never or Meaning.OtherSense) ? new Meaning(Meaning.Crisis, code) : Meaning.Parse(code))];
                continue;
            }

            if (section.Count == 0)
            {
                throw new FormatException($"Line {number} of the list in {language} stands under no section.");
            }

            yield return parser.Parse(text, section) ?? throw new FormatException($"Line {number} of the list in {language} can't be read: {text}");
        }
    }
}
