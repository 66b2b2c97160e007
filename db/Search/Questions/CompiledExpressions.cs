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

    /// <summary>The number of each word.</summary>
    public required WordTable Words { get; init; }

    /// <summary>The first letters of words that say no danger and may be meant by a misspelled one, ascending.</summary>
    public required char[] Letters { get; init; }

    /// <summary>For each of these letters the words.</summary>
    public required Grouped<int> NeedWords { get; init; }

    /// <summary>The phrases that stand before or after a place.</summary>
    public required IReadOnlyList<string> Prepositions { get; init; }

    /// <summary>All expressions, one after the other.</summary>
    public required int[] Code { get; init; }

    /// <summary>For each word in the code a number of its spelling with accents; 0 where accents don't count.</summary>
    public required ushort[] Accents { get; init; }

    /// <summary>Where each expression begins, and what it means.</summary>
    public required ExpressionHead[] Heads { get; init; }

    /// <summary>What expressions mean.</summary>
    public required IReadOnlyList<Meaning>[] Meanings { get; init; }

    /// <summary>The languages of the expressions.</summary>
    public required string[] Languages { get; init; }

    /// <summary>For each word the expressions that may begin with it.</summary>
    public required Grouped<int> ByWord { get; init; }

    /// <summary>For each word what begins with it in shared lists.</summary>
    public required Grouped<WordRun> Runs { get; init; }

    /// <summary>For each shared list the expressions that may begin with it.</summary>
    public required Grouped<int> ByList { get; init; }

    /// <summary>For each shared list the expressions in any order whose first slot it is.</summary>
    public required Grouped<int> AnyOrder { get; init; }

    /// <summary>How many shared lists there are.</summary>
    public int ListCount => ByList.Starts.Length - 1;

    /// <summary>The number of a spelling with accents: the same in every process, because it is stored.</summary>
    public static ushort AccentId(string accented)
    {
        var hash = 2166136261;
        foreach (var letter in accented)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return (ushort)((hash ^ (hash >> 16)) | 1);
    }
}

/// <summary>Where an expression begins in the code, and what it means.</summary>
internal readonly record struct ExpressionHead(int Code, ushort Meanings, ushort Language);

/// <summary>A word or phrase of a shared list: where its words are in the code.</summary>
internal readonly record struct WordRun(int List, int Words, int Length);
