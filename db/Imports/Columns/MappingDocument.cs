using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;

namespace HealthEquity.Imports.Columns;

/// <summary>Converts a column mapping to a mapping file.</summary>
internal sealed class MappingDocument
{
    /// <summary>Values that mean "yes" in a yes-or-no column.</summary>
    public const string Yes = "^(y|yes|true|t|1|x|✓|✔|si|sí|oui|sim|wi)$";

    // People read this file, so don't escape letters.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ColumnMapping _mapping;
    private readonly MappedTargets _targets;

    /// <exception cref="MappingException">A field does not exist, or two columns map to a single field.</exception>
    public MappingDocument(ColumnMapping mapping)
    {
        _mapping = mapping;
        _targets = new MappedTargets(mapping);
    }

    public string Write()
    {
        var source = new JsonObject { ["name"] = _mapping.Title };
        if (_mapping.Url is { Length: > 0 } url)
        {
            source["url"] = url;
        }

        if (_mapping.RetrievedOn is { } day)
        {
            source["retrievedOn"] = day.ToString("O", CultureInfo.InvariantCulture);
        }

        var refusals = new JsonArray();
        var fields = Fields(refusals);
        var document = new JsonObject
        {
            ["name"] = _mapping.Name,
            ["source"] = source,
            ["kind"] = _mapping.Kind.Code(),
            ["files"] = new JsonArray(new JsonObject { ["name"] = "rows", ["empty"] = new JsonArray([.. _mapping.Empty.Select(e => (JsonNode)e)]), ["refuse"] = refusals }),
            ["id"] = Id(),
            ["fields"] = fields,
            ["merge"] = Merge(),
        };
        return document.ToJsonString(Readable);
    }

    /// <summary>How items of two rows are matched. For events and policy actions, equal items are the same.</summary>
    private JsonObject Merge() => _mapping.Kind switch
    {
        EntryKind.Material => new JsonObject { ["editions"] = new JsonObject { ["key"] = new JsonArray("language") } },
        EntryKind.Event or EntryKind.PolicyAction => [],
        _ => new JsonObject
        {
            ["phones"] = new JsonObject { ["key"] = new JsonArray("number", "extension", "type") },
            ["emails"] = new JsonObject { ["key"] = new JsonArray("address") },
            ["languages"] = new JsonObject { ["key"] = new JsonArray("language"), ["join"] = new JsonArray("note") },
            ["locations"] = new JsonObject { ["key"] = new JsonArray("address1", "address2", "city") },
        },
    };

    /// <summary>What identifies a row: the chosen columns, else what distinguishes entries for people.</summary>
    private JsonArray Id()
    {
        if (_mapping.Id.Count > 0)
        {
            return [.. _mapping.Id.Select(c => new JsonObject { ["column"] = c })];
        }

        var id = new JsonArray();
        var names = _targets["name"] is { Count: > 0 } whole ? whole : [.. _targets["firstName"], .. _targets["lastName"]];
        id.Add(new JsonObject { ["columns"] = MappedTargets.Names(names), ["join"] = " ", ["as"] = "foldName" });
        foreach (var day in _targets["startsAt"].Concat(_targets["startsOn"]))
        {
            // The same workshop can take place again.
            id.Add(new JsonObject { ["column"] = day, ["as"] = "localTime", ["optional"] = true });
        }

        foreach (var street in _targets["locations.1.address1"].Concat(_targets["locations.1.address"]))
        {
            id.Add(new JsonObject { ["column"] = street, ["as"] = "foldStreet" });
        }

        foreach (var zip in _targets["locations.1.postalCode"])
        {
            id.Add(new JsonObject { ["column"] = zip, ["as"] = new JsonArray("zip"), ["optional"] = true });
        }

        return id;
    }

    private JsonObject Fields(JsonArray refusals)
    {
        var fields = new JsonObject { ["name"] = Name() };
        foreach (var target in _targets.Plain)
        {
            Put(fields, (target.Place ?? target.Code).Split('.'), _targets.Templates(target), target.Join == TargetJoin.List);
        }

        if (fields["capacity"] is JsonObject capacity)
        {
            capacity["asOf"] = _mapping.RetrievedOn!.Value.ToString("O", CultureInfo.InvariantCulture);
        }

        if (new MappedHours(_mapping, _targets).Write() is { } hours)
        {
            fields["hours"] = hours;
        }

        var tags = fields["tags"] as JsonArray ?? [];
        tags.Insert(0, "imported");
        fields["tags"] = tags;
        if (_mapping.Kind == EntryKind.Event)
        {
            new MappedTimes(_mapping, _targets).Write(fields);
        }

        foreach (var (field, items) in new MappedLists(_mapping, _targets, new MappedItems(_mapping, _targets, fields["name"]!)).Write(refusals))
        {
            fields[field] = items;
        }

        return fields;
    }

    private JsonNode Name()
    {
        var whole = _targets["name"];
        string[] parts = [.. _targets["firstName"], .. _targets["lastName"]];
        if (whole.Count == 0 && parts.Length == 0)
        {
            throw new MappingException("columns", "no column maps to the name. Choose the column for it.");
        }

        // A contact's name beside the organization's would make a private person part of a public title.
        if (whole.Count > 1 && whole.FirstOrDefault(HeadingWords.IsOfPerson) is { } person)
        {
            throw new MappingException($"columns['{person}']", "it names a person, who must not become part of a title: choose another field, or leave the column out.");
        }

        JsonObject Of(IReadOnlyList<string> columns) => new() { ["columns"] = MappedTargets.Names(columns), ["join"] = " ", ["as"] = "oneLine" };
        return whole.Count == 0 ? Of(parts) : parts.Length == 0 ? Of(whole) : new JsonObject { ["first"] = new JsonArray(Of(whole), Of(parts)) };
    }

    private static void Put(JsonObject into, ReadOnlySpan<string> path, IReadOnlyList<JsonNode> templates, bool isList)
    {
        if (path.Length > 1)
        {
            var inner = into[path[0]] as JsonObject ?? [];
            into[path[0]] = inner;
            Put(inner, path[1..], templates, isList);
            return;
        }

        if (!isList)
        {
            into[path[0]] = templates[0];
            return;
        }

        var list = into[path[0]] as JsonArray ?? [];
        into[path[0]] = list;
        foreach (var template in templates)
        {
            list.Add(template);
        }
    }
}
