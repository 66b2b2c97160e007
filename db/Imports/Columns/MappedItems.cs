using System.Text.Json.Nodes;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Columns;

/// <summary>Builds the list item of each row: an edition of a material, or the evidence or an adoption of a policy action.</summary>
internal sealed class MappedItems(ColumnMapping mapping, MappedTargets targets, JsonNode name)
{
    /// <summary>The edition of a row. Validation refuses an edition without an address and text.</summary>
    public JsonNode Edition(string prefix)
    {
        var item = new JsonObject
        {
            ["language"] = First(prefix + "language", "en"),
            ["title"] = First(prefix + "title", name.DeepClone()),
        };
        return Fill(item, prefix, "url", "text", "format", "reviewedOn");
    }

    public JsonNode Evidence(string prefix) => OfColumn(prefix, "finding", Fill(new JsonObject(), prefix, "finding"));

    /// <summary>The adoption of a row: none without a jurisdiction. With a jurisdiction, level and status are required.</summary>
    public JsonNode Adoption(string prefix, JsonArray refusals)
    {
        var adopter = targets[prefix + "jurisdiction"] is [var column] ? column : "";
        foreach (var (member, what) in new[] { ("level", "its level"), ("status", "the status of the adoption") })
        {
            if (adopter.Length > 0 && targets[prefix + member].Count == 0)
            {
                throw new MappingException($"columns['{adopter}']", $"an adoption needs {what}. Map that column, too, or skip this one.");
            }

            foreach (var needed in targets[prefix + member].Where(_ => adopter.Length > 0))
            {
                refusals.Add(new JsonObject
                {
                    ["column"] = needed,
                    ["when"] = new JsonArray(new JsonObject { ["column"] = adopter, ["empty"] = false }, new JsonObject { ["column"] = needed, ["empty"] = true }),
                    ["reason"] = $"'{adopter}' has a value, but '{needed}' is empty.",
                    ["remedy"] = "Fill in both, or neither.",
                });
            }
        }

        var jurisdiction = new JsonObject { ["name"] = Template(prefix + "jurisdiction") };
        var item = new JsonObject { ["jurisdiction"] = Fill(jurisdiction, prefix, "level", "state", "fips") };
        if (mapping.State is { } state && targets[prefix + "state"].Count == 0)
        {
            jurisdiction["state"] = state;
        }

        if (targets[prefix + "on"] is [var day])
        {
            item["history"] = new JsonArray(MappedTargets.Choose(day, new JsonObject { ["empty"] = false }, Fill(new JsonObject { ["on"] = Template(prefix + "on") }, prefix, "status")));
        }

        return OfColumn(prefix, "jurisdiction", Fill(item, prefix, "status"));
    }

    /// <summary>The item, if its first column has a value, with its source.</summary>
    private JsonObject OfColumn(string prefix, string member, JsonObject item)
    {
        if (targets[prefix + member] is not [var column])
        {
            var alone = targets[targets.Under(prefix).First().Code][0];
            throw new MappingException($"columns['{alone}']", $"it belongs to '{ImportTargets.Find(mapping.Kind, prefix + member)!.Label}'. Map that column, too, or skip this one.");
        }

        JsonObject Said(JsonNode then) => MappedTargets.Choose(column, new JsonObject { ["empty"] = false }, then);
        // Depends on the column, so it is there even if the source has no other data.
        item["source"] = Fill(new JsonObject { ["name"] = First(prefix + "name", Said(mapping.Title)) }, prefix, "url");
        return Said(item);
    }

    private JsonNode First(string code, JsonNode otherwise) =>
        Template(code) is { } template ? new JsonObject { ["first"] = new JsonArray(template, otherwise) } : otherwise;

    private JsonObject Fill(JsonObject item, string prefix, params string[] members)
    {
        foreach (var member in members)
        {
            if (Template(prefix + member) is { } template)
            {
                item[member] = template;
            }
        }

        return item;
    }

    private JsonNode? Template(string code) => targets.Under(code).FirstOrDefault(t => t.Code == code) is { } target ? targets.Templates(target)[0] : null;
}
