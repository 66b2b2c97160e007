using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Directory.Comparison;

/// <summary>Which value to keep when two people edited at the same time.</summary>
public enum Take
{
    /// <summary>The value of the person saving now.</summary>
    Mine,

    /// <summary>The value of the person who saved first.</summary>
    Theirs,

    /// <summary>Everything either person added, minus everything either removed. For lists of plain values only.</summary>
    Both,
}

/// <summary>A difference between two people's versions: a field, a list item that only one version has, or the order of a list.</summary>
/// <param name="Path">The path, such as <c>summary</c> or <c>phones[2].label</c>. The number counts the items of both versions; it is not a position in either list.</param>
/// <param name="Item">The names of the list items along the path, outermost first.</param>
/// <param name="Base">The value both started from.</param>
/// <param name="Mine">The value of the person saving now.</param>
/// <param name="Theirs">The value of the person who saved first.</param>
/// <param name="Proposal">The default choice: the value of the only person who changed it.</param>
public sealed record MergeField(string Path, IReadOnlyList<string> Item, JsonNode? Base, JsonNode? Mine, JsonNode? Theirs, Take Proposal)
{
    /// <summary>True if both changed it, in different ways.</summary>
    public bool Contested => !JsonNode.DeepEquals(Base, Mine) && !JsonNode.DeepEquals(Base, Theirs);

    /// <summary>True for a list of plain values, which supports <see cref="Take.Both"/>.</summary>
    public bool IsList { get; init; }

    /// <summary>True for the order of a list; the three values then list the items' names.</summary>
    public bool IsOrder { get; init; }
}

/// <summary>
/// Merges two edits of the same revision (three-way merge). List items are matched by what identifies them (a number, an address…), so
/// that edits to different items, or to different fields of one item, do not undo each other.
/// </summary>
public sealed class EntryMerge
{
    private readonly Func<MergeField, Take> _choose;

    private EntryMerge(Func<MergeField, Take> choose) => _choose = choose;

    /// <summary>Every difference between the two versions.</summary>
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

    /// <summary>Their version, with the chosen values of mine.</summary>
    /// <param name="original">The value both started from.</param>
    /// <param name="mine">The value of the person saving now.</param>
    /// <param name="theirs">The value of the person who saved first.</param>
    /// <param name="takes">The choices, by path. The default applies to every other path.</param>
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

    /// <summary>The value of the only person who changed it; if both did, the value of the person saving now.</summary>
    private static Take ProposalOf(JsonNode? original, JsonNode? mine) => JsonNode.DeepEquals(original, mine) ? Take.Theirs : Take.Mine;

    private static JsonObject Json(Entry entry) => (JsonObject)JsonNode.Parse(EntryJson.Write(entry))!;
}
