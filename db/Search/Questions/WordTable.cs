using System.Numerics;

namespace HealthEquity.Search.Questions;

/// <summary>Words and their numbers. Its letters stand in one array, so that tens of thousands of words load at once. Never changes.</summary>
internal sealed class WordTable
{
    private readonly char[] _letters;
    private readonly int[] _ends;
    private readonly int[] _slots;

    /// <summary>Makes a table of different words; their numbers are their positions.</summary>
    /// <param name="letters">All words, one after the other.</param>
    /// <param name="ends">Where each ends.</param>
    public WordTable(char[] letters, int[] ends)
    {
        (_letters, _ends) = (letters, ends);
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)(ends.Length + (ends.Length / 2) + 1))];
        for (var word = 0; word < ends.Length; word++)
        {
            _slots[SlotOf(this[word])] = word + 1;
        }
    }

    /// <summary>All letters.</summary>
    public char[] Letters => _letters;

    /// <summary>Where each word ends.</summary>
    public int[] Ends => _ends;

    /// <summary>How many words there are.</summary>
    public int Count => _ends.Length;

    /// <summary>The word with a number.</summary>
    public ReadOnlySpan<char> this[int word]
    {
        get
        {
            var start = word == 0 ? 0 : _ends[word - 1];
            return _letters.AsSpan(start, _ends[word] - start);
        }
    }

    /// <summary>Makes a table of different words.</summary>
    public static WordTable Of(IReadOnlyCollection<string> words)
    {
        var (ends, end, number) = (new int[words.Count], 0, 0);
        foreach (var word in words)
        {
            ends[number++] = end += word.Length;
        }

        return new WordTable([.. words.SelectMany(w => w)], ends);
    }

    /// <summary>The number of a word; -1 when it is not in the table.</summary>
    public int Find(ReadOnlySpan<char> word) => _slots[SlotOf(word)] - 1;

    /// <summary>The slot of a word, or the free one where it would be.</summary>
    private int SlotOf(ReadOnlySpan<char> word)
    {
        var slot = string.GetHashCode(word) & (_slots.Length - 1);
        while (_slots[slot] is not 0 and var taken && !this[taken - 1].SequenceEqual(word))
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }
}
