using System.Numerics;
using System.Runtime.InteropServices;

namespace HealthEquity.Search.Columns;

/// <summary>Sets of ordinals as bits, 64 to a word.</summary>
internal static class Bitmap
{
    /// <summary>How many words hold that many bits.</summary>
    public static int Words(int bits) => (bits + 63) >> 6;

    /// <summary>Puts an ordinal into the set.</summary>
    public static void Set(Span<ulong> words, int ordinal) => words[ordinal >> 6] |= 1UL << (ordinal & 63);

    /// <summary>Takes an ordinal out of the set.</summary>
    public static void Clear(Span<ulong> words, int ordinal) => words[ordinal >> 6] &= ~(1UL << (ordinal & 63));

    /// <summary>True when the ordinal is in the set.</summary>
    public static bool Has(ReadOnlySpan<ulong> words, int ordinal) => (words[ordinal >> 6] & (1UL << (ordinal & 63))) != 0;

    /// <summary>Leaves in the first set what is in both.</summary>
    public static void And(Span<ulong> words, ReadOnlySpan<ulong> other)
    {
        other = other[..words.Length];
        var left = MemoryMarshal.Cast<ulong, Vector<ulong>>(words);
        var right = MemoryMarshal.Cast<ulong, Vector<ulong>>(other);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] &= right[i];
        }

        for (var i = left.Length * Vector<ulong>.Count; i < words.Length; i++)
        {
            words[i] &= other[i];
        }
    }

    /// <summary>Adds the other set to the first.</summary>
    public static void Or(Span<ulong> words, ReadOnlySpan<ulong> other)
    {
        other = other[..Math.Min(words.Length, other.Length)];
        for (var i = 0; i < other.Length; i++)
        {
            words[i] |= other[i];
        }
    }

    /// <summary>How many are in the set.</summary>
    public static int Count(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>How many are in both sets.</summary>
    public static int CountBoth(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> other)
    {
        var length = Math.Min(words.Length, other.Length);
        words = words[..length];
        other = other[..length];
        var count = 0;
        for (var i = 0; i < words.Length; i++)
        {
            count += BitOperations.PopCount(words[i] & other[i]);
        }

        return count;
    }

    /// <summary>The ordinals in the set, ascending.</summary>
    public static Ordinals Each(ReadOnlySpan<ulong> words) => new(words);

    /// <summary>Walks over the ordinals of a set.</summary>
    public ref struct Ordinals(ReadOnlySpan<ulong> words)
    {
        private readonly ReadOnlySpan<ulong> _words = words;
        private int _next;
        private ulong _word;

        /// <summary>The ordinal reached.</summary>
        public int Current { get; private set; }

        /// <summary>Itself, for <c>foreach</c>.</summary>
        public readonly Ordinals GetEnumerator() => this;

        /// <summary>Goes to the next ordinal.</summary>
        public bool MoveNext()
        {
            while (_word == 0)
            {
                if (_next == _words.Length)
                {
                    return false;
                }

                _word = _words[_next++];
            }

            Current = ((_next - 1) << 6) + BitOperations.TrailingZeroCount(_word);
            _word &= _word - 1;
            return true;
        }
    }
}
