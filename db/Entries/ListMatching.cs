using System.Text.Json.Nodes;

namespace HealthEquity.Db.Entries;

/// <summary>Which items of two lists are about the same thing: known by what they say, and not by where they stand.</summary>
internal static class ListMatching
{
    private static readonly string[] Names = ["number", "address", "url", "code", "language", "name", "address1", "day"];

    /// <summary>What an item is known by: its number, address, code…; null where it has no such thing.</summary>
    public static string? NameOf(JsonNode? item) => item is JsonObject o
        ? Names.Select(n => o[n]).OfType<JsonValue>().FirstOrDefault()?.ToString()
            ?? (o["jurisdiction"] as JsonObject)?["name"]?.ToString()
        : item?.ToString();

    /// <summary>For each item of the newer list the place of the same thing in the older one, or null.</summary>
    /// <param name="before">The older list.</param>
    /// <param name="after">The newer list.</param>
    /// <param name="unnamedInOrder">Items that nothing is known by are paired in order; otherwise they are strangers.</param>
    public static int?[] Partners(JsonArray before, JsonArray after, bool unnamedInOrder = true)
    {
        var partners = new int?[after.Count];
        var free = Enumerable.Range(0, before.Count).ToHashSet();
        // First those that are the same in every word, then those that name the same thing.
        Pair(item => item?.ToJsonString());
        Pair(NameOf);
        if (unnamedInOrder)
        {
            Pair(item => NameOf(item) is null ? "" : null);
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
}
