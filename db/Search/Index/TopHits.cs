using System.Runtime.InteropServices;

namespace HealthEquity.Search.Index;

/// <summary>Keeps the best hits: a heap with the worst one on top.</summary>
internal sealed class TopHits(int size)
{
    private readonly List<(ulong Key, int Ordinal)> _heap = new(Math.Min(size, 1024));

    /// <summary>Adds a candidate. With equal keys, the smaller ordinal is better.</summary>
    /// <param name="key">The rank: larger is better.</param>
    /// <param name="ordinal">The ordinal.</param>
    public void Add(ulong key, int ordinal)
    {
        if (_heap.Count < size)
        {
            _heap.Add((key, ordinal));
            Rise(_heap.Count - 1);
        }
        else if (size > 0 && IsWorse(_heap[0], (key, ordinal)))
        {
            _heap[0] = (key, ordinal);
            Sink();
        }
    }

    /// <summary>The kept ordinals, best first, after skipping some.</summary>
    public List<int> BestFirst(int skip)
    {
        _heap.Sort(static (a, b) => a.Key != b.Key ? b.Key.CompareTo(a.Key) : a.Ordinal.CompareTo(b.Ordinal));
        return skip >= _heap.Count ? [] : _heap[skip..].ConvertAll(h => h.Ordinal);
    }

    /// <summary>A key that sorts by a nonnegative score, then by a day number.</summary>
    public static ulong Key(float score, int day) => ((ulong)BitConverter.SingleToUInt32Bits(score) << 32) | (uint)day;

    /// <summary>
    /// A key that sorts the nearer first, then by day. Chords are not negative, so their bits sort as they do: subtracting them from
    /// another number would make everything within two miles the same.
    /// </summary>
    public static ulong NearestKey(float squaredChord, int day) => ((ulong)(uint.MaxValue - BitConverter.SingleToUInt32Bits(squaredChord)) << 32) | (uint)day;

    private static bool IsWorse((ulong Key, int Ordinal) one, (ulong Key, int Ordinal) other) =>
        one.Key != other.Key ? one.Key < other.Key : one.Ordinal > other.Ordinal;

    private void Rise(int child)
    {
        var heap = CollectionsMarshal.AsSpan(_heap);
        while (child > 0 && (child - 1) / 2 is var parent && IsWorse(heap[child], heap[parent]))
        {
            (heap[child], heap[parent]) = (heap[parent], heap[child]);
            child = parent;
        }
    }

    private void Sink()
    {
        var heap = CollectionsMarshal.AsSpan(_heap);
        for (var parent = 0; ;)
        {
            var child = (2 * parent) + 1;
            if (child >= heap.Length)
            {
                return;
            }

            if (child + 1 < heap.Length && IsWorse(heap[child + 1], heap[child]))
            {
                child++;
            }

            if (!IsWorse(heap[child], heap[parent]))
            {
                return;
            }

            (heap[child], heap[parent]) = (heap[parent], heap[child]);
            parent = child;
        }
    }
}
