using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Comparison;

/// <summary>One field that differs between two versions of an entry.</summary>
/// <param name="Path">The field's path, such as <c>phones[0].number</c>: in the newer version, or in the older one if the field was removed.</param>
/// <param name="Before">The older value; null if there is none.</param>
/// <param name="After">The newer value; null if there is none.</param>
public sealed record FieldChange(string Path, string? Before, string? After);

/// <summary>
/// Compares two versions of an entry field by field. List items are matched by content and not by position, so that inserting one at
/// the front does not make all the others look changed.
/// </summary>
public static class EntryComparison
{
    /// <summary>The fields that differ, in the order of the newer version.</summary>
    public static IReadOnlyList<FieldChange> Compare(Entry? before, Entry after) =>
        Compare(before is null ? null : EntryJson.Write(before), EntryJson.Write(after));

    /// <summary>The fields that differ between the bodies of two revisions.</summary>
    public static IReadOnlyList<FieldChange> Compare(string? before, string after)
    {
        var changes = new List<FieldChange>();
        Compare(before is null ? null : JsonNode.Parse(before), JsonNode.Parse(after), "", changes);
        return changes;
    }

    private static void Compare(JsonNode? before, JsonNode? after, string path, List<FieldChange> changes)
    {
        if (JsonNode.DeepEquals(before, after))
        {
            return;
        }

        if (before is JsonArray or null && after is JsonArray or null && (before ?? after) is JsonArray list)
        {
            CompareLists(before as JsonArray ?? [], after as JsonArray ?? [], path, changes, IsOfParts(list) || IsOfParts(after as JsonArray));
        }
        else if (before is JsonObject or null && after is JsonObject or null)
        {
            var names = ((after as JsonObject)?.Select(p => p.Key) ?? []).Union((before as JsonObject)?.Select(p => p.Key) ?? []);
            foreach (var name in names)
            {
                Compare((before as JsonObject)?[name], (after as JsonObject)?[name], path.Length == 0 ? name : $"{path}.{name}", changes);
            }
        }
        else if (Text(before) is var was && Text(after) is var now && was != now)
        {
            changes.Add(new FieldChange(path, was, now));
        }
    }

    private static void CompareLists(JsonArray before, JsonArray after, string path, List<FieldChange> changes, bool ofParts)
    {
        if (!ofParts)
        {
            var (was, now) = (Lines(before), Lines(after));
            if (was != now)
            {
                changes.Add(new FieldChange(path, was, now));
            }

            return;
        }

        foreach (var (old, current, index) in Match(before, after))
        {
            Compare(old, current, $"{path}[{index}]", changes);
        }
    }

    private static IEnumerable<(JsonNode? Before, JsonNode? After, int Index)> Match(JsonArray before, JsonArray after)
    {
        var partners = ListMatching.Partners(before, after);
        return Enumerable.Range(0, after.Count)
            .Select(i => (partners[i] is { } p ? before[p] : null, after[i], i))
            .Concat(Enumerable.Range(0, before.Count).Where(f => !partners.Contains(f)).Select(f => (before[f], (JsonNode?)null, f)));
    }

    private static bool IsOfParts(JsonArray? list) => list is { Count: > 0 } && list[0] is JsonObject;

    private static string? Lines(JsonArray list) => list.Count == 0 ? null : string.Join('\n', list.Select(Text));

    private static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => null,
        _ => node.ToJsonString(),
    };
}
