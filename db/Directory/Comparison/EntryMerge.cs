using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Comparison;

/// <summary>Whose text is taken when two people wrote at once.</summary>
public enum Take
{
    /// <summary>The one who saves now.</summary>
    Mine,

    /// <summary>The one who saved meanwhile.</summary>
    Theirs,

    /// <summary>What either has added, less what either has taken out; of lists of plain values only.</summary>
    Both,
}

/// <summary>Something in which two people's texts differ: a field, an item of a list that only one of them has, or the order of a list.</summary>
/// <param name="Path">Where, such as <c>summary</c> or <c>phones[2].label</c>; the number is the item's among those of both, and no place in either list.</param>
/// <param name="Item">What the items are known by that the path leads through, the outermost first.</param>
/// <param name="Base">What both began with.</param>
/// <param name="Mine">What the one who saves now wrote.</param>
/// <param name="Theirs">What the one who saved meanwhile wrote.</param>
/// <param name="Proposal">Whose to take unless somebody says otherwise: of whoever alone changed it.</param>
public sealed record MergeField(string Path, IReadOnlyList<string> Item, JsonNode? Base, JsonNode? Mine, JsonNode? Theirs, Take Proposal)
{
    /// <summary>Both changed it, and differently.</summary>
    public bool Contested => !JsonNode.DeepEquals(Base, Mine) && !JsonNode.DeepEquals(Base, Theirs);

    /// <summary>A list of plain values, of which both can be taken.</summary>
    public bool IsList { get; init; }

    /// <summary>The order of a list's items, which the three texts name.</summary>
    public bool IsOrder { get; init; }
}

/// <summary>
/// Puts together what two people wrote on top of the same revision. Items of lists are matched by what they are known by (a
/// number, an address…), so that two who changed different items, or different fields of one, do not undo each other's work.
/// </summary>
public sealed class EntryMerge
{
    private readonly Func<MergeField, Take> _choose;

    private EntryMerge(Func<MergeField, Take> choose) => _choose = choose;

    /// <summary>All in which the two texts differ.</summary>
    public static IReadOnlyList<MergeField> Compare(Entry original, Entry mine, Entry theirs)
    {
        var fields = new List<MergeField>();
        Merge(original, mine, theirs, field =>
        {
            fields.Add(field);
            return field.Proposal;
        });
        return fields;
    }

    /// <summary>Their text, with what is to be taken from mine.</summary>
    /// <param name="original">What both began with.</param>
    /// <param name="mine">What the one who saves now wrote.</param>
    /// <param name="theirs">What the one who saved meanwhile wrote.</param>
    /// <param name="takes">Whose to take, by path; what is not named goes by the proposal.</param>
    public static Entry Merge(Entry original, Entry mine, Entry theirs, IReadOnlyDictionary<string, Take> takes) =>
        Merge(original, mine, theirs, field => takes.GetValueOrDefault(field.Path, field.Proposal));

    private static Entry Merge(Entry original, Entry mine, Entry theirs, Func<MergeField, Take> choose) =>
        EntryJson.Read(new EntryMerge(choose).Join(Json(original), Json(mine), Json(theirs), "", [])!.ToJsonString());

    private JsonNode? Join(JsonNode? original, JsonNode? mine, JsonNode? theirs, string path, IReadOnlyList<string> item)
    {
        if (JsonNode.DeepEquals(mine, theirs))
        {
            return theirs?.DeepClone();
        }

        if (mine is JsonObject myPart && theirs is JsonObject theirPart)
        {
            return JoinParts(original as JsonObject, myPart, theirPart, path, item);
        }

        if (mine is JsonArray myList && theirs is JsonArray theirList)
        {
            var list = original as JsonArray ?? [];
            return myList.Concat(theirList).Any(i => i is JsonObject)
                ? JoinItems(list, myList, theirList, path, item)
                : JoinValues(list, myList, theirList, path, item);
        }

        var field = new MergeField(path, item, original, mine, theirs, ProposalOf(original, mine));
        return (_choose(field) == Take.Mine ? mine : theirs)?.DeepClone();
    }

    private JsonObject JoinParts(JsonObject? original, JsonObject mine, JsonObject theirs, string path, IReadOnlyList<string> item)
    {
        var joined = new JsonObject();
        foreach (var name in theirs.Select(p => p.Key).Union(mine.Select(p => p.Key)))
        {
            if (Join(original?[name], mine[name], theirs[name], path.Length == 0 ? name : $"{path}.{name}", item) is { } value)
            {
                joined[name] = value;
            }
        }

        return joined;
    }

    private JsonArray JoinValues(JsonArray original, JsonArray mine, JsonArray theirs, string path, IReadOnlyList<string> item)
    {
        var field = new MergeField(path, item, original, mine, theirs, Take.Both) { IsList = true };
        field = field.Contested ? field : field with { Proposal = ProposalOf(original, mine) };
        var took = _choose(field);
        if (took != Take.Both)
        {
            return (JsonArray)(took == Take.Mine ? mine : theirs).DeepClone();
        }

        bool Has(JsonArray list, JsonNode? value) => list.Any(i => JsonNode.DeepEquals(i, value));
        var kept = theirs.Where(i => Has(mine, i) || !Has(original, i)).Concat(mine.Where(i => !Has(theirs, i) && !Has(original, i)));
        return [.. kept.Select(i => i?.DeepClone())];
    }

    private JsonArray JoinItems(JsonArray original, JsonArray mine, JsonArray theirs, string path, IReadOnlyList<string> item)
    {
        var lists = new MergedLists(original, mine, theirs);
        var order = lists.Order;
        if (lists.OrdersDiffer)
        {
            var field = new MergeField($"{path}[]", item, Named(lists.OriginalOrder), Named(lists.MyOrder), Named(lists.TheirOrder), lists.IsMyOrderNew ? Take.Mine : Take.Theirs)
            {
                IsOrder = true,
            };
            order = lists.OrderBy(_choose(field));
        }

        var joined = new SortedDictionary<int, JsonNode?>();
        foreach (var (row, (o, m, t)) in lists.Rows.Index())
        {
            joined[row] = Join(o, m, t, $"{path}[{row}]", ListMatching.NameOf(t ?? m ?? o) is { } name ? [.. item, name] : item);
        }

        return [.. order.Select(row => joined[row]).Where(i => i is not null)];

        JsonArray Named(IEnumerable<int> rows) => [.. rows.Select(r => JsonValue.Create(lists.NameOf(r)))];
    }

    /// <summary>Whoever alone changed it is taken to be right; where both did, the one who is here now decides.</summary>
    private static Take ProposalOf(JsonNode? original, JsonNode? mine) => JsonNode.DeepEquals(original, mine) ? Take.Theirs : Take.Mine;

    private static JsonObject Json(Entry entry) => (JsonObject)JsonNode.Parse(EntryJson.Write(entry))!;
}
