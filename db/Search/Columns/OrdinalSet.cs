using System.Runtime.InteropServices;

namespace HealthEquity.Search.Columns;

/// <summary>
/// The ordinals of the entries with one value: a list while there are few, a bitmap once there are many. Append-only like
/// <see cref="AppendList{T}"/>, so snapshots share it; a reader masks it with its own bitmap.
/// </summary>
internal sealed class OrdinalSet
{
    private const int MaxListLength = 512;

    // The list is given up after the bitmap is there: whoever finds no list finds the bitmap.
    private AppendList<int>? _few = new();
    private ulong[] _many = [];
    private int _last = -1;

    /// <summary>The ordinals as bits, once they are many; null before.</summary>
    public ulong[]? Bits => Volatile.Read(ref _few) is null ? Volatile.Read(ref _many) : null;

    /// <summary>The ordinals as a list while they are few; empty after.</summary>
    public ReadOnlySpan<int> Few => Volatile.Read(ref _few) is { } few ? few.Items : [];

    /// <summary>The number of its value in the field.</summary>
    public int Number { get; init; }

    /// <summary>The live ordinals, by their numbers in the file.</summary>
    public int[] Numbers(ColumnWriter file)
    {
        var few = Few;
        if (!few.IsEmpty || Bits is not { } bits)
        {
            return file.Numbers(few);
        }

        var ordinals = new List<int>(Bitmap.Count(bits));
        foreach (var ordinal in Bitmap.Each(bits))
        {
            ordinals.Add(ordinal);
        }

        return file.Numbers(CollectionsMarshal.AsSpan(ordinals));
    }

    /// <summary>Adds ordinals.</summary>
    public void AddAll(ReadOnlySpan<int> ordinals)
    {
        foreach (var ordinal in ordinals)
        {
            Add(ordinal);
        }
    }

    /// <summary>Adds an ordinal. Ordinals must not decrease. One writer at a time.</summary>
    /// <returns>False if it was in the set.</returns>
    public bool Add(int ordinal)
    {
        if (ordinal == _last)
        {
            return false;
        }

        _last = ordinal;
        if (_few is null)
        {
            if (ordinal >> 6 >= _many.Length)
            {
                var larger = new ulong[Math.Max(Bitmap.Words(ordinal + 1), _many.Length + (_many.Length / 2))];
                _many.CopyTo(larger, 0);
                Volatile.Write(ref _many, larger);
            }

            Bitmap.Set(_many, ordinal);
        }
        else if (_few.Count < MaxListLength || _few.Count < ordinal / 32)
        {
            _few.Add(ordinal);
        }
        else
        {
            var bits = new ulong[Bitmap.Words(ordinal + 1) + 16];
            foreach (var one in _few.Items)
            {
                Bitmap.Set(bits, one);
            }

            Bitmap.Set(bits, ordinal);
            Volatile.Write(ref _many, bits);
            Volatile.Write(ref _few, null);
        }

        return true;
    }

    /// <summary>Adds these ordinals to the target, up to its length.</summary>
    public void OrInto(Span<ulong> target)
    {
        if (Volatile.Read(ref _few) is not { } few)
        {
            Bitmap.Or(target, Volatile.Read(ref _many));
            return;
        }

        foreach (var ordinal in few.Items)
        {
            if (ordinal >> 6 >= target.Length)
            {
                break;
            }

            Bitmap.Set(target, ordinal);
        }
    }

    /// <summary>The number of these ordinals that are in the matches.</summary>
    /// <param name="matches">The matches.</param>
    /// <param name="used">The words of the matches that are not empty, ascending; empty to look at all words.</param>
    public int CountIn(ReadOnlySpan<ulong> matches, ReadOnlySpan<int> used = default)
    {
        if (Volatile.Read(ref _few) is not { } few)
        {
            var many = Volatile.Read(ref _many);
            return used.IsEmpty ? Bitmap.CountBoth(matches, many) : Bitmap.CountBoth(matches, many, used);
        }

        var count = 0;
        foreach (var ordinal in few.Items)
        {
            if (ordinal >> 6 >= matches.Length)
            {
                break;
            }

            count += (int)(matches[ordinal >> 6] >> (ordinal & 63)) & 1;
        }

        return count;
    }
}
