using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Imports.Plans;

/// <summary>A field that the source and a curator have both changed. The texts are JSON; null where nothing stands.</summary>
/// <param name="Path">The field: a member of the entry, or of one of its parts. A list is one field.</param>
/// <param name="Base">What the source said last.</param>
/// <param name="Ours">What stands here.</param>
/// <param name="Theirs">What the source says now.</param>
public sealed record ContestedField(string Path, string? Base, string? Ours, string? Theirs);

/// <summary>A text in which what the source changed is put together with what curators did.</summary>
/// <param name="Entry">The text.</param>
/// <param name="Contested">The fields that stayed as they were, because both changed them.</param>
/// <param name="Spoken">Every field about which the source speaks anew.</param>
internal sealed record SourceMergeResult(Entry Entry, IReadOnlyList<ContestedField> Contested, IReadOnlyList<string> Spoken);

/// <summary>
/// Puts together what a source said last, what it says now and what stands here. What only the source changed is taken; what a
/// curator has changed too stays, and is named. Of lists, items that only one side touched are put together.
/// </summary>
internal sealed class SourceMerge
{
    private readonly List<ContestedField> _contested = [];
    private readonly List<string> _spoken = [];
    private readonly bool _takeNothing;

    private SourceMerge(bool takeNothing) => _takeNothing = takeNothing;

    /// <summary>Puts three texts together.</summary>
    /// <param name="said">What the source said last.</param>
    /// <param name="stands">What stands here.</param>
    /// <param name="says">What the source says now.</param>
    /// <param name="isValid">Tells whether the result keeps the rules; where it does not, nothing is taken and everything contested.</param>
    public static SourceMergeResult Merge(string said, string stands, string says, Func<Entry, bool> isValid)
    {
        var merged = new SourceMerge(takeNothing: false).Merge(said, stands, says);
        return isValid(merged.Entry) ? merged : new SourceMerge(takeNothing: true).Merge(said, stands, says);
    }

    /// <summary>Takes nothing and names every field in which what the source says is not what stands: nobody knows which is newer.</summary>
    /// <param name="shown">What the source would say of what stands here.</param>
    /// <param name="stands">What stands here.</param>
    /// <param name="says">What the source says.</param>
    public static SourceMergeResult Contest(string shown, string stands, string says) => new SourceMerge(takeNothing: true).Merge(shown, stands, says);

    /// <summary>The text with another value at a path.</summary>
    /// <param name="body">The text, JSON.</param>
    /// <param name="path">The path, as <see cref="ContestedField.Path"/> has it.</param>
    /// <param name="value">The value, JSON; null to take out what stands there.</param>
    public static Entry Put(string body, string path, string? value)
    {
        var root = JsonNode.Parse(body)!.AsObject();
        var steps = path.Split('.');
        var holder = steps[..^1].Aggregate(root, (at, name) => (at[name] ??= new JsonObject()).AsObject());
        if (value is null)
        {
            holder.Remove(steps[^1]);
        }
        else
        {
            holder[steps[^1]] = JsonNode.Parse(value);
        }

        return EntryJson.Read(root.ToJsonString());
    }

    private SourceMergeResult Merge(string said, string stands, string says)
    {
        var merged = Merge(JsonNode.Parse(said), JsonNode.Parse(stands), JsonNode.Parse(says), "")!;
        return new SourceMergeResult(EntryJson.Read(merged.ToJsonString()), _contested, _spoken);
    }

    private JsonNode? Merge(JsonNode? said, JsonNode? stands, JsonNode? says, string path)
    {
        if (JsonNode.DeepEquals(said, says))
        {
            return stands?.DeepClone();
        }

        if (stands is JsonObject ours && says is JsonObject theirs)
        {
            var merged = new JsonObject();
            foreach (var name in ours.Select(p => p.Key).Union(theirs.Select(p => p.Key)))
            {
                if (Merge((said as JsonObject)?[name], ours[name], theirs[name], path.Length == 0 ? name : $"{path}.{name}") is { } value)
                {
                    merged[name] = value;
                }
            }

            return merged;
        }

        _spoken.Add(path);
        if (JsonNode.DeepEquals(stands, says))
        {
            return stands?.DeepClone();
        }

        if (JsonNode.DeepEquals(said, stands) && !_takeNothing)
        {
            return says?.DeepClone();
        }

        if (stands is JsonArray here && says is JsonArray there && !_takeNothing && MergeLists(said as JsonArray ?? [], here, there) is { } list)
        {
            return list;
        }

        _contested.Add(new ContestedField(path, said?.ToJsonString(), stands?.ToJsonString(), says?.ToJsonString()));
        return stands?.DeepClone();
    }

    /// <summary>What stands here, without what the source took out and with what it added; null when both took out the same item.</summary>
    private static JsonArray? MergeLists(JsonArray said, JsonArray stands, JsonArray says)
    {
        var takenOut = said.Where(item => !Has(says, item)).ToList();
        if (takenOut.Any(item => !Has(stands, item)))
        {
            return null;
        }

        var kept = stands.Where(item => !takenOut.Any(gone => JsonNode.DeepEquals(gone, item)));
        var added = says.Where(item => !Has(said, item) && !Has(stands, item));
        return new JsonArray([.. kept.Concat(added).Select(item => item?.DeepClone())]);
    }

    private static bool Has(JsonArray list, JsonNode? item) => list.Any(i => JsonNode.DeepEquals(i, item));
}
