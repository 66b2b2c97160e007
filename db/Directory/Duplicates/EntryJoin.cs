using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;

namespace HealthEquity.Directory.Duplicates;

/// <summary>Which entry's value the merged entry keeps.</summary>
public enum Side
{
    /// <summary>The entry that remains.</summary>
    Survivor,

    /// <summary>The entry that is merged into the survivor.</summary>
    Other,

    /// <summary>Both values: for lists, notes, and names (the other name becomes an alternate name).</summary>
    Both,
}

/// <summary>One item of the combined list of two entries.</summary>
/// <param name="Value">The item. If both have it: the survivor's item, with missing members filled in from the other.</param>
/// <param name="From">Which entry has it.</param>
public sealed record JoinedItem(JsonNode Value, Side From);

/// <summary>A field that differs between two entries.</summary>
/// <param name="Path">The path of the field, such as <c>name</c> or <c>cost.note</c>.</param>
/// <param name="Survivor">The survivor's value.</param>
/// <param name="Other">The other entry's value.</param>
/// <param name="Items">For a list, every item of either entry; null for other fields.</param>
/// <param name="Proposal">The default choice.</param>
public sealed record JoinField(string Path, JsonNode? Survivor, JsonNode? Other, IReadOnlyList<JoinedItem>? Items, Side Proposal)
{
    /// <summary>True if both values can be kept: notes are appended, and the other name becomes an alternate name.</summary>
    public bool CanKeepBoth => Path is "internalNotes" or "name" && Survivor is not null && Other is not null;
}

/// <summary>A curator's choice for one field.</summary>
/// <param name="Side">The value to keep.</param>
/// <param name="Items">For a list, the positions in <see cref="JoinField.Items"/> to keep; null for all.</param>
public sealed record JoinChoice(Side Side, IReadOnlySet<int>? Items = null);

/// <summary>Merges two entries of one kind into one, field by field and list item by list item.</summary>
public static class EntryJoin
{
    // Objects taken as a whole: a mix of two entries' opening hours would be wrong for both.
    private static readonly HashSet<string> Indivisible = ["hours", "intakeHours", "capacity", "consent", "modelText", "dojAccreditation"];

    private static readonly string[] IdentifyingMembers = ["number", "address", "url", "code", "language", "jurisdiction", "name", "title"];

    /// <summary>The fields that differ.</summary>
    public static IReadOnlyList<JoinField> Compare(Entry survivor, Entry other)
    {
        var fields = new List<JoinField>();
        Compare(Json(survivor), Json(other), "", fields);
        return fields;
    }

    /// <summary>The survivor with the chosen values of the other entry.</summary>
    /// <param name="survivor">The entry that remains.</param>
    /// <param name="other">The entry that is merged into the survivor.</param>
    /// <param name="choices">The choices, by path. The default applies to every other path.</param>
    public static Entry Join(Entry survivor, Entry other, IReadOnlyDictionary<string, JoinChoice> choices)
    {
        var joined = Json(survivor);
        foreach (var field in Compare(survivor, other))
        {
            var choice = choices.GetValueOrDefault(field.Path) ?? new JoinChoice(field.Proposal);
            SetAt(joined, field.Path.Split('.'), Value(field, choice));
        }

        var entry = EntryJson.Read(joined.ToJsonString());
        return choices.GetValueOrDefault("name")?.Side == Side.Both && !entry.AlternateNames.Contains(other.Name)
            ? entry with { AlternateNames = [.. entry.AlternateNames, other.Name] }
            : entry;
    }

    private static JsonNode? Value(JoinField field, JoinChoice choice) => field switch
    {
        { Items: { } items } => new JsonArray([.. items.Index().Where(i => choice.Items?.Contains(i.Index) ?? true).Select(i => i.Item.Value.DeepClone())]),
        { Path: "internalNotes", CanKeepBoth: true } when choice.Side == Side.Both => $"{field.Survivor}\n\n{field.Other}",
        _ => (choice.Side == Side.Other ? field.Other : field.Survivor)?.DeepClone(),
    };

    private static void Compare(JsonObject survivor, JsonObject other, string prefix, List<JoinField> fields)
    {
        foreach (var name in survivor.Select(p => p.Key).Union(other.Select(p => p.Key)))
        {
            var (mine, theirs) = (survivor[name], other[name]);
            if (JsonNode.DeepEquals(mine, theirs))
            {
                continue;
            }

            if (mine is JsonObject inner && theirs is JsonObject said && !Indivisible.Contains(name))
            {
                Compare(inner, said, $"{prefix}{name}.", fields);
                continue;
            }

            var items = mine is JsonArray or null && theirs is JsonArray or null ? Items(mine as JsonArray ?? [], theirs as JsonArray ?? []) : null;
            fields.Add(new JoinField(prefix + name, mine, theirs, items, Proposal(name, mine, theirs, items is not null)));
        }
    }

    private static Side Proposal(string name, JsonNode? survivor, JsonNode? other, bool list) => name switch
    {
        _ when list => Side.Both,
        "internalNotes" when survivor is not null && other is not null => Side.Both,
        // A refusal stands, whatever the other entry says.
        "consent" when (string?)other?["status"] == "refused" => Side.Other,
        _ => IsBlank(survivor) && !IsBlank(other) ? Side.Other : Side.Survivor,
    };

    private static bool IsBlank(JsonNode? node) => node switch
    {
        null => true,
        JsonValue value => value.GetValueKind() == JsonValueKind.String && value.ToString() is "" or "unknown",
        JsonObject part => (string?)part["status"] == "unknown",
        _ => false,
    };

    private static List<JoinedItem> Items(JsonArray survivor, JsonArray other)
    {
        var left = other.OfType<JsonNode>().ToList();
        var items = new List<JoinedItem>();
        foreach (var mine in survivor.OfType<JsonNode>())
        {
            var same = left.Find(theirs => JsonNode.DeepEquals(mine, theirs)) ?? left.Find(theirs => IdentityOf(mine) is { } identity && identity == IdentityOf(theirs));
            if (same is not null)
            {
                left.Remove(same);
            }

            items.Add(same is null ? new JoinedItem(mine, Side.Survivor) : new JoinedItem(FillGaps(mine, same), Side.Both));
        }

        items.AddRange(left.Select(theirs => new JoinedItem(theirs, Side.Other)));
        return items;
    }

    /// <summary>The first item, with blank members filled in from the second.</summary>
    private static JsonNode FillGaps(JsonNode first, JsonNode second)
    {
        var filled = first.DeepClone();
        if (filled is not JsonObject part || second is not JsonObject more)
        {
            return filled;
        }

        foreach (var (name, said) in more)
        {
            part[name] = (name, part[name], said) switch
            {
                ("visibility", { } mine, { } theirs) => LessVisible(mine, theirs),
                (_, JsonArray mine, JsonArray theirs) => new JsonArray([.. Items(mine, theirs).Select(i => i.Value.DeepClone())]),
                (_, var mine, _) => IsBlank(mine) ? said?.DeepClone() : mine!.DeepClone(),
            };
        }

        return part;
    }

    /// <summary>The more private of two visibilities. Merging must not publish what one entry keeps private.</summary>
    private static JsonNode LessVisible(JsonNode one, JsonNode other)
    {
        string[] order = ["public", "area", "private"];
        return (Array.IndexOf(order, one.ToString()) >= Array.IndexOf(order, other.ToString()) ? one : other).DeepClone();
    }

    /// <summary>What identifies an item, so that one phone number with two labels counts as the same item.</summary>
    private static string? IdentityOf(JsonNode item)
    {
        if (item is not JsonObject part)
        {
            return null;
        }

        var address = EntryKeys.AddressKey(part["address1"]?.ToString(), part["postalCode"]?.ToString());
        if (address.Length > 0)
        {
            return address;
        }

        var name = IdentifyingMembers.FirstOrDefault(n => part[n] is not null);
        return name is null ? null : string.Join('|', Plain(part[name]!), part["extension"], part["state"]);
    }

    private static string Plain(JsonNode naming) => naming is JsonObject jurisdiction
        ? $"{jurisdiction["level"]}|{jurisdiction["state"]}|{jurisdiction["name"]}"
        : naming.ToString().Trim().ToUpperInvariant();

    private static void SetAt(JsonObject root, string[] path, JsonNode? value)
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
