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

    /// <summary>How much of the words each entry has, of 100, by ordinal.</summary>
    public ReadOnlySpan<byte> Share => _share;

    /// <summary>How many of the words stand in each entry's name, by ordinal.</summary>
    public ReadOnlySpan<byte> Names => _names;

    /// <summary>Starts a search over a number of ordinals.</summary>
    public void Begin(int count)
    {
        _count = count;
        if (_scores.Length < count)
        {
            var size = count + (count / 8);
            (_scores, _unit, _share, _names, _inName, _touched) = (new float[size], new float[size], new byte[size], new byte[size], new bool[size], new int[size]);
            return;
        }

        Array.Clear(_scores, 0, count);
        Array.Clear(_share, 0, count);
        Array.Clear(_names, 0, count);
    }

    /// <summary>Raises what is being looked for now to at least so many points, where an entry is in the set.</summary>
    public void Raise(OrdinalSet? set, float points)
    {
        if (set is null)
        {
            return;
        }

        var few = set.Few;
        if (few.IsEmpty && set.Bits is { } bits)
        {
            foreach (var ordinal in Bitmap.Each(bits.AsSpan(0, Math.Min(bits.Length, Bitmap.Words(_count)))))
            {
                if (ordinal < _count)
                {
                    Raise(ordinal, points);
                }
            }

            return;
        }

        foreach (var ordinal in few)
        {
            if (ordinal >= _count)
            {
                break;
            }

            Raise(ordinal, points);
        }
    }

    /// <summary>The same for a set of bits.</summary>
    public void Raise(ReadOnlySpan<ulong> set, float points)
    {
        foreach (var ordinal in Bitmap.Each(set))
        {
            Raise(ordinal, points);
        }
    }

    /// <summary>The same for the entries that hold a term, by how much it says of each.</summary>
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

    /// <summary>Adds the entries that hold a word to a set, and counts nothing.</summary>
    public void Mark(TextUnit unit, Span<ulong> found)
    {
        foreach (var (postings, _) in unit.Alternatives)
        {
            foreach (var item in postings.Items)
            {
                if (TermPostings.Ordinal(item) >= _count)
                {
                    break;
                }

                Bitmap.Set(found, TermPostings.Ordinal(item));
            }
        }
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
        if (words.IsEmpty && names == int.MaxValue)
        {
            return;
        }

        var shares = _share.AsSpan(0, _count);
        var inNames = _names.AsSpan(0, _count);
        for (var ordinal = 0; ordinal < shares.Length; ordinal++)
        {
            if (shares[ordinal] >= share && !words.IsEmpty)
            {
                Bitmap.Set(words, ordinal);
            }

            if (inNames[ordinal] == names)
            {
                Bitmap.Set(named, ordinal);
            }
        }
    }

    private void Raise(int ordinal, float points)
    {
        ref var best = ref _unit[ordinal];
        if (best == 0)
        {
            _touched[_touchedCount++] = ordinal;
        }

        if (points > best)
        {
            best = points;
        }
    }
}
