using System.Runtime.Intrinsics;
using HealthEquity.Db.Search.Columns;

namespace HealthEquity.Db.Search.Text;

/// <summary>Scores every entry against the units of a question. Its arrays are large and are used again and again.</summary>
internal sealed class TextHits
{
    private const int AllWantedUpTo = 4;

    private float[] _scores = [];
    private float[] _unit = [];
    private byte[] _matched = [];
    private int[] _touched = [];

    /// <summary>The score of each entry, by ordinal.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>Finds the entries that have all units; of a long question a few units may be missing.</summary>
    /// <param name="units">What is asked for.</param>
    /// <param name="count">How many ordinals the snapshot has.</param>
    /// <param name="alive">Those that still stand.</param>
    /// <param name="namesOnly">True to look at names alone.</param>
    /// <param name="hits">Receives the entries found.</param>
    /// <returns>How many were found.</returns>
    public int Run(IReadOnlyList<TextUnit> units, int count, ReadOnlySpan<ulong> alive, bool namesOnly, Span<ulong> hits)
    {
        Reset(count);
        foreach (var unit in units)
        {
            AddScores(unit, count, alive.Length, namesOnly);
        }

        var wanted = Math.Min(units.Count, byte.MaxValue);
        var least = wanted <= AllWantedUpTo ? wanted : wanted - (wanted / 4);
        Select(least, hits);
        Bitmap.And(hits, alive);
        var found = Bitmap.Count(hits);
        while (found == 0 && wanted > AllWantedUpTo && least > (wanted + 1) / 2)
        {
            Select(--least, hits);
            Bitmap.And(hits, alive);
            found = Bitmap.Count(hits);
        }

        return found;
    }

    private void Reset(int count)
    {
        // Whole words of 64, so that the selection needs no special end.
        var size = Bitmap.Words(count) * 64;
        if (_scores.Length < size)
        {
            size += size / 8 / 64 * 64;
            _scores = new float[size];
            _unit = new float[size];
            _matched = new byte[size];
            _touched = new int[size];
            return;
        }

        Array.Clear(_scores, 0, size);
        Array.Clear(_matched, 0, size);
    }

    private void AddScores(TextUnit unit, int count, int words, bool namesOnly)
    {
        var rarity = MathF.Log(1 + ((float)count / Math.Max(1, unit.Frequency)));
        var touched = 0;
        foreach (var (postings, fit) in unit.Alternatives)
        {
            touched = namesOnly ? AddNames(postings, fit * rarity, count, touched) : Add(postings, fit * rarity, count, touched);
        }

        if (unit.Also is { } also && !namesOnly)
        {
            foreach (var ordinal in Bitmap.Each(also.AsSpan(0, Math.Min(words, also.Length))))
            {
                touched = Touch(ordinal, rarity, touched);
            }
        }

        foreach (var ordinal in _touched.AsSpan(0, touched))
        {
            _scores[ordinal] += _unit[ordinal];
            _unit[ordinal] = 0;
            _matched[ordinal]++;
        }
    }

    private int Add(TermPostings postings, float factor, int count, int touched)
    {
        foreach (var item in postings.Items)
        {
            var ordinal = TermPostings.Ordinal(item);
            if (ordinal >= count)
            {
                break;
            }

            touched = Touch(ordinal, factor * TermPostings.Weight(item), touched);
        }

        return touched;
    }

    private int AddNames(TermPostings postings, float factor, int count, int touched)
    {
        foreach (var item in postings.Items)
        {
            var ordinal = TermPostings.Ordinal(item);
            if (ordinal >= count)
            {
                break;
            }

            if (TermPostings.InName(item))
            {
                touched = Touch(ordinal, factor * TermPostings.Weight(item), touched);
            }
        }

        return touched;
    }

    private int Touch(int ordinal, float score, int touched)
    {
        ref var best = ref _unit[ordinal];
        if (best == 0)
        {
            _touched[touched++] = ordinal;
        }

        best = Math.Max(best, score);
        return touched;
    }

    private void Select(int least, Span<ulong> hits)
    {
        var limit = Vector256.Create((byte)least);
        for (var word = 0; word < hits.Length; word++)
        {
            var matched = _matched.AsSpan(word * 64, 64);
            var low = Vector256.GreaterThanOrEqual(Vector256.Create<byte>(matched), limit).ExtractMostSignificantBits();
            var high = Vector256.GreaterThanOrEqual(Vector256.Create<byte>(matched[32..]), limit).ExtractMostSignificantBits();
            hits[word] = low | ((ulong)high << 32);
        }
    }
}
