using System.Text.Json.Nodes;

namespace HealthEquity.Directory.Comparison;

/// <summary>Which items of two lists are about the same thing: known by what they say, and not by where they stand.</summary>
internal static class ListMatching
{
    private static readonly string[] Names = ["number", "address", "url", "code", "language", "name", "address1", "day"];

    /// <summary>What may have been written wrongly. Another code, language or day is another thing.</summary>
    private static readonly string[] Corrected = ["number", "address", "url", "name", "address1"];

    /// <summary>What an item is known by: its number, address, code…; null where it has no such thing.</summary>
    public static string? NameOf(JsonNode? item) => item is JsonObject o
        ? Names.Select(n => o[n]).OfType<JsonValue>().FirstOrDefault()?.ToString()
            ?? (o["jurisdiction"] as JsonObject)?["name"]?.ToString()
        : item?.ToString();

    /// <summary>For each item of the newer list the place of the same thing in the older one, or null.</summary>
    /// <param name="before">The older list.</param>
    /// <param name="after">The newer list.</param>
    /// <param name="descends">The newer list was made from the older one: a number that was put right is no new one, and items that nothing is known by are paired in order.</param>
    public static int?[] Partners(JsonArray before, JsonArray after, bool descends = true)
    {
        var partners = new int?[after.Count];
        var free = Enumerable.Range(0, before.Count).ToHashSet();
        // First those that are the same in every word, then those that name the same thing.
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

    /// <summary>They are known by different numbers, addresses…, and of the rest at least half is the same.</summary>
    private static bool IsCorrected(JsonNode? before, JsonNode? after)
    {
        if (before is not JsonObject old || after is not JsonObject current
            || Names.FirstOrDefault(n => current[n] is JsonValue) is not { } name || !Corrected.Contains(name) || old[name] is not JsonValue)
        {
            return false;
        }

        var rest = old.Select(m => m.Key).Union(current.Select(m => m.Key)).Where(key => key != name).ToList();
        return 2 * rest.Count(key => JsonNode.DeepEquals(old[key], current[key])) >= rest.Count;
    }
}
