using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Questions;

/// <summary>
/// Reads expressions in the notation of the lists:
/// <list type="bullet">
/// <item><c>(a|b|)</c>: any of these, the last of which is nothing;</item>
/// <item><c>...</c>: up to three words of any kind;</item>
/// <item><c>st~a,b,</c>: a word with one of these endings, the last of which is none; <c>a,b~st</c>: with one of these beginnings;
/// within named lists also <c>(a|b)~c,d</c>;</item>
/// <item><c>{name}</c>: any word of a named list, which <c>{name} = a | b</c> defines or adds to earlier in the file;</item>
/// <item><c>a + b</c>: both, in any order, with up to eight other words between them.</item>
/// </list>
/// </summary>
/// <param name="language">The language of the list.</param>
internal sealed class ExpressionParser(string language)
{
    private const string Both = " + ";
    private const int MaxPhrases = 20_000;

    /// <summary>The language of the list.</summary>
    public string Language => language;

    private readonly Dictionary<string, List<string>> _phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Slot> _lists = new(StringComparer.Ordinal);

    /// <summary>Reads an expression that names no list; null when it says nothing or its parentheses don't fit.</summary>
    public static Expression? Parse(string text, string language, IReadOnlyList<Meaning> meanings) => new ExpressionParser(language).Parse(text, meanings);

    /// <summary>True for a line that defines a list of words.</summary>
    public static bool IsDefinition(string line) => line.StartsWith('{') && line.IndexOf('}') is > 1 and var end && line.AsSpan(end + 1).TrimStart() is ['=', ..];

    /// <summary>Defines a list of words, or adds to it; false when the line can't be read.</summary>
    public bool Define(string line)
    {
        var name = line[1..line.IndexOf('}')];
        var phrases = _phrases.GetValueOrDefault(name) ?? [];
        foreach (var item in SplitOutside(Folding.Compose(line[(line.IndexOf('=') + 1)..])))
        {
            if (Phrases(item) is not { } more)
            {
                return false;
            }

            phrases.AddRange(more.Where(p => p.Length > 0));
        }

        _phrases[name] = phrases;
        _lists.Remove($"{{{name}}}");
        return phrases.Count is > 0 and <= MaxPhrases;
    }

    /// <summary>Reads an expression; null when it says nothing, its parentheses don't fit, or it names an unknown list.</summary>
    public Expression? Parse(string text, IReadOnlyList<Meaning> meanings)
    {
        var composed = Folding.Compose(text);
        if (composed.Contains(Both, StringComparison.Ordinal))
        {
            var parts = composed.Split(Both).Select(SharedSlot).ToList();
            return parts.Contains(null) ? null : new Expression(language, meanings, text, [.. parts.OfType<Slot>()]) { IsAnyOrder = true };
        }

        return Slots(composed) is { } slots && slots.Exists(s => !s.IsGap && s.Alternatives.All(a => a.Count > 0))
            ? new Expression(language, meanings, text, slots)
            : null;
    }

    private List<Slot>? Slots(string text)
    {
        var slots = new List<Slot>();
        foreach (var (start, length, sign) in Pieces(text))
        {
            var piece = text.Substring(start, length);
            switch (sign)
            {
                case '\0':
                    return null;
                case '.':
                    slots.Add(new Slot([]));
                    break;
                case '{' when SharedSlot(piece) is not { } list:
                    return null;
                case '{':
                    slots.Add(SharedSlot(piece)!);
                    break;
                default:
                    if (Phrases(piece) is not { } phrases)
                    {
                        return null;
                    }

                    var alternatives = phrases.Select(QuestionTokens.Of).ToList();
                    if (sign == '(' || alternatives[0].Count > 0)
                    {
                        slots.Add(new Slot([.. alternatives]));
                    }

                    break;
            }
        }

        return slots;
    }

    /// <summary>A slot whose words are found once for all expressions with the same ones; null when it can't be read.</summary>
    private Slot? SharedSlot(string text)
    {
        var key = text.Trim();
        if (_lists.TryGetValue(key, out var known))
        {
            return known;
        }

        if (Phrases(key) is not { } phrases || phrases.Select(QuestionTokens.Of).Where(t => t.Count > 0).ToList() is not { Count: > 0 } alternatives)
        {
            return null;
        }

        return _lists[key] = new Slot([.. alternatives]) { IsShared = true };
    }

    /// <summary>All phrases that a text without gaps stands for; null when it can't be read.</summary>
    private List<string>? Phrases(string text)
    {
        List<string> phrases = [""];
        foreach (var (start, length, sign) in Pieces(text))
        {
            var piece = text.Substring(start, length);
            if (sign == ' ' && start > 0 && piece[0] == '~')
            {
                var end = piece.IndexOf(' ') is > 0 and var space ? space : piece.Length;
                phrases = [.. phrases.SelectMany(p => OfWords(piece[..end]).Select(ending => p + ending))];
                piece = piece[end..];
            }

            var next = sign switch
            {
                '(' => OfGroup(piece[1..^1]),
                '{' => _phrases.GetValueOrDefault(piece[1..^1]),
                ' ' => OfWords(piece),
                _ => null,
            };
            if (next is null || phrases.Count * next.Count > MaxPhrases)
            {
                return null;
            }

            phrases = [.. phrases.SelectMany(p => next.Select(n => p.Length == 0 ? n : n.Length == 0 ? p : $"{p} {n}"))];
        }

        return phrases;
    }

    private List<string>? OfGroup(string group)
    {
        var phrases = new List<string>();
        foreach (var alternative in SplitOutside(group))
        {
            if (Phrases(alternative) is not { } more)
            {
                return null;
            }

            phrases.AddRange(more);
        }

        return phrases;
    }

    /// <summary>Words, each of which may have several beginnings or endings.</summary>
    private static List<string> OfWords(string text)
    {
        if (!text.Contains('~'))
        {
            return [text.Trim()];
        }

        IEnumerable<string> phrases = [""];
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var forms = word.Split('~').Aggregate<string, IEnumerable<string>>([""], (all, part) => all.SelectMany(a => part.Split(',').Select(p => a + p)));
            phrases = phrases.SelectMany(p => forms.Select(f => p.Length == 0 ? f : $"{p} {f}"));
        }

        return [.. phrases];
    }

    /// <summary>Cuts a text at its signs: '(' a group, '{' a list, '.' a gap, ' ' words between; '\0' what doesn't close.</summary>
    private static IEnumerable<(int Start, int Length, char Sign)> Pieces(string text)
    {
        var i = 0;
        while (i < text.Length)
        {
            if (text[i] is '(' or '{')
            {
                var end = text[i] == '{' ? text.IndexOf('}', i) : EndOfGroup(text, i);
                var isOpen = end < 0;
                yield return (i, isOpen ? text.Length - i : end - i + 1, isOpen ? '\0' : text[i]);
                i = isOpen ? text.Length : end + 1;
            }
            else if (text.AsSpan(i).StartsWith("..."))
            {
                yield return (i, 3, '.');
                i += 3;
            }
            else
            {
                var end = i;
                while (end < text.Length && text[end] is not ('(' or '{') && !text.AsSpan(end).StartsWith("..."))
                {
                    end++;
                }

                yield return (i, end - i, ' ');
                i = end;
            }
        }
    }

    private static int EndOfGroup(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Splits at the bars that stand in no parentheses.</summary>
    private static IEnumerable<string> SplitOutside(string text)
    {
        var (from, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == '|' && depth == 0))
            {
                yield return text[from..i].Trim();
                from = i + 1;
            }
            else
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            }
        }
    }
}
