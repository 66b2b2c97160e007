namespace HealthEquity.Search.Columns;

/// <summary>
/// The ordinals of the entries with one value: a list while there are few, a bitmap once there are many. Append-only like
/// <see cref="AppendList{T}"/>, so snapshots share it; a reader masks it with its own bitmap.
/// </summary>
internal sealed class OrdinalSet
{
    private const int MaxListLength = 512;

    private object _store = new AppendList<int>();
    private int _last = -1;

    /// <summary>The ordinals as bits, once they are many; null before.</summary>
    public ulong[]? Bits => Volatile.Read(ref _store) as ulong[];

    /// <summary>The ordinals as a list while they are few; empty after.</summary>
    public ReadOnlySpan<int> Few => Volatile.Read(ref _store) is AppendList<int> few ? few.Items : [];

    /// <summary>Adds an ordinal. Ordinals must not decrease. One writer at a time.</summary>
    public void Add(int ordinal)
    {
        if (ordinal == _last)
        {
            return;
        }

        _last = ordinal;
        switch (_store)
        {
            case AppendList<int> few when few.Count < MaxListLength || few.Count < ordinal / 32:
                few.Add(ordinal);
                break;
            case AppendList<int> few:
                var bits = new ulong[Bitmap.Words(ordinal + 1) + 16];
                foreach (var one in few.Items)
                {
                    Bitmap.Set(bits, one);
                }

                Bitmap.Set(bits, ordinal);
                Volatile.Write(ref _store, bits);
                break;
            case ulong[] many:
                if (ordinal >> 6 >= many.Length)
                {
                    Array.Resize(ref many, Math.Max(Bitmap.Words(ordinal + 1), many.Length + (many.Length / 2)));
                    Volatile.Write(ref _store, many);
                }

                Bitmap.Set(many, ordinal);
                break;
        }
    }

    /// <summary>Adds these ordinals to the target, up to its length.</summary>
    public void OrInto(Span<ulong> target)
    {
        var store = Volatile.Read(ref _store);
        if (store is ulong[] many)
        {
            Bitmap.Or(target, many);
            return;
        }

        foreach (var ordinal in ((AppendList<int>)store).Items)
        {
            if (ordinal >> 6 >= target.Length)
            {
                break;
            }

            Bitmap.Set(target, ordinal);
        }
    }

    /// <summary>The number of these ordinals that are in the matches.</summary>
    public int CountIn(ReadOnlySpan<ulong> matches)
    {
        var store = Volatile.Read(ref _store);
        if (store is ulong[] many)
        {
            return Bitmap.CountBoth(matches, many);
        }

        var count = 0;
        foreach (var ordinal in ((AppendList<int>)store).Items)
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
