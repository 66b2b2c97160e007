using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Comparison;

namespace HealthEquity.Directory.Translations;

/// <summary>
/// Finds the items of a list in a later version of the list. Other than <see cref="ListMatching"/>, which compares any two lists, it recognizes
/// texts that were reworded, and what was rewritten in its place.
/// </summary>
internal static class ListMatch
{
    // The share of words that two versions of one item have in common.
    private const double Alike = 0.5;

    private static readonly char[] Separators = [' ', '\n', '\t', '.', ',', ';', ':', '!', '?', '(', ')', '"', '“', '”'];

    /// <summary>For each item, its place in the later version; null if it is gone.</summary>
    public static int?[] Of(JsonArray before, JsonArray after)
    {
        var found = new int?[before.Count];
        var free = Enumerable.Range(0, after.Count).ToHashSet();
        var texts = after.Select(Text).ToList();
        var was = before.Select(Text).ToList();
        // Unchanged items first: those in their place, then those that moved.
        Take(found, free, i => texts.Count > i && texts[i] == was[i] ? i : null);
        Take(found, free, i => free.Order().Cast<int?>().FirstOrDefault(n => texts[n!.Value] == was[i]));
        // A phone number whose label was changed is still that number.
        Take(found, free, i => before[i] is JsonObject item && ListMatching.NameOf(item) is { } name
            ? free.Order().Cast<int?>().FirstOrDefault(n => ListMatching.NameOf(after[n!.Value]) == name)
            : null);
        TakeAlike(found, free, [.. before.Select(Words)], [.. after.Select(Words)]);
        // An item that was rewritten in its place.
        Take(found, free, i => i < after.Count ? i : null);
        return found;
    }

    private static void Take(int?[] found, HashSet<int> free, Func<int, int?> find)
    {
        for (var index = 0; index < found.Length; index++)
        {
            if (found[index] is null && find(index) is { } place && free.Remove(place))
            {
                found[index] = place;
            }
        }
    }

    private static void TakeAlike(int?[] found, HashSet<int> free, IReadOnlyList<HashSet<string>> before, IReadOnlyList<HashSet<string>> after)
    {
        var pairs = from old in Enumerable.Range(0, before.Count)
                    where found[old] is null
                    from now in free
                    let share = Share(before[old], after[now])
                    where share >= Alike
                    orderby share descending, Math.Abs(old - now), old
                    select (old, now);
        foreach (var (old, now) in pairs.ToList())
        {
            if (found[old] is null && free.Remove(now))
            {
                found[old] = now;
            }
        }
    }

    private static double Share(HashSet<string> one, HashSet<string> other) =>
        one.Count + other.Count == 0 ? 0 : 2.0 * one.Count(other.Contains) / (one.Count + other.Count);

    private static string Text(JsonNode? item) => item?.ToJsonString() ?? "";

    /// <summary>The words in all texts of an item.</summary>
    private static HashSet<string> Words(JsonNode? item) => item switch
    {
        JsonObject part => [.. part.SelectMany(m => Words(m.Value))],
        JsonArray list => [.. list.SelectMany(Words)],
        JsonValue value when value.GetValueKind() == JsonValueKind.String =>
            [.. value.GetValue<string>().ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries)],
        _ => [],
    };
}
