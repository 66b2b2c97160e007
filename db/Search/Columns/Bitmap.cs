using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HealthEquity.Search.Columns;

/// <summary>Sets of ordinals as bits, 64 to a word.</summary>
internal static class Bitmap
{
    /// <summary>The number of words for a number of bits.</summary>
    public static int Words(int bits) => (bits + 63) >> 6;

    /// <summary>Adds an ordinal to the set.</summary>
    public static void Set(Span<ulong> words, int ordinal) => words[ordinal >> 6] |= 1UL << (ordinal & 63);

    /// <summary>Removes an ordinal from the set.</summary>
    public static void Clear(Span<ulong> words, int ordinal) => words[ordinal >> 6] &= ~(1UL << (ordinal & 63));

    /// <summary>True if the set contains the ordinal.</summary>
    public static bool Has(ReadOnlySpan<ulong> words, int ordinal) => (words[ordinal >> 6] & (1UL << (ordinal & 63))) != 0;

    /// <summary>Intersects the first set with the other.</summary>
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
        words = words[..other.Length];
        var left = MemoryMarshal.Cast<ulong, Vector<ulong>>(words);
        var right = MemoryMarshal.Cast<ulong, Vector<ulong>>(other);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] |= right[i];
        }

        for (var i = left.Length * Vector<ulong>.Count; i < words.Length; i++)
        {
            words[i] |= other[i];
        }
    }

    /// <summary>Adds the ordinals whose number is at most the limit.</summary>
    public static void OrAtMost(Span<ulong> words, ReadOnlySpan<float> numbers, float limit)
    {
        var (most, ordinal) = (Vector256.Create(limit), 0);
        for (; ordinal <= numbers.Length - Vector256<float>.Count; ordinal += Vector256<float>.Count)
        {
            var fits = Vector256.LessThanOrEqual(Vector256.Create(numbers[ordinal..]), most).ExtractMostSignificantBits();
            words[ordinal >> 6] |= (ulong)fits << (ordinal & 63);
        }

        for (; ordinal < numbers.Length; ordinal++)
        {
            words[ordinal >> 6] |= numbers[ordinal] <= limit ? 1UL << (ordinal & 63) : 0;
        }
    }

    /// <summary>Adds the ordinals whose number is at least the limit.</summary>
    public static void OrAtLeast(Span<ulong> words, ReadOnlySpan<byte> numbers, byte limit)
    {
        var (least, ordinal) = (Vector256.Create(limit), 0);
        for (; ordinal <= numbers.Length - Vector256<byte>.Count; ordinal += Vector256<byte>.Count)
        {
            var fits = Vector256.GreaterThanOrEqual(Vector256.Create(numbers[ordinal..]), least).ExtractMostSignificantBits();
            words[ordinal >> 6] |= (ulong)fits << (ordinal & 63);
        }

        for (; ordinal < numbers.Length; ordinal++)
        {
            words[ordinal >> 6] |= numbers[ordinal] >= limit ? 1UL << (ordinal & 63) : 0;
        }
    }

    /// <summary>The number of ordinals in the set.</summary>
    public static int Count(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>The number of ordinals in both sets.</summary>
    public static int CountBoth(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> other)
    {
        var length = Math.Min(words.Length, other.Length);
        words = words[..length];
        other = other[..length];
        // Four sums, for one would have to wait for itself.
        var (a, b, c, d, i) = (0, 0, 0, 0, 0);
        for (; i < words.Length - 3; i += 4)
        {
            a += BitOperations.PopCount(words[i] & other[i]);
            b += BitOperations.PopCount(words[i + 1] & other[i + 1]);
            c += BitOperations.PopCount(words[i + 2] & other[i + 2]);
            d += BitOperations.PopCount(words[i + 3] & other[i + 3]);
        }

        for (; i < words.Length; i++)
        {
            a += BitOperations.PopCount(words[i] & other[i]);
        }

        return a + b + c + d;
    }

    /// <summary>The number of ordinals in both sets, in some words of them alone.</summary>
    public static int CountBoth(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> other, ReadOnlySpan<int> used)
    {
        var count = 0;
        foreach (var i in used)
        {
            if (i >= other.Length)
            {
                break;
            }

            count += BitOperations.PopCount(words[i] & other[i]);
        }

        return count;
    }

    /// <summary>Finds the words that are not empty.</summary>
    /// <param name="words">The set.</param>
    /// <param name="used">Receives the numbers of the words; as long as the set.</param>
    /// <returns>How many they are.</returns>
    public static int Used(ReadOnlySpan<ulong> words, Span<int> used)
    {
        var count = 0;
        for (var i = 0; i < words.Length; i++)
        {
            used[count] = i;
            count += words[i] == 0 ? 0 : 1;
        }

        return count;
    }

    /// <summary>The ordinals in the set, in ascending order.</summary>
    public static Ordinals Each(ReadOnlySpan<ulong> words) => new(words);

    /// <summary>Enumerates the ordinals of a set.</summary>
    public ref struct Ordinals(ReadOnlySpan<ulong> words)
    {
        private readonly ReadOnlySpan<ulong> _words = words;
        private int _next;
        private ulong _word;

        /// <summary>The current ordinal.</summary>
        public int Current { get; private set; }

        /// <summary>Returns itself, for <c>foreach</c>.</summary>
        public readonly Ordinals GetEnumerator() => this;

        /// <summary>Moves to the next ordinal.</summary>
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
