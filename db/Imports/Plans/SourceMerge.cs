using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Imports.Plans;

/// <summary>A field changed by both the source and a curator. Values are JSON; null if absent.</summary>
/// <param name="Path">The field: a member of the entry or of a part. A list is one field.</param>
/// <param name="Base">The previous value in the source.</param>
/// <param name="Ours">The value here.</param>
/// <param name="Theirs">The new value in the source.</param>
public sealed record ContestedField(string Path, string? Base, string? Ours, string? Theirs);

/// <summary>An entry merged from changes of the source and of curators.</summary>
/// <param name="Entry">The merged entry.</param>
/// <param name="Contested">The fields that were kept because both sides changed them.</param>
/// <param name="SourceChanges">All fields that the source changed.</param>
internal sealed record SourceMergeResult(Entry Entry, IReadOnlyList<ContestedField> Contested, IReadOnlyList<string> SourceChanges);

/// <summary>
/// A three-way merge of the previous source, the current source and the entry here. Changes of the source alone are taken; fields that a curator
/// also changed are kept and reported. In lists, items changed on only one side are merged.
/// </summary>
internal sealed class SourceMerge
{
    private readonly List<ContestedField> _contested = [];
    private readonly List<string> _sourceChanges = [];
    private readonly bool _takeNothing;

    private SourceMerge(bool takeNothing) => _takeNothing = takeNothing;

    /// <summary>Merges three versions.</summary>
    /// <param name="said">The previous version of the source.</param>
    /// <param name="stands">The version here.</param>
    /// <param name="says">The current version of the source.</param>
    /// <param name="isValid">Validates the result. If it is invalid, nothing is taken, and all changes are conflicts.</param>
    public static SourceMergeResult Merge(string said, string stands, string says, Func<Entry, bool> isValid)
    {
        var merged = new SourceMerge(takeNothing: false).Merge(said, stands, says);
        return isValid(merged.Entry) ? merged : new SourceMerge(takeNothing: true).Merge(said, stands, says);
    }

    /// <summary>Takes nothing, and reports every different field as a conflict, because it is unknown which is newer.</summary>
    /// <param name="shown">The version here, as an export would show it.</param>
    /// <param name="stands">The version here.</param>
    /// <param name="says">The version of the source.</param>
    public static SourceMergeResult Contest(string shown, string stands, string says) => new SourceMerge(takeNothing: true).Merge(shown, stands, says);

    /// <summary>Sets the value at a path.</summary>
    /// <param name="body">The entry, JSON.</param>
    /// <param name="path">The path, as in <see cref="ContestedField.Path"/>.</param>
    /// <param name="value">The value, JSON; null to remove it.</param>
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
        return new SourceMergeResult(EntryJson.Read(merged.ToJsonString()), _contested, _sourceChanges);
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

        _sourceChanges.Add(path);
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

    /// <summary>The list here, without items that the source removed and with items that it added; null if both removed the same item.</summary>
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
