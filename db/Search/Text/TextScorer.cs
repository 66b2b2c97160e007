using System.Runtime.Intrinsics;
using HealthEquity.Search.Columns;

namespace HealthEquity.Search.Text;

/// <summary>Scores entries against the units of a query. Its arrays are large and reused.</summary>
internal sealed class TextScorer
{
    private const int MaxUnitsAllRequired = 4;

    /// <summary>With fewer candidates than this, look them up in long postings lists instead of scanning the lists.</summary>
    private const int SeekThreshold = 4096;

    private float[] _scores = [];
    private float[] _unit = [];
    private byte[] _matched = [];
    private int[] _touched = [];
    private int _touchedCount;
    private int _count;
    private bool _namesOnly;

    /// <summary>The score of each entry, by ordinal.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>Finds the entries that match all units; in a long query, a few units may be missing.</summary>
    /// <param name="units">The units of the query.</param>
    /// <param name="count">The number of ordinals in the snapshot.</param>
    /// <param name="alive">The live ordinals.</param>
    /// <param name="namesOnly">True to search names only.</param>
    /// <param name="hits">Receives the matches.</param>
    /// <returns>The number of matches.</returns>
    public int Run(IReadOnlyList<TextUnit> units, int count, ReadOnlySpan<ulong> alive, bool namesOnly, Span<ulong> hits)
    {
        _count = count;
        _namesOnly = namesOnly;
        _touchedCount = 0;
        Reset();
        var wanted = Math.Min(units.Count, byte.MaxValue);
        var allRequired = wanted <= MaxUnitsAllRequired;
        var matchedSoFar = 0;
        foreach (var unit in units.OrderBy(u => u.Postings))
        {
            // If all units are required, start with the rarest, so that the others only check the remaining entries.
            AddScores(unit, allRequired ? matchedSoFar : 0);
            matchedSoFar++;
        }

        var least = allRequired ? wanted : wanted - (wanted / 4);
        var found = Select(least, alive, hits);
        while (found == 0 && !allRequired && least > (wanted + 1) / 2)
        {
            found = Select(--least, alive, hits);
        }

        return found;
    }

    private void Reset()
    {
        // A multiple of 64, so that selection needs no special case at the end.
        var size = Bitmap.Words(_count) * 64;
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

    /// <summary>Adds a unit's scores to the entries that matched at least this many earlier units.</summary>
    private void AddScores(TextUnit unit, int matchedBefore)
    {
        var rarity = MathF.Log(1 + ((float)_count / Math.Max(1, unit.Frequency)));
        var before = _touched.AsSpan(0, _touchedCount);
        var few = matchedBefore > 0 && before.Length < SeekThreshold ? Candidates(before, matchedBefore) : null;
        _touchedCount = 0;
        foreach (var (postings, fit) in unit.Alternatives)
        {
            if (few is not null && postings.Count > few.Length * 16)
            {
                Seek(postings.Items, few, fit * rarity);
            }
            else
            {
                Scan(postings.Items, fit * rarity, matchedBefore);
            }
        }

        if (unit.Also is { } also && !_namesOnly)
        {
            foreach (var ordinal in Bitmap.Each(also.AsSpan(0, Bitmap.Words(_count))))
            {
                if (_matched[ordinal] >= matchedBefore)
                {
                    Touch(ordinal, rarity);
                }
            }
        }

        foreach (var ordinal in _touched.AsSpan(0, _touchedCount))
        {
            _scores[ordinal] += _unit[ordinal];
            _unit[ordinal] = 0;
            _matched[ordinal]++;
        }
    }

    private int[] Candidates(ReadOnlySpan<int> touched, int matchedBefore)
    {
        var candidates = new List<int>(touched.Length);
        foreach (var ordinal in touched)
        {
            if (_matched[ordinal] == matchedBefore)
            {
                candidates.Add(ordinal);
            }
        }

        candidates.Sort();
        return [.. candidates];
    }

    /// <summary>Scans all postings. This is the innermost loop of every search, so it avoids calls and field access.</summary>
    private void Scan(ReadOnlySpan<uint> items, float factor, int matchedBefore)
    {
        var (units, matched, touched, touchedCount) = (_unit, _matched, _touched, _touchedCount);
        foreach (var item in items)
        {
            var ordinal = TermPostings.Ordinal(item);
            if (ordinal >= _count)
            {
                break;
            }

            if (matched[ordinal] < matchedBefore || (_namesOnly && !TermPostings.InName(item)))
            {
                continue;
            }

            var score = factor * TermPostings.Weight(item);
            var best = units[ordinal];
            if (best == 0)
            {
                touched[touchedCount++] = ordinal;
            }

            if (score > best)
            {
                units[ordinal] = score;
            }
        }

        _touchedCount = touchedCount;
    }

    /// <summary>Looks up a few entries in a long postings list.</summary>
    private void Seek(ReadOnlySpan<uint> items, int[] ordinals, float factor)
    {
        foreach (var ordinal in ordinals)
        {
            var place = items.BinarySearch(TermPostings.First(ordinal));
            items = items[(place < 0 ? ~place : place)..];
            if (items.IsEmpty)
            {
                break;
            }

            if (TermPostings.Ordinal(items[0]) == ordinal && (!_namesOnly || TermPostings.InName(items[0])))
            {
                Touch(ordinal, factor * TermPostings.Weight(items[0]));
            }
        }
    }

    private void Touch(int ordinal, float score)
    {
        ref var best = ref _unit[ordinal];
        if (best == 0)
        {
            _touched[_touchedCount++] = ordinal;
        }

        best = Math.Max(best, score);
    }

    private int Select(int least, ReadOnlySpan<ulong> alive, Span<ulong> hits)
    {
        var limit = Vector256.Create((byte)least);
        for (var word = 0; word < hits.Length; word++)
        {
            var matched = _matched.AsSpan(word * 64, 64);
            var low = Vector256.GreaterThanOrEqual(Vector256.Create<byte>(matched), limit).ExtractMostSignificantBits();
            var high = Vector256.GreaterThanOrEqual(Vector256.Create<byte>(matched[32..]), limit).ExtractMostSignificantBits();
            hits[word] = (low | ((ulong)high << 32)) & alive[word];
        }

        return Bitmap.Count(hits);
    }
}
