namespace HealthEquity.Search.Columns;

/// <summary>
/// An append-only list with one writer and any number of concurrent readers. Items never change, so a reader that knows the length of its
/// snapshot needs no lock.
/// </summary>
internal sealed class AppendList<T>(int capacity = 4)
{
    private T[] _items = new T[capacity];
    private int _count;

    /// <summary>A list of these items, without room for more: it grows with the next.</summary>
    public static AppendList<T> Of(T[] items) => new(capacity: 0) { _items = items, _count = items.Length };

    /// <summary>The current number of items.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The current items.</summary>
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

    /// <summary>Appends an item. One writer at a time.</summary>
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
