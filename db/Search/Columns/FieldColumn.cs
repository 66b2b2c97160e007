using System.Buffers;
using System.Collections.Concurrent;
using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Columns;

/// <summary>One field: for each value, the entries that have it.</summary>
/// <param name="hasManyValues">True for hundreds of values that few entries have, such as counties: these are counted entry by entry.</param>
internal sealed class FieldColumn(bool hasManyValues = false)
{
    private readonly AppendList<(int Ordinal, int Value)>? _pairs = hasManyValues ? new() : null;
    private readonly ConcurrentDictionary<string, OrdinalSet> _byValue = new(StringComparer.OrdinalIgnoreCase);
    private int[] _order = [];

    /// <summary>All values ever used, with their folded forms and the entries that have them.</summary>
    public AppendList<(string Value, string Folded, OrdinalSet Holders)> Values { get; } = new();

    /// <summary>Adds a value of an entry.</summary>
    public void Add(string value, int ordinal)
    {
        if (!_byValue.TryGetValue(value, out var holders))
        {
            holders = new OrdinalSet { Number = Values.Count };
            _byValue[value] = holders;
            Values.Add((value, Folding.Fold(Folding.Compose(value)), holders));
        }

        if (holders.Add(ordinal))
        {
            _pairs?.Add((ordinal, holders.Number));
        }
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
        var pairs = _pairs is null ? [] : _pairs.Items;
        var values = Values.Items;
        var order = OrderOf(values);
        var numbers = ArrayPool<int>.Shared.Rent(values.Length);
        Count(matches, values, pairs, numbers);
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

    private void Count(
        ReadOnlySpan<ulong> matches,
        ReadOnlySpan<(string Value, string Folded, OrdinalSet Holders)> values,
        ReadOnlySpan<(int Ordinal, int Value)> pairs,
        Span<int> numbers)
    {
        if (_pairs is null)
        {
            for (var i = 0; i < values.Length; i++)
            {
                numbers[i] = values[i].Holders.CountIn(matches);
            }

            return;
        }

        numbers[..values.Length].Clear();
        foreach (var (ordinal, value) in pairs)
        {
            if (ordinal >> 6 >= matches.Length)
            {
                break;
            }

            numbers[value] += (int)(matches[ordinal >> 6] >> (ordinal & 63)) & 1;
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
