using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Questions;

/// <summary>
/// Reads lists of expressions. People who are no programmers read, correct and translate them: <c>[code code]</c> begins a section, and
/// each line below is one expression. In it <c>(a|b|)</c> stands for any of these, the last of which is nothing; <c>...</c> for up to
/// three words of any kind; and what follows <c> # </c> is a note.
/// </summary>
internal static class ExpressionList
{
    private const string Folder = "HealthEquity.Search.Questions.";

    /// <summary>The expressions of danger and need that ship, in all languages.</summary>
    public static IEnumerable<Expression> Shipped()
    {
        var assembly = typeof(ExpressionList).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (name.StartsWith(Folder, StringComparison.Ordinal) && name[Folder.Length..].Split('.') is [var list, var language, "txt"])
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                foreach (var expression in Read(reader, language, isCrisis: list == "Crisis"))
                {
                    yield return expression;
                }
            }
        }
    }

    /// <summary>Reads a list.</summary>
    /// <param name="reader">The list.</param>
    /// <param name="language">Its language.</param>
    /// <param name="isCrisis">True when its sections are kinds of crisis.</param>
    /// <exception cref="FormatException">A line can't be read; the message names it.</exception>
    public static IEnumerable<Expression> Read(TextReader reader, string language, bool isCrisis)
    {
        IReadOnlyList<Meaning> section = [];
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var note = line.IndexOf(" #", StringComparison.Ordinal);
            var text = (line.StartsWith('#') ? "" : note < 0 ? line : line[..note]).Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (text is ['[', .., ']'])
            {
                section = [.. text[1..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(code => isCrisis && code != Meaning.Never ? new Meaning(Meaning.Crisis, code) : Meaning.Parse(code))];
                continue;
            }

            if (section.Count == 0)
            {
                throw new FormatException($"Line {number} of the list in {language} stands under no section.");
            }

            yield return Parse(text, language, section) ?? throw new FormatException($"Line {number} of the list in {language} can't be read: {text}");
        }
    }

    /// <summary>Reads an expression; null when it says nothing, or its parentheses don't fit.</summary>
    public static Expression? Parse(string text, string language, IReadOnlyList<Meaning> meanings)
    {
        var composed = Folding.Compose(text);
        var slots = new List<Slot>();
        var i = 0;
        while (i < composed.Length)
        {
            if (composed[i] == '(')
            {
                var end = composed.IndexOf(')', i);
                if (end < 0 || composed.AsSpan(i + 1, end - i - 1).Contains('('))
                {
                    return null;
                }

                slots.Add(new Slot([.. composed[(i + 1)..end].Split('|').Select(QuestionTokens.Of)]));
                i = end + 1;
            }
            else if (composed.AsSpan(i).StartsWith("..."))
            {
                slots.Add(new Slot([]));
                i += 3;
            }
            else
            {
                var end = i;
                while (end < composed.Length && composed[end] != '(' && !composed.AsSpan(end).StartsWith("..."))
                {
                    end++;
                }

                if (QuestionTokens.Of(composed[i..end]) is { Count: > 0 } words)
                {
                    slots.Add(new Slot([words]));
                }

                i = end;
            }
        }

        return slots.Exists(s => !s.IsGap && s.Alternatives.All(a => a.Count > 0)) ? new Expression(language, meanings, text, slots) : null;
    }
}
