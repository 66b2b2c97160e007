namespace HealthEquity.Search.Columns;

/// <summary>Ordinals in an order that answers can be read off from: walk it and keep what matches.</summary>
internal static class SortedOrder
{
    /// <summary>A new order, with more ordinals in their places.</summary>
    /// <param name="order">The order so far; left as it is.</param>
    /// <param name="added">Ordinals to bring in.</param>
    /// <param name="comparer">The order.</param>
    public static int[] Merge(int[] order, int[] added, IComparer<int> comparer)
    {
        Array.Sort(added, comparer);
        var merged = new int[order.Length + added.Length];
        var (from, to) = (0, 0);
        foreach (var ordinal in added)
        {
            // Few are added to many: find the place, and move what lies before it in one go.
            var place = ~Array.BinarySearch(order, from, order.Length - from, ordinal, comparer);
            Array.Copy(order, from, merged, to, place - from);
            to += place - from;
            merged[to++] = ordinal;
            from = place;
        }

        Array.Copy(order, from, merged, to, order.Length - from);
        return merged;
    }
}
