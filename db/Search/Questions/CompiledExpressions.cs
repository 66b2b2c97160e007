using System.Collections.Frozen;

namespace HealthEquity.Search.Questions;

/// <summary>
/// Expressions as runs of numbers, ready to be compared. For each slot there is how many alternatives it has, and of each how many words
/// and which; or a number that stands for a gap or a shared list. Alternatives are never multiplied out. Never changes.
/// </summary>
internal sealed class CompiledExpressions
{
    /// <summary>The end of an expression.</summary>
    public const int End = 0;

    /// <summary>A gap.</summary>
    public const int Gap = -1;

    /// <summary>The code of the first shared list; those of the others are below it.</summary>
    public const int FirstList = -2;

    private const string Vietnamese = "vi";

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

    /// <summary>Compiles expressions.</summary>
    public CompiledExpressions(IEnumerable<Expression> expressions)
    {
        foreach (var expression in expressions.OrderBy(e => e.Language, StringComparer.Ordinal))
        {
            Add(expression);
        }

        Words = _words.ToFrozenDictionary(StringComparer.Ordinal);
        (Code, Accents, Heads, Meanings, Languages) = ([.. _code], [.. _accents], [.. _heads], [.. _meanings], [.. _languages]);
        ByWord = new Grouped<int>(_byWord, Words.Count);
        Runs = new Grouped<WordRun>([.. _runFirsts.Zip(_runs)], Words.Count);
        ByList = new Grouped<int>(_byList, _lists.Count);
        AnyOrder = new Grouped<int>(_anyOrder, _lists.Count);
        ListCount = _lists.Count;
        NeedWords = _needWords;
    }

    /// <summary>The number of each word.</summary>
    public FrozenDictionary<string, int> Words { get; }

    /// <summary>The words of expressions that say no danger.</summary>
    public IReadOnlyCollection<string> NeedWords { get; }

    /// <summary>All expressions, one after the other.</summary>
    public int[] Code { get; }

    /// <summary>For each word in the code a number of its spelling with accents; 0 where accents don't count.</summary>
    public ushort[] Accents { get; }

    /// <summary>Where each expression begins, and what it means.</summary>
    public ExpressionHead[] Heads { get; }

    /// <summary>What expressions mean.</summary>
    public IReadOnlyList<Meaning>[] Meanings { get; }

    /// <summary>The languages of the expressions.</summary>
    public string[] Languages { get; }

    /// <summary>For each word the expressions that may begin with it.</summary>
    public Grouped<int> ByWord { get; }

    /// <summary>For each word what begins with it in shared lists.</summary>
    public Grouped<WordRun> Runs { get; }

    /// <summary>For each shared list the expressions that may begin with it.</summary>
    public Grouped<int> ByList { get; }

    /// <summary>For each shared list the expressions in any order whose first slot it is.</summary>
    public Grouped<int> AnyOrder { get; }

    /// <summary>How many shared lists there are.</summary>
    public int ListCount { get; }

    /// <summary>The number of a spelling with accents.</summary>
    public static ushort AccentId(string accented) => (ushort)(string.GetHashCode(accented, StringComparison.Ordinal) | 1);

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
        _heads.Add(new ExpressionHead(_code.Count, meanings, (byte)(_languages.Count - 1)));
        foreach (var slot in expression.Slots)
        {
            Emit(slot.IsGap ? Gap : slot.IsShared ? FirstList - ListId(slot, hasAccents) : slot.Alternatives.Count);
            foreach (var alternative in slot.IsShared ? [] : slot.Alternatives)
            {
                Emit(alternative.Count);
                EmitWords(alternative, hasAccents);
            }
        }

        Emit(End);
        if (!expression.Meanings.Any(m => m.Axis is Meaning.Crisis or Meaning.Never or Meaning.OtherSense))
        {
            _needWords.UnionWith(expression.Slots.SelectMany(s => s.Alternatives).SelectMany(a => a).Select(t => t.Word));
        }
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
            Emit(Id(token.Word), hasAccents ? AccentId(token.Accented ?? token.Word) : (ushort)0);
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

/// <summary>Where an expression begins in the code, and what it means.</summary>
internal readonly record struct ExpressionHead(int Code, ushort Meanings, byte Language);

/// <summary>A word or phrase of a shared list: where its words are in the code.</summary>
internal readonly record struct WordRun(int List, int Words, int Length);
