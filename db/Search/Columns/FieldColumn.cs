using System.Buffers;
using System.Collections.Concurrent;
using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Columns;

/// <summary>One field: for each value, the entries that have it.</summary>
/// <param name="hasManyValues">True for hundreds of values that few entries have, such as counties: these are counted entry by entry.</param>
internal sealed class FieldColumn(bool hasManyValues = false)
{
    private readonly AppendList<(int Ordinal, int Value)>? _pairs = hasManyValues ? new() : null;

    // Where the pairs of each 64 ordinals begin.
    private readonly AppendList<int> _blocks = new();
    private readonly ConcurrentDictionary<string, OrdinalSet> _byValue = new(StringComparer.OrdinalIgnoreCase);
    private int[] _order = [];

    /// <summary>All values ever used, with their folded forms and the entries that have them.</summary>
    public AppendList<(string Value, string Folded, OrdinalSet Holders)> Values { get; } = new();

    /// <summary>Adds a value of an entry.</summary>
    public void Add(string value, int ordinal)
    {
        var holders = Find(value) ?? AddValue(value);
        if (holders.Add(ordinal))
        {
            AddPair(ordinal, holders.Number);
        }
    }

    /// <summary>Writes the values of live entries.</summary>
    public void Save(ColumnWriter file)
    {
        foreach (var (value, _, holders) in Values.Items)
        {
            if (holders.Numbers(file) is { Length: > 0 } numbers)
            {
                file.WriteAll<int>(numbers);
                file.Write(value);
            }
        }

        file.WriteAll<int>([]);
    }

    /// <summary>Reads what was written into this empty column.</summary>
    public void Load(ColumnReader file)
    {
        var pairs = new List<(int Ordinal, int Value)>();
        while (file.ReadAll<int>() is { Length: > 0 } ordinals)
        {
            var holders = AddValue(file.ReadString());
            holders.AddAll(ordinals);
            if (_pairs is not null)
            {
                pairs.AddRange(ordinals.Select(o => (o, holders.Number)));
            }
        }

        pairs.Sort();
        pairs.ForEach(p => AddPair(p.Ordinal, p.Value));
    }

    /// <summary>The entries with the value; null if there are none.</summary>
    public OrdinalSet? Find(string value) => _byValue.GetValueOrDefault(value);

    /// <summary>Adds the entries with any of the values to the target.</summary>
    public void OrInto(Span<ulong> target, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Find(value)?.OrInto(target);
        }
    }

    /// <summary>Counts the matches by value, largest first, then by value.</summary>
    public FacetCount[] CountIn(ReadOnlySpan<ulong> matches)
    {
        // Pairs before values: each pair's value is there.
        var blocks = _blocks.Items;
        var pairs = _pairs is null ? [] : _pairs.Items;
        var values = Values.Items;
        var order = OrderOf(values);
        var numbers = ArrayPool<int>.Shared.Rent(values.Length);
        if (_pairs is null)
        {
            CountValues(matches, values, numbers);
        }
        else
        {
            numbers.AsSpan(0, values.Length).Clear();
            CountPairs(matches, blocks, pairs, numbers);
        }

        // The count, then the place in the order of values, as one number: numbers sort much faster than texts.
        var keys = ArrayPool<ulong>.Shared.Rent(values.Length);
        var found = 0;
        for (var place = 0; place < order.Length; place++)
        {
            if (numbers[order[place]] is > 0 and var count)
            {
                keys[found++] = ((ulong)count << 32) | ~(uint)place;
            }
        }

        Array.Sort(keys, 0, found);
        var counts = new FacetCount[found];
        for (var i = 0; i < found; i++)
        {
            var key = keys[found - 1 - i];
            counts[i] = new FacetCount(values[order[(int)~(uint)key]].Value, (int)(key >> 32));
        }

        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(numbers);
        return counts;
    }

    private OrdinalSet AddValue(string value)
    {
        var holders = new OrdinalSet { Number = Values.Count };
        _byValue[value] = holders;
        Values.Add((value, Folding.Fold(Folding.Compose(value)), holders));
        return holders;
    }

    private void AddPair(int ordinal, int value)
    {
        if (_pairs is null)
        {
            return;
        }

        while (_blocks.Count <= ordinal >> 6)
        {
            _blocks.Add(_pairs.Count);
        }

        _pairs.Add((ordinal, value));
    }

    private static void CountValues(ReadOnlySpan<ulong> matches, ReadOnlySpan<(string Value, string Folded, OrdinalSet Holders)> values, Span<int> numbers)
    {
        var rented = ArrayPool<int>.Shared.Rent(matches.Length + 1);
        var used = rented.AsSpan(0, Bitmap.Used(matches, rented));
        // Few matches leave most words empty; with many, it is faster to go through all of them.
        var isDense = used.Length > matches.Length / 2;
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] = used.IsEmpty ? 0 : values[i].Holders.CountIn(matches, isDense ? [] : used);
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private static void CountPairs(ReadOnlySpan<ulong> matches, ReadOnlySpan<int> blocks, ReadOnlySpan<(int Ordinal, int Value)> pairs, Span<int> numbers)
    {
        for (var block = 0; block < Math.Min(matches.Length, blocks.Length); block++)
        {
            var word = matches[block];
            for (var i = blocks[block]; word != 0 && i < pairs.Length && pairs[i].Ordinal >> 6 == block; i++)
            {
                numbers[pairs[i].Value] += (int)(word >> (pairs[i].Ordinal & 63)) & 1;
            }
        }
    }

    /// <summary>The numbers of values in the order of the values.</summary>
    private int[] OrderOf(ReadOnlySpan<(string Value, string Folded, OrdinalSet Holders)> values)
    {
        var order = Volatile.Read(ref _order);
        if (order.Length != values.Length)
        {
            var texts = new string[values.Length];
            order = new int[values.Length];
            for (var i = 0; i < order.Length; i++)
            {
                (texts[i], order[i]) = (values[i].Value, i);
            }

            Array.Sort(texts, order, StringComparer.Ordinal);
            Volatile.Write(ref _order, order);
        }

        return order;
    }
}
