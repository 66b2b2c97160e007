using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Formats.OpeningHours;

namespace HealthEquity.Formats.Exports;

/// <summary>Builds an entry from the cells of its row.</summary>
internal sealed class RowReading(ICollection<CellFault> faults)
{
    private const int HighestNumber = 10_000;

    private bool _faulty;

    public Entry? Read(IReadOnlyDictionary<string, string> cells)
    {
        var kindCell = Find(cells, EntryColumns.Kind) ?? "";
        if (!EntryKinds.TryParse(kindCell.Trim(), out var kind))
        {
            Refuse(EntryColumns.Kind, kindCell, "The kind of entry is missing or unknown.", $"Write one of {string.Join(", ", EntryKinds.All.Select(k => k.Code()))}.");
            return null;
        }

        var root = new Node(CellPaths.Kinds[kind], "");
        foreach (var (path, cell) in More(cells).Concat(cells.Where(c => !IsIgnored(c.Key))))
        {
            if (!string.IsNullOrWhiteSpace(cell))
            {
                Put(root, path.Trim(), cell);
            }
        }

        Complete(root);
        if (_faulty)
        {
            return null;
        }

        var document = root.ToJson();
        document["kind"] = kind.Code();
        return document.Deserialize<Entry>(EntryJson.Full);
    }

    /// <summary>Columns that are not part of the entry.</summary>
    private static bool IsIgnored(string column) =>
        column.Equals(EntryColumns.Kind, StringComparison.OrdinalIgnoreCase)
        || column.StartsWith(EntryColumns.More, StringComparison.OrdinalIgnoreCase)
        || EntryColumns.State.Contains(column, StringComparer.OrdinalIgnoreCase);

    private static string? Find(IReadOnlyDictionary<string, string> cells, string column) =>
        cells.FirstOrDefault(c => c.Key.Trim().Equals(column, StringComparison.OrdinalIgnoreCase)).Value;

    private Dictionary<string, string> More(IReadOnlyDictionary<string, string> cells)
    {
        var parts = cells
            .Where(c => c.Key.StartsWith(EntryColumns.More, StringComparison.OrdinalIgnoreCase))
            .Select(c => (Number: int.TryParse(c.Key[EntryColumns.More.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : int.MaxValue, c.Value))
            .OrderBy(c => c.Number);
        var json = string.Concat(parts.Select(p => CellText.Read(p.Value)));
        if (json.Length == 0)
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
        }
        catch (JsonException)
        {
            Refuse(EntryColumns.More + "1", json, "The columns more.1, more.2… were changed and can't be read.", "Copy them from the export again, or clear them and write the values in columns of their own.");
            return [];
        }
    }

    private void Put(Node root, string column, string cell)
    {
        var node = root;
        var segments = column.Split('.');
        for (var i = 0; i < segments.Length; i++)
        {
            var member = CellPaths.Find(node.Record, segments[i]);
            if (member is null)
            {
                RefuseColumn(node, column, cell, segments[i]);
                return;
            }

            var last = i == segments.Length - 1;
            if (member.Form == CellLayout.Record)
            {
                node = node.Child(member);
            }
            else if (member.Form is CellLayout.Records && !last)
            {
                if (!int.TryParse(segments[++i], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > HighestNumber)
                {
                    Refuse(column, cell, $"'{segments[i]}' is not the number of a record in '{member.Name}'.", $"Number records from 1, as in {member.Name}.1.");
                    return;
                }

                node = node.Child(member, number);
                last = i == segments.Length - 1;
            }
            else
            {
                Set(node, member, column, cell, last);
                return;
            }

            if (last && cell.Trim() != EntryCells.EmptyRecord)
            {
                Refuse(column, cell, "The column names several values at once.", $"Give each value its own column, such as {column}.{CellPaths.Of(member.Type)[0].Name}.");
            }
        }
    }

    private void Set(Node node, CellMember member, string column, string cell, bool last)
    {
        if (!last || member.Form == CellLayout.Records)
        {
            Refuse(column, cell, last ? $"'{member.Name}' is a list." : $"'{member.Name}' holds a single value.", last ? $"Number its records, as in {column}.1." : "Correct the column's name.");
        }
        else if (member.Form == CellLayout.List)
        {
            node.Values[member.Name] = new JsonArray([.. CellText.Split(cell).Select(i => (JsonNode)i)]);
        }
        else if (member.Form == CellLayout.OpeningTimes)
        {
            SetTimes(node, member, column, cell);
        }
        else if (member.Type == typeof(string))
        {
            node.Values[member.Name] = CellText.Read(cell);
        }
        else if (CellValue.Read(member.Type, cell.Trim()) is { } value)
        {
            node.Values[member.Name] = value;
        }
        else
        {
            // The value is present but wrong. Don't report it as missing, too.
            node.Values[member.Name] = null;
            Refuse(column, cell, $"'{cell.Trim()}' can't be read.", CellValue.Remedy(member.Type));
        }
    }

    private void SetTimes(Node node, CellMember member, string column, string cell)
    {
        var times = new JsonArray();
        foreach (var text in CellText.Split(cell))
        {
            if (OpeningTimes.Read(text) is { } time)
            {
                times.Add(time);
            }
            else
            {
                Refuse(column, cell, $"'{text}' is not an opening time.", "Write opening times as in \"monday 09:00-17:00\", separated by \"; \".");
            }
        }

        node.Values[member.Name] = times;
    }

    /// <summary>Checks that every record has its required members.</summary>
    private void Complete(Node node)
    {
        foreach (var member in CellPaths.Of(node.Record).Where(m => m.Required && !node.Values.ContainsKey(m.Name)))
        {
            if (!node.Children.ContainsKey(member.Name))
            {
                Refuse(node.Path + member.Name, "", $"'{node.Path}{member.Name}' is required.", "Fill it in, or clear every cell of its record.");
            }
        }

        foreach (var child in node.All)
        {
            Complete(child);
        }
    }

    private void RefuseColumn(Node node, string column, string cell, string segment)
    {
        var nearest = NearestTerm.Find(segment, CellPaths.Of(node.Record).Select(m => m.Name));
        Refuse(
            column, cell, $"Unknown column '{column}' for this kind of entry.",
            nearest is null ? "Clear the cell, or correct the column's name." : $"Did you mean '{node.Path}{nearest}'?");
    }

    private void Refuse(string column, string value, string reason, string remedy)
    {
        _faulty = true;
        faults.Add(new CellFault(column, value, reason, remedy));
    }

    /// <summary>A record under construction.</summary>
    private sealed class Node(Type record, string path)
    {
        public Type Record { get; } = record;

        /// <summary>The prefix of its column names.</summary>
        public string Path { get; } = path;

        public Dictionary<string, JsonNode?> Values { get; } = new(StringComparer.Ordinal);

        /// <summary>Nested records by member; a single record has the number 0.</summary>
        public Dictionary<string, SortedDictionary<int, Node>> Children { get; } = new(StringComparer.Ordinal);

        public IEnumerable<Node> All => Children.Values.SelectMany(c => c.Values);

        public Node Child(CellMember member, int number = 0)
        {
            if (!Children.TryGetValue(member.Name, out var children))
            {
                Children[member.Name] = children = [];
            }

            if (!children.TryGetValue(number, out var child))
            {
                var numbered = number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture) + ".";
                children[number] = child = new Node(member.Type, $"{Path}{member.Name}.{numbered}");
            }

            return child;
        }

        public JsonObject ToJson()
        {
            var json = new JsonObject();
            foreach (var (name, value) in Values)
            {
                json[name] = value;
            }

            foreach (var (name, children) in Children)
            {
                json[name] = children.TryGetValue(0, out var single) ? single.ToJson() : new JsonArray([.. children.Values.Select(c => (JsonNode)c.ToJson())]);
            }

            return json;
        }
    }
}
