using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;

namespace HealthEquity.Directory.Duplicates;

/// <summary>Whose text of a field the merged entry takes.</summary>
public enum Side
{
    /// <summary>The entry that lives on.</summary>
    Survivor,

    /// <summary>The entry that is merged into it.</summary>
    Other,

    /// <summary>Both: of lists, of notes, and of names, where the other's becomes an alternate name.</summary>
    Both,
}

/// <summary>An item of a list that two entries have between them.</summary>
/// <param name="Value">The item; where both have it, what the survivor says with its gaps filled.</param>
/// <param name="From">Who has it.</param>
public sealed record JoinedItem(JsonNode Value, Side From);

/// <summary>A field in which two entries differ.</summary>
/// <param name="Path">The field: a member of the entry, or of one of its parts.</param>
/// <param name="Survivor">What the entry says that lives on.</param>
/// <param name="Other">What the other says.</param>
/// <param name="Items">Of a list, every item that either has; null for a field that is no list.</param>
/// <param name="Proposal">What to take unless somebody says otherwise.</param>
public sealed record JoinField(string Path, JsonNode? Survivor, JsonNode? Other, IReadOnlyList<JoinedItem>? Items, Side Proposal)
{
    /// <summary>Both can be kept: notes one after the other, the other's name as an alternate one.</summary>
    public bool CanKeepBoth => Path is "internalNotes" or "name" && Survivor is not null && Other is not null;
}

/// <summary>What a curator takes of a field.</summary>
/// <param name="Side">Whose text.</param>
/// <param name="Items">Of a list, the positions in <see cref="JoinField.Items"/> to keep; null for all.</param>
public sealed record JoinChoice(Side Side, IReadOnlySet<int>? Items = null);

/// <summary>Puts two entries of one kind together field by field; lists are joined item by item.</summary>
public static class EntryJoin
{
    // What belongs together: hours of one day with those of another entry would be nobody's hours.
    private static readonly HashSet<string> Whole = ["hours", "intakeHours", "capacity", "consent", "modelText", "dojAccreditation"];

    private static readonly string[] Naming = ["number", "address", "url", "code", "language", "jurisdiction", "name", "title"];

    /// <summary>The fields in which the two differ.</summary>
    public static IReadOnlyList<JoinField> Compare(Entry survivor, Entry other)
    {
        var fields = new List<JoinField>();
        Compare(Json(survivor), Json(other), "", fields);
        return fields;
    }

    /// <summary>The survivor's text with what is taken of the other's.</summary>
    /// <param name="survivor">The entry that lives on.</param>
    /// <param name="other">The entry that is merged into it.</param>
    /// <param name="choices">What to take, by path; what is not named goes by the proposal.</param>
    public static Entry Join(Entry survivor, Entry other, IReadOnlyDictionary<string, JoinChoice> choices)
    {
        var joined = Json(survivor);
        foreach (var field in Compare(survivor, other))
        {
            var choice = choices.GetValueOrDefault(field.Path) ?? new JoinChoice(field.Proposal);
            Put(joined, field.Path.Split('.'), Value(field, choice));
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

            if (mine is JsonObject inner && theirs is JsonObject said && !Whole.Contains(name))
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
        // Who refused once has refused, whatever the other entry says.
        "consent" when (string?)other?["status"] == "refused" => Side.Other,
        _ => SaysNothing(survivor) && !SaysNothing(other) ? Side.Other : Side.Survivor,
    };

    private static bool SaysNothing(JsonNode? node) => node switch
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
            var same = left.Find(theirs => JsonNode.DeepEquals(mine, theirs)) ?? left.Find(theirs => Known(mine) is { } known && known == Known(theirs));
            if (same is not null)
            {
                left.Remove(same);
            }

            items.Add(same is null ? new JoinedItem(mine, Side.Survivor) : new JoinedItem(Filled(mine, same), Side.Both));
        }

        items.AddRange(left.Select(theirs => new JoinedItem(theirs, Side.Other)));
        return items;
    }

    /// <summary>What the first says, and of the second what the first leaves open.</summary>
    private static JsonNode Filled(JsonNode first, JsonNode second)
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
                ("visibility", { } mine, { } theirs) => Discreeter(mine, theirs),
                (_, JsonArray mine, JsonArray theirs) => new JsonArray([.. Items(mine, theirs).Select(i => i.Value.DeepClone())]),
                (_, var mine, _) => SaysNothing(mine) ? said?.DeepClone() : mine!.DeepClone(),
            };
        }

        return part;
    }

    /// <summary>Of two visibilities the one that shows less: what one entry keeps private is not made public by merging it.</summary>
    private static JsonNode Discreeter(JsonNode one, JsonNode other)
    {
        string[] order = ["public", "area", "private"];
        return (Array.IndexOf(order, one.ToString()) >= Array.IndexOf(order, other.ToString()) ? one : other).DeepClone();
    }

    /// <summary>What an item is known by, so that the same telephone number under two labels is one.</summary>
    private static string? Known(JsonNode item)
    {
        if (item is not JsonObject part)
        {
            return null;
        }

        var address = EntryKeys.AddressOf(part["address1"]?.ToString(), part["postalCode"]?.ToString());
        if (address.Length > 0)
        {
            return address;
        }

        var name = Naming.FirstOrDefault(n => part[n] is not null);
        return name is null ? null : string.Join('|', Plain(part[name]!), part["extension"], part["state"]);
    }

    private static string Plain(JsonNode naming) => naming is JsonObject jurisdiction
        ? $"{jurisdiction["level"]}|{jurisdiction["state"]}|{jurisdiction["name"]}"
        : naming.ToString().Trim().ToUpperInvariant();

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
