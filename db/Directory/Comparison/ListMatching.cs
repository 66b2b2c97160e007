using System.Text.Json.Nodes;

namespace HealthEquity.Directory.Comparison;

/// <summary>Pairs the items of two lists by content, not by position.</summary>
internal static class ListMatching
{
    private static readonly string[] IdentifyingMembers = ["number", "address", "url", "code", "language", "name", "address1", "day", "path"];

    /// <summary>Members that may contain a typo. A different code, language or day means a different item.</summary>
    private static readonly string[] Correctable = ["number", "address", "url", "name", "address1"];

    /// <summary>What identifies an item: its number, address, code…; null if it has none of these.</summary>
    public static string? NameOf(JsonNode? item) => item is JsonObject o
        ? IdentifyingMembers.Select(n => o[n]).OfType<JsonValue>().FirstOrDefault()?.ToString()
            ?? (o["jurisdiction"] as JsonObject)?["name"]?.ToString()
        : item?.ToString();

    /// <summary>For each item of the newer list, the position of the same item in the older list, or null.</summary>
    /// <param name="before">The older list.</param>
    /// <param name="after">The newer list.</param>
    /// <param name="descends">True if the newer list was edited from the older one: a corrected number still matches, and items that nothing identifies are paired in order.</param>
    public static int?[] Partners(JsonArray before, JsonArray after, bool descends = true)
    {
        var partners = new int?[after.Count];
        var free = Enumerable.Range(0, before.Count).ToHashSet();
        // First the identical items, then those with the same identifier.
        Pair(item => item?.ToJsonString());
        Pair(NameOf);
        if (descends)
        {
            Pair(item => NameOf(item) is null ? "" : null);
            foreach (var at in Enumerable.Range(0, after.Count).Where(i => partners[i] is null))
            {
                if (free.Order().Where(f => IsCorrected(before[f], after[at])).Select(f => (int?)f).FirstOrDefault() is { } place)
                {
                    partners[at] = place;
                    free.Remove(place);
                }
            }
        }

        return partners;

        void Pair(Func<JsonNode?, string?> keyOf)
        {
            var waiting = free.Order().Where(f => keyOf(before[f]) is not null).GroupBy(f => keyOf(before[f])!)
                .ToDictionary(g => g.Key, g => new Queue<int>(g), StringComparer.Ordinal);
            foreach (var at in Enumerable.Range(0, after.Count).Where(i => partners[i] is null))
            {
                if (keyOf(after[at]) is { } key && waiting.TryGetValue(key, out var places) && places.TryDequeue(out var place))
                {
                    partners[at] = place;
                    free.Remove(place);
                }
            }
        }
    }

    /// <summary>True if the identifiers (numbers, addresses…) differ, but at least half of the other members are the same.</summary>
    private static bool IsCorrected(JsonNode? before, JsonNode? after)
    {
        if (before is not JsonObject old || after is not JsonObject current
            || IdentifyingMembers.FirstOrDefault(n => current[n] is JsonValue) is not { } name || !Correctable.Contains(name) || old[name] is not JsonValue)
        {
            return false;
        }

        var rest = old.Select(m => m.Key).Union(current.Select(m => m.Key)).Where(key => key != name).ToList();
        return 2 * rest.Count(key => JsonNode.DeepEquals(old[key], current[key])) >= rest.Count;
    }
}
