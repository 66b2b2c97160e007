namespace HealthEquity.Search.Questions;

/// <summary>Compiles expressions. What it needs for that is let go of afterwards.</summary>
internal sealed class ExpressionCompiler
{
    private const string Vietnamese = "vi";
    private const int ShortestNeedWord = 4;

    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<IReadOnlyList<IReadOnlyList<QuestionToken>>, int> _lists = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ushort> _sections = new(StringComparer.Ordinal);
    private readonly List<int> _code = [];
    private readonly List<ushort> _accents = [];
    private readonly List<ExpressionHead> _heads = [];
    private readonly List<WordRun> _runs = [];
    private readonly List<int> _runFirsts = [];
    private readonly List<IReadOnlyList<Meaning>> _meanings = [];
    private readonly List<string> _languages = [];
    private readonly List<(int Word, int Expression)> _byWord = [];
    private readonly List<(int List, int Expression)> _byList = [];
    private readonly List<(int List, int Expression)> _anyOrder = [];
    private readonly HashSet<string> _needWords = new(StringComparer.Ordinal);
    private readonly HashSet<string> _prepositions = new(StringComparer.Ordinal);

    private ExpressionCompiler()
    {
    }

    /// <summary>Compiles expressions.</summary>
    public static CompiledExpressions Compile(IEnumerable<Expression> expressions)
    {
        var compiler = new ExpressionCompiler();
        foreach (var expression in expressions.OrderBy(e => e.Language, StringComparer.Ordinal))
        {
            compiler.Add(expression);
        }

        return compiler.Compiled();
    }

    private CompiledExpressions Compiled()
    {
        var needWords = _needWords.Where(w => w.Length >= ShortestNeedWord && char.IsLetter(w[0])).ToList();
        char[] letters = [.. needWords.Select(w => w[0]).Distinct().Order()];
        return new CompiledExpressions
        {
            Words = WordTable.Of(_words.Keys),
            Letters = letters,
            NeedWords = new Grouped<int>([.. needWords.Select(w => (Array.BinarySearch(letters, w[0]), _words[w]))], letters.Length),
            Prepositions = [.. _prepositions],
            Code = [.. _code],
            Accents = [.. _accents],
            Heads = [.. _heads],
            Meanings = [.. _meanings],
            Languages = [.. _languages],
            ByWord = new Grouped<int>(_byWord, _words.Count),
            Runs = new Grouped<WordRun>([.. _runFirsts.Zip(_runs)], _words.Count),
            ByList = new Grouped<int>(_byList, _lists.Count),
            AnyOrder = new Grouped<int>(_anyOrder, _lists.Count),
        };
    }

    private void Add(Expression expression)
    {
        if (_languages.Count == 0 || _languages[^1] != expression.Language)
        {
            _languages.Add(expression.Language);
        }

        var section = string.Join(' ', expression.Meanings);
        if (!_sections.TryGetValue(section, out var meanings))
        {
            _sections.Add(section, meanings = (ushort)_meanings.Count);
            _meanings.Add(expression.Meanings);
        }

        var hasAccents = expression.Language == Vietnamese;
        // The words of shared lists stand in the code, too, and before the expression that is the first to name them.
        foreach (var shared in expression.Slots.Where(s => s.IsShared))
        {
            ListId(shared, hasAccents);
        }

        Index(expression, _heads.Count, hasAccents);
        _heads.Add(new ExpressionHead(_code.Count, meanings, (ushort)(_languages.Count - 1)));
        foreach (var slot in expression.Slots)
        {
            Emit(slot.IsGap ? CompiledExpressions.Gap : slot.IsShared ? CompiledExpressions.FirstList - ListId(slot, hasAccents) : slot.Alternatives.Count);
            foreach (var alternative in slot.IsShared ? [] : slot.Alternatives)
            {
                Emit(alternative.Count);
                EmitWords(alternative, hasAccents);
            }
        }

        Emit(CompiledExpressions.End);
        if (!expression.Meanings.Any(m => m.Axis is Meaning.Crisis or Meaning.Never or Meaning.OtherSense))
        {
            _needWords.UnionWith(expression.Slots.SelectMany(s => s.Alternatives).SelectMany(a => a).Select(t => t.Word));
        }

        if (expression.Meanings.Any(m => m.Axis == Meaning.Near))
        {
            _prepositions.UnionWith(Spelled(expression));
        }
    }

    /// <summary>The phrases that an expression without gaps stands for.</summary>
    private static IEnumerable<string> Spelled(Expression expression)
    {
        IEnumerable<string> phrases = [""];
        foreach (var slot in expression.Slots)
        {
            phrases = phrases.SelectMany(p => slot.Alternatives.Select(a => $"{p} {string.Join(' ', a.Select(t => t.Word))}".Trim()));
        }

        return phrases;
    }

    private void Index(Expression expression, int index, bool hasAccents)
    {
        if (expression.IsAnyOrder)
        {
            _anyOrder.Add((ListId(expression.Slots[0], hasAccents), index));
            return;
        }

        var firsts = new HashSet<int>();
        foreach (var slot in expression.Slots)
        {
            if (slot.IsShared)
            {
                _byList.Add((ListId(slot, hasAccents), index));
                break;
            }

            firsts.UnionWith(slot.Alternatives.Where(a => a.Count > 0).Select(a => Id(a[0].Word)));
            if (!slot.IsGap && slot.Alternatives.All(a => a.Count > 0))
            {
                break;
            }
        }

        _byWord.AddRange(firsts.Select(first => (first, index)));
    }

    private int ListId(Slot slot, bool hasAccents)
    {
        if (_lists.TryGetValue(slot.Alternatives, out var list))
        {
            return list;
        }

        _lists.Add(slot.Alternatives, list = _lists.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var alternative in slot.Alternatives.Where(a => a.Count > 0 && seen.Add(string.Join(' ', a.Select(t => t.Accented ?? t.Word)))))
        {
            _runFirsts.Add(Id(alternative[0].Word));
            _runs.Add(new WordRun(list, _code.Count, alternative.Count));
            EmitWords(alternative, hasAccents);
        }

        return list;
    }

    private void EmitWords(IReadOnlyList<QuestionToken> words, bool hasAccents)
    {
        foreach (var token in words)
        {
            Emit(Id(token.Word), hasAccents ? CompiledExpressions.AccentId(token.Accented ?? token.Word) : (ushort)0);
        }
    }

    private void Emit(int number, ushort accent = 0)
    {
        _code.Add(number);
        _accents.Add(accent);
    }

    private int Id(string word)
    {
        if (!_words.TryGetValue(word, out var id))
        {
            _words.Add(word, id = _words.Count);
        }

        return id;
    }
}
