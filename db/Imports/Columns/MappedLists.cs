using System.Globalization;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Columns;

/// <summary>Builds lists from several columns: locations, licenses, bar admissions.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="targets">Its columns by field.</param>
/// <param name="items">The list items of each row.</param>
internal sealed class MappedLists(ColumnMapping mapping, MappedTargets targets, MappedItems items)
{
    private static readonly string[] OfAddress = ["address1", "address2", "city", "county", "stateProvince", "postalCode"];

    private static readonly string[] OfPlace = ["name", .. OfAddress, "latitude", "longitude", "transit", "accessibility"];

    /// <summary>The lists by name.</summary>
    /// <param name="refusals">Receives rules for invalid rows.</param>
    /// <exception cref="MappingException">A required column of an item is missing.</exception>
    public IEnumerable<(string Field, JsonNode Items)> Write(JsonArray refusals)
    {
        foreach (var (list, item) in new (string, Func<string, JsonNode>)[]
        {
            ("locations", Location),
            ("licenses", p => Credential(p, ["type", "number", "state", "status", "expiresOn"], refusals)),
            ("barAdmissions", p => Credential(p, ["state", "number", "standing"], refusals)),
            ("editions", items.Edition),
            ("evidence", items.Evidence),
            ("adoptions", p => items.Adoption(p, refusals)),
        })
        {
            string[] prefixes = [.. targets.Under($"{list}.").Select(t => string.Join('.', t.Code.Split('.')[..2]) + ".").Distinct().Order(StringComparer.Ordinal)];
            if (prefixes.Length > 0)
            {
                // An event has one location.
                yield return mapping.Kind == EntryKind.Event ? ("location", item(prefixes[0])) : (list, new JsonArray([.. prefixes.Select(item)]));
            }
        }
    }

    private JsonNode Location(string prefix)
    {
        if (targets[prefix + "latitude"].Count != targets[prefix + "longitude"].Count)
        {
            var alone = targets[prefix + "latitude"].Concat(targets[prefix + "longitude"]).Single();
            throw new MappingException($"columns['{alone}']", "a location needs both latitude and longitude. Map the other column, too, or skip this one.");
        }

        return targets[prefix + "confidential"] is not [var confidential]
            ? Place(prefix, "public")
            : new JsonObject
            {
                ["choose"] = new JsonArray(new JsonObject
                {
                    // Anything but "no" or empty keeps the location private: an unclear word must not publish a shelter.
                    ["when"] = new JsonObject { ["column"] = confidential, ["matches"] = "^(|n|no|false|f|0|non|não|public)$", ["not"] = true },
                    ["then"] = Place(prefix, "private"),
                }),
                ["otherwise"] = Place(prefix, "public"),
            };
    }

    private JsonObject Place(string prefix, string visibility)
    {
        var place = new JsonObject { ["visibility"] = visibility };
        foreach (var member in OfPlace)
        {
            if (Member(prefix, member) is { } template)
            {
                place[member] = template;
            }
        }

        return place;
    }

    private JsonNode? Member(string prefix, string member)
    {
        var own = Own(prefix, member);
        if (targets[prefix + "address"] is not [var whole] || !OfAddress.Contains(member))
        {
            return own;
        }

        var part = new JsonObject { ["column"] = whole, ["as"] = new JsonObject { ["address"] = member }, ["optional"] = true };
        return own is null ? part : new JsonObject { ["first"] = new JsonArray(own, part) };
    }

    private JsonNode? Own(string prefix, string member) => member switch
    {
        "county" => County(prefix),
        "stateProvince" when targets[prefix + member].Count == 0 => mapping.State is { } state && targets[prefix + "address"].Count == 0 ? state : null,
        "postalCode" when targets[prefix + member] is [var zip] && targets[prefix + "plus4"] is [var plus4] =>
            new JsonObject { ["columns"] = new JsonArray(zip, plus4), ["join"] = "-", ["as"] = "zip", ["optional"] = true },
        "latitude" => Coordinate(prefix, member, "longitude"),
        "longitude" => Coordinate(prefix, member, "latitude"),
        "accessibility" when targets.Under(prefix + member).FirstOrDefault() is { } target => new JsonArray([.. targets.Templates(target)]),
        _ => targets.Under(prefix + member).FirstOrDefault(t => t.Code == prefix + member) is { } target ? targets.Templates(target)[0] : null,
    };

    /// <summary>A coordinate is useless alone, so both are dropped if one can't be read.</summary>
    private JsonObject? Coordinate(string prefix, string member, string other) => targets[prefix + member] is [var column]
        ? new JsonObject
        {
            ["column"] = column,
            ["as"] = new JsonObject { ["coordinate"] = new JsonObject { ["with"] = targets[prefix + other][0] } },
            ["optional"] = true,
        }
        : null;

    /// <summary>The county in a column, else the county of the ZIP code.</summary>
    private JsonNode? County(string prefix)
    {
        var where = targets[prefix + "stateProvince"] is [var column] ? new JsonObject { ["state"] = column } : mapping.State is { } state ? new JsonObject { ["in"] = state } : null;
        var (county, zip) = (targets[prefix + "county"], targets[prefix + "postalCode"]);
        if (county is [var named] && zip.Count == 0)
        {
            if (where is null)
            {
                throw new MappingException($"columns['{named}']", "county names are ambiguous without a state. Map the state column, too, or set the state of all rows.");
            }

            return new JsonObject { ["column"] = named, ["as"] = new JsonObject { ["countyName"] = where }, ["optional"] = true };
        }

        if (zip.Count == 0 || where is null)
        {
            return null;
        }

        if (county is [var said])
        {
            where["named"] = said;
        }

        return new JsonObject { ["column"] = zip[0], ["as"] = new JsonArray("zip", new JsonObject { ["county"] = where }), ["optional"] = true };
    }

    /// <summary>A license or bar admission: none without a number. With a number, a state is required.</summary>
    private JsonNode Credential(string prefix, string[] members, JsonArray refusals)
    {
        if (targets[prefix + "number"] is not [var number])
        {
            var alone = targets[targets.Under(prefix).First().Code][0];
            throw new MappingException($"columns['{alone}']", "it belongs to a license or bar admission, which needs a number. Map that column, too, or skip this one.");
        }

        string[] states = [.. targets[prefix + "state"], .. targets["locations.1.stateProvince"]];
        if (states.Length == 0 && mapping.State is null)
        {
            throw new MappingException($"columns['{number}']", "the number needs the state that issued it. Map the state column, too, or set the state of all rows.");
        }

        if (mapping.State is null)
        {
            refusals.Add(Refusal(number, states));
        }

        var item = new JsonObject();
        foreach (var member in members)
        {
            var template = targets.Under(prefix + member).FirstOrDefault() is { } target ? targets.Templates(target)[0] : null;
            item[member] = member switch
            {
                "state" => new JsonObject { ["first"] = new JsonArray([.. states.Select(s => (JsonNode)new JsonObject { ["column"] = s, ["as"] = "state" }), .. mapping.State is { } all ? new[] { (JsonNode)all } : []]) },
                "type" => template is null ? "other" : new JsonObject { ["first"] = new JsonArray(template, "other") },
                _ => template,
            };
            if (item[member] is null)
            {
                item.Remove(member);
            }
        }

        return MappedTargets.Choose(number, new JsonObject { ["empty"] = false }, item);
    }

    private static JsonObject Refusal(string number, string[] states) => new()
    {
        ["column"] = states[0],
        ["when"] = new JsonArray(
        [
            new JsonObject { ["column"] = number, ["empty"] = false },
            .. states.Select(s => (JsonNode)new JsonObject { ["column"] = s, ["empty"] = true }),
        ]),
        ["reason"] = string.Create(CultureInfo.InvariantCulture, $"The number in '{number}' has no state."),
        ["remedy"] = "Add the state's two-letter code, or remove the number.",
    };
}
