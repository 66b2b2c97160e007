namespace HealthEquity.Search.Columns;

/// <summary>
/// A list that grows at its end under one writer while any number read. What was once added never changes, so a reader that
/// knows how far its snapshot goes needs no lock: what is added later lies beyond it.
/// </summary>
internal sealed class AppendList<T>(int capacity = 4)
{
    private T[] _items = new T[capacity];
    private int _count;

    /// <summary>How many items there are by now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The items there are by now.</summary>
    public ReadOnlySpan<T> Items
    {
        get
        {
            // The count is published last, so the array read after it is long enough.
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _items).AsSpan(0, count);
        }
    }

    /// <summary>One item.</summary>
    public T this[int index] => Volatile.Read(ref _items)[index];

    /// <summary>Appends. One writer at a time.</summary>
    public void Add(T item)
    {
        if (_count == _items.Length)
        {
            var larger = new T[_count + Math.Max(1, _count / 2)];
            _items.CopyTo(larger, 0);
            Volatile.Write(ref _items, larger);
        }

        _items[_count] = item;
        Volatile.Write(ref _count, _count + 1);
    }
}
