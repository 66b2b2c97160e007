using System.Numerics;
using System.Runtime.Intrinsics;
using HealthEquity.Search.Columns;
using HealthEquity.Search.Text;

namespace HealthEquity.Search.Index;

/// <summary>Adds up how well each entry answers a question, one thing asked for after another. Its arrays are large and reused.</summary>
internal sealed class QuestionScores
{
    private float[] _scores = [];
    private float[] _unit = [];
    private byte[] _share = [];
    private byte[] _names = [];
    private bool[] _inName = [];
    private int[] _touched = [];
    private int _count;
    private int _touchedCount;

    /// <summary>The sum so far, by ordinal.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>Starts a search over a number of ordinals.</summary>
    public void Begin(int count)
    {
        _count = count;
        if (_scores.Length < count)
        {
            // A multiple of 64, so that sets need no special case at the end.
            var size = Bitmap.Words(count + (count / 8)) * 64;
            (_scores, _unit, _share, _names, _inName, _touched) = (new float[size], new float[size], new byte[size], new byte[size], new bool[size], new int[size]);
            return;
        }

        Array.Clear(_scores, 0, count);
        Array.Clear(_share, 0, count);
        Array.Clear(_names, 0, count);
    }

    /// <summary>Adds points to the entries of a set that were not counted yet.</summary>
    /// <param name="set">The set; null for none.</param>
    /// <param name="points">The points.</param>
    /// <param name="scored">The entries whose sums matter.</param>
    /// <param name="counted">Those that were counted; receives the set.</param>
    public void AddOnce(OrdinalSet? set, float points, ReadOnlySpan<ulong> scored, Span<ulong> counted)
    {
        if (set is null)
        {
            return;
        }

        var few = set.Few;
        if (few.IsEmpty && set.Bits is { } bits)
        {
            for (var i = 0; i < Math.Min(bits.Length, counted.Length); i++)
            {
                var added = bits[i] & ~counted[i];
                counted[i] |= added;
                AddPoints(added & scored[i], i * 64, points);
            }

            return;
        }

        foreach (var ordinal in few)
        {
            if (ordinal >= _count)
            {
                break;
            }

            if (!Bitmap.Has(counted, ordinal))
            {
                Bitmap.Set(counted, ordinal);
                _scores[ordinal] += points;
            }
        }
    }

    /// <summary>
    /// Raises what is being looked for now to at least so many points, where an entry holds a term, by how much it says of each.
    /// </summary>
    /// <param name="postings">The term.</param>
    /// <param name="factor">Points for each unit of weight.</param>
    /// <param name="most">The most points.</param>
    public void Raise(TermPostings postings, float factor, float most)
    {
        var (units, touched, touchedCount, inName) = (_unit, _touched, _touchedCount, _inName);
        foreach (var item in postings.Items)
        {
            var ordinal = TermPostings.Ordinal(item);
            if (ordinal >= _count)
            {
                break;
            }

            var points = Math.Min(most, factor * TermPostings.Weight(item));
            var best = units[ordinal];
            if (best == 0)
            {
                touched[touchedCount++] = ordinal;
            }

            if (points > best)
            {
                units[ordinal] = points;
            }

            if (TermPostings.InName(item))
            {
                inName[ordinal] = true;
            }
        }

        _touchedCount = touchedCount;
    }

    /// <summary>Adds what was looked for to the sums.</summary>
    /// <param name="share">How much of the words it is, of 100.</param>
    /// <param name="isName">True when it may stand in a name.</param>
    /// <param name="found">Receives the entries that have it.</param>
    public void Add(int share, bool isName, Span<ulong> found)
    {
        foreach (var ordinal in _touched.AsSpan(0, _touchedCount))
        {
            _scores[ordinal] += _unit[ordinal];
            _unit[ordinal] = 0;
            _share[ordinal] = (byte)Math.Min(100, _share[ordinal] + share);
            if (_inName[ordinal])
            {
                _inName[ordinal] = false;
                _names[ordinal] += isName ? (byte)1 : (byte)0;
            }

            if (!found.IsEmpty)
            {
                Bitmap.Set(found, ordinal);
            }
        }

        _touchedCount = 0;
    }

    /// <summary>Tells which entries have so much of the words, and which have all of them in their names.</summary>
    /// <param name="share">The share of the words, of 100.</param>
    /// <param name="words">Receives the entries that have it.</param>
    /// <param name="names">How many words must stand in the name.</param>
    /// <param name="named">Receives the entries where they do.</param>
    public void AtLeast(int share, Span<ulong> words, int names, Span<ulong> named)
    {
        if (!words.IsEmpty)
        {
            Bitmap.OrAtLeast(words, _share.AsSpan(0, _count), (byte)share);
        }

        if (names <= byte.MaxValue)
        {
            Bitmap.OrAtLeast(named, _names.AsSpan(0, _count), (byte)names);
        }
    }

    /// <summary>Adds points to the ordinals of one word of a set.</summary>
    private void AddPoints(ulong word, int first, float points)
    {
        const int manyBits = 16;
        if (BitOperations.PopCount(word) < manyBits)
        {
            for (; word != 0; word &= word - 1)
            {
                _scores[first + BitOperations.TrailingZeroCount(word)] += points;
            }

            return;
        }

        var (bits, added) = (Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128), Vector256.Create(points));
        for (var sums = _scores.AsSpan(first, 64); !sums.IsEmpty; sums = sums[Vector256<float>.Count..])
        {
            var isIn = Vector256.Equals(Vector256.Create((int)(word & 0xFF)) & bits, bits).AsSingle();
            (Vector256.Create<float>(sums) + (added & isIn)).CopyTo(sums);
            word >>= Vector256<float>.Count;
        }
    }
}
