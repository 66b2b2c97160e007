namespace HealthEquity.Search.Columns;

/// <summary>Ordinals in a precomputed sort order. To sort results, walk the order and keep the matches.</summary>
internal static class SortedOrder
{
    /// <summary>Merges new ordinals into an order.</summary>
    /// <param name="order">The current order; not modified.</param>
    /// <param name="added">The ordinals to add.</param>
    /// <param name="comparer">Compares two ordinals.</param>
    public static int[] Merge(int[] order, int[] added, IComparer<int> comparer)
    {
        Array.Sort(added, comparer);
        var merged = new int[order.Length + added.Length];
        var (from, to) = (0, 0);
        foreach (var ordinal in added)
        {
            // A few are added to many: find the position and copy everything before it at once.
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
