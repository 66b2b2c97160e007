using System.Collections.Concurrent;
using HealthEquity.Directory.Text;

namespace HealthEquity.Search.Columns;

/// <summary>One field: for each value, the entries that have it.</summary>
internal sealed class FieldColumn
{
    private readonly ConcurrentDictionary<string, OrdinalSet> _byValue = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All values ever used, with their folded forms and the entries that have them.</summary>
    public AppendList<(string Value, string Folded, OrdinalSet Holders)> Values { get; } = new();

    /// <summary>Adds a value of an entry.</summary>
    public void Add(string value, int ordinal)
    {
        if (!_byValue.TryGetValue(value, out var holders))
        {
            holders = new OrdinalSet();
            holders.Add(ordinal);
            _byValue[value] = holders;
            Values.Add((value, Folding.Fold(Folding.Compose(value)), holders));
            return;
        }

        holders.Add(ordinal);
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
    public List<FacetCount> CountIn(ReadOnlySpan<ulong> matches)
    {
        var counts = new List<FacetCount>();
        foreach (var (value, _, holders) in Values.Items)
        {
            if (holders.CountIn(matches) is var count and > 0)
            {
                counts.Add(new FacetCount(value, count));
            }
        }

        counts.Sort((a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Value, b.Value));
        return counts;
    }
}
