namespace HealthEquity.Search.Questions;

/// <summary>
/// Reads lists of expressions. People who are not programmers read, correct and translate them: <c>[code code]</c> begins a section, and
/// each line below is one expression, as <see cref="ExpressionParser"/> describes it. What follows <c> # </c> is a note.
/// </summary>
internal static class ExpressionList
{
    private const string Crisis = "Crisis";
    private const string Needs = "Needs";
    private const string Patterns = "patterns.txt";

    /// <summary>The expressions of danger and need of a folder, in all languages.</summary>
    /// <param name="folder">The folder that has the folders Crisis and Needs.</param>
    /// <exception cref="FormatException">A line can't be read; the message names it.</exception>
    public static IEnumerable<Expression> In(string folder) =>
        from list in new[] { Crisis, Needs }
        from file in System.IO.Directory.EnumerateFiles(Path.Combine(folder, list), "*.txt").Order(StringComparer.Ordinal)
        where Path.GetFileName(file) != Patterns
        from expression in Read(file, Path.GetFileNameWithoutExtension(file), list == Crisis ? Path.Combine(folder, Crisis, Patterns) : null)
        select expression;

    /// <summary>Reads a list.</summary>
    /// <param name="reader">The list.</param>
    /// <param name="language">Its language.</param>
    /// <param name="isCrisis">True when its sections are kinds of crisis.</param>
    /// <exception cref="FormatException">A line can't be read; the message names it.</exception>
    public static IEnumerable<Expression> Read(TextReader reader, string language, bool isCrisis) =>
        Read(reader, new ExpressionParser(language), isCrisis, isPattern: false);

    private static List<Expression> Read(string file, string language, string? patterns)
    {
        var parser = new ExpressionParser(language);
        using var list = new StreamReader(file);
        List<Expression> expressions = [.. Read(list, parser, isCrisis: patterns is not null, isPattern: false)];
        if (patterns is not null)
        {
            using var more = new StreamReader(patterns);
            expressions.AddRange(Read(more, parser, isCrisis: true, isPattern: true));
        }

        return expressions;
    }

    /// <summary>Reads lines. A pattern that names a list which the language doesn't have is left out.</summary>
    private static IEnumerable<Expression> Read(TextReader reader, ExpressionParser parser, bool isCrisis, bool isPattern)
    {
        var lines = Lines(reader).ToList();
        foreach (var (number, text) in lines.Where(l => ExpressionParser.IsDefinition(l.Text)))
        {
            if (!parser.Define(text))
            {
                throw new FormatException($"Line {number} of the list in {parser.Language} can't be read: {text}");
            }
        }

        IReadOnlyList<Meaning> section = [];
        foreach (var (number, text) in lines.Where(l => !ExpressionParser.IsDefinition(l.Text)))
        {
            if (text is ['[', .., ']'])
            {
                section = Meanings(text[1..^1], isCrisis);
            }
            else if (section.Count == 0)
            {
                throw new FormatException($"Line {number} of the list in {parser.Language} stands under no section: {text}");
            }
            else if (parser.Parse(text, section) is { } expression)
            {
                yield return expression;
            }
            else if (!isPattern)
            {
                throw new FormatException($"Line {number} of the list in {parser.Language} can't be read: {text}");
            }
        }
    }

    /// <summary>The lines that say something, without notes.</summary>
    private static IEnumerable<(int Number, string Text)> Lines(TextReader reader)
    {
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var note = line.IndexOf(" #", StringComparison.Ordinal);
            var text = (line.StartsWith('#') ? "" : note < 0 ? line : line[..note]).Trim();
            if (text.Length > 0)
            {
                yield return (number, text);
            }
        }
    }

    private static IReadOnlyList<Meaning> Meanings(string codes, bool isCrisis) =>
        [.. codes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(code => isCrisis && code is not (Meaning.Never or Meaning.OtherSense or Meaning.Perhaps) ? new Meaning(Meaning.Crisis, code) : Meaning.Parse(code))];
}
