using System.Text.Json.Nodes;
using HealthEquity.Directory.Traits;
using HealthEquity.Formats.Transforms;
using HealthEquity.Imports.Mappings;

namespace HealthEquity.Imports.Sources;

/// <summary>Merges the rows of an entry: the first value is kept, gaps are filled, lists are combined.</summary>
internal sealed class RowMerge(IReadOnlyDictionary<string, MergeRule> rules)
{
    /// <summary>Adds another row.</summary>
    public void Add(JsonObject entry, JsonObject other)
    {
        foreach (var (name, value) in other)
        {
            switch (entry[name], value)
            {
                case (null, not null):
                    entry[name] = value.DeepClone();
                    break;
                case (JsonObject inner, JsonObject said):
                    Add(inner, said);
                    break;
                case (JsonArray list, JsonArray said):
                    entry[name] = ListTemplate.Flatten([list, said]);
                    break;
            }
        }

        Unite(entry);
    }

    /// <summary>Merges matching items of each list.</summary>
    public void Unite(JsonObject entry)
    {
        foreach (var (name, rule) in rules)
        {
            if (entry[name] is JsonArray list)
            {
                entry[name] = Unite(list, rule);
            }
        }
    }

    private static JsonArray Unite(JsonArray list, MergeRule rule)
    {
        var united = new List<(string Key, JsonObject Item)>();
        foreach (var item in list.OfType<JsonObject>())
        {
            var key = string.Join('|', rule.Key.Select(k => PostalText.Street(item[k]?.ToString() ?? "")));
            var (_, first) = united.Find(u => u.Key == key);
            if (first is null)
            {
                united.Add((key, item.DeepClone().AsObject()));
            }
            else
            {
                Join(first, item, rule);
            }
        }

        return [.. united.Select(u => u.Item)];
    }

    private static void Join(JsonObject first, JsonObject item, MergeRule rule)
    {
        if (item["visibility"]?.ToString() == "private")
        {
            // A place that one row marks as private stays private, whatever the others say.
            first["visibility"] = "private";
        }

        foreach (var name in rule.Join)
        {
            var texts = new[] { first[name], item[name] }.OfType<JsonNode>().SelectMany(t => t.ToString().Split("; ")).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (texts.Count > 0)
            {
                first[name] = string.Join("; ", texts);
            }
        }

        foreach (var (name, value) in item)
        {
            if (first[name] is JsonArray list && value is JsonArray more)
            {
                first[name] = ListTemplate.Flatten([list, more]);
            }
            else if (value is JsonArray && first[name] is null)
            {
                first[name] = value.DeepClone();
            }
        }
    }
}
