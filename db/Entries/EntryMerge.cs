using System.Text.Json.Nodes;

namespace HealthEquity.Db.Entries;

/// <summary>Whose text of a field is taken when two people wrote at once.</summary>
public enum Take
{
    /// <summary>The one who saves now.</summary>
    Mine,

    /// <summary>The one who saved meanwhile.</summary>
    Theirs,

    /// <summary>Theirs, and what mine has beside it; of lists only.</summary>
    Both,
}

/// <summary>A field in which two people's texts differ.</summary>
/// <param name="Path">The field: a member of the entry, or of one of its parts.</param>
/// <param name="Base">What both began with.</param>
/// <param name="Mine">What the one who saves now wrote.</param>
/// <param name="Theirs">What the one who saved meanwhile wrote.</param>
/// <param name="IsList">Both may be taken.</param>
/// <param name="Proposal">Whose to take unless somebody says otherwise: of whoever alone changed it.</param>
public sealed record MergeField(string Path, JsonNode? Base, JsonNode? Mine, JsonNode? Theirs, bool IsList, Take Proposal)
{
    /// <summary>Both changed it, and differently.</summary>
    public bool Contested => !JsonNode.DeepEquals(Base, Mine) && !JsonNode.DeepEquals(Base, Theirs);
}

/// <summary>Puts together what two people wrote on top of the same revision.</summary>
public static class EntryMerge
{
    /// <summary>The fields in which the two texts differ. A list counts as one field.</summary>
    public static IReadOnlyList<MergeField> Compare(Entry original, Entry mine, Entry theirs)
    {
        var fields = new List<MergeField>();
        Compare(Json(original), Json(mine), Json(theirs), "", fields);
        return fields;
    }

    /// <summary>Their text, with what is to be taken from mine.</summary>
    /// <param name="original">What both began with.</param>
    /// <param name="mine">What the one who saves now wrote.</param>
    /// <param name="theirs">What the one who saved meanwhile wrote.</param>
    /// <param name="takes">Whose to take, by path; what is not named goes by the proposal.</param>
    public static Entry Merge(Entry original, Entry mine, Entry theirs, IReadOnlyDictionary<string, Take> takes)
    {
        var merged = Json(theirs);
        foreach (var field in Compare(original, mine, theirs))
        {
            var value = takes.GetValueOrDefault(field.Path, field.Proposal) switch
            {
                Take.Mine => field.Mine?.DeepClone(),
                Take.Both when field.IsList => Union(field.Theirs as JsonArray ?? [], field.Mine as JsonArray ?? []),
                _ => field.Theirs?.DeepClone(),
            };
            Put(merged, field.Path.Split('.'), value);
        }

        return EntryJson.Read(merged.ToJsonString());
    }

    private static void Compare(JsonObject? original, JsonObject mine, JsonObject theirs, string prefix, List<MergeField> fields)
    {
        foreach (var name in mine.Select(p => p.Key).Union(theirs.Select(p => p.Key)))
        {
            var (b, m, t) = (original?[name], mine[name], theirs[name]);
            if (JsonNode.DeepEquals(m, t))
            {
                continue;
            }

            if (m is JsonObject mineInner && t is JsonObject theirsInner)
            {
                Compare(b as JsonObject, mineInner, theirsInner, $"{prefix}{name}.", fields);
                continue;
            }

            // Whoever alone changed it is taken to be right; where both did, the one who is here now decides.
            var proposal = JsonNode.DeepEquals(b, m) ? Take.Theirs : Take.Mine;
            fields.Add(new MergeField(prefix + name, b, m, t, m is JsonArray || t is JsonArray, proposal));
        }
    }

    private static JsonArray Union(JsonArray first, JsonArray second)
    {
        var all = new JsonArray([.. first.Select(i => i?.DeepClone())]);
        foreach (var item in second.Where(i => !first.Any(f => JsonNode.DeepEquals(f, i))))
        {
            all.Add(item?.DeepClone());
        }

        return all;
    }

    private static void Put(JsonObject root, string[] path, JsonNode? value)
    {
        var holder = path[..^1].Aggregate(root, (at, name) => (JsonObject)at[name]!);
        if (value is null)
        {
            holder.Remove(path[^1]);
        }
        else
        {
            holder[path[^1]] = value;
        }
    }

    private static JsonObject Json(Entry entry) => (JsonObject)JsonNode.Parse(EntryJson.Write(entry))!;
}
