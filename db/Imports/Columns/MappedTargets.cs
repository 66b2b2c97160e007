using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Imports.Records;

namespace HealthEquity.Imports.Columns;

/// <summary>The columns of a mapping by field, and their templates.</summary>
internal sealed class MappedTargets
{
    /// <summary>Fields composed of several columns or in numbered lists. Other classes write them.</summary>
    private static readonly string[] Composed =
        ["name", "firstName", "lastName", "phones.extension", "startsAt", "startsOn", "startTime", "endsAt", "endsOn", "endTime", "timeZone"];

    private readonly ColumnMapping _mapping;

    private readonly List<(ImportTarget Target, IReadOnlyList<string> Columns)> _byTarget = [];

    /// <exception cref="MappingException">A field does not exist, or two columns map to a single field.</exception>
    public MappedTargets(ColumnMapping mapping)
    {
        _mapping = mapping;
        var known = ImportTargets.Of(mapping.Kind);
        foreach (var group in mapping.Columns.Where(c => c.Target is not null).GroupBy(c => c.Target!, StringComparer.Ordinal))
        {
            string[] columns = [.. group.Select(c => c.Column)];
            var target = known.FirstOrDefault(t => t.Code == group.Key)
                ?? throw new MappingException($"columns['{columns[0]}']", $"{mapping.Kind.Code()} has no field '{group.Key}'. Choose another field, or skip the column.");
            if (!target.IsRepeatable && columns.Length > 1)
            {
                throw new MappingException(
                    $"columns['{columns[1]}']", $"'{columns[0]}' already maps to '{target.Label}', which takes only one column. Choose another field, or skip one of the two.");
            }

            _byTarget.Add((target, columns));
        }

        Require("phones.extension", "phones", "an extension needs a phone column");
        Require("eligibility.immigrationStatus", "eligibility.immigrationStatusEvidence", "a status policy needs a column with its evidence");
        Require("dojAccreditation.expiresOn", "dojAccreditation.level", "the date needs a column with the accreditation");
        foreach (var needed in known.Where(t => t.IsNeeded && t.Code is "materialType" or "eventType" or "theme").Where(t => this[t.Code].Count == 0))
        {
            throw new MappingException("columns", $"no column maps to '{needed.Label}', which is required. Choose the column for it.");
        }

        if (mapping.RetrievedOn is null)
        {
            Require("capacity.status", "retrievedOn", "capacity needs the date when the source was retrieved. Enter the date");
        }
    }

    /// <summary>Simple fields, in column order.</summary>
    public IEnumerable<ImportTarget> Plain =>
        _byTarget.Select(t => t.Target).Where(t => !Composed.Contains(t.Code) && !IsOfHours(t) && !t.Code.Split('.').Any(p => char.IsAsciiDigit(p[0])));

    /// <summary>The columns that map to a field.</summary>
    public IReadOnlyList<string> this[string code] => _byTarget.Find(t => t.Target.Code == code).Columns ?? [];

    /// <summary>The fields whose code starts with a prefix.</summary>
    public IEnumerable<ImportTarget> Under(string prefix) => _byTarget.Select(t => t.Target).Where(t => t.Code.StartsWith(prefix, StringComparison.Ordinal));

    public static JsonArray Names(IEnumerable<string> columns) => [.. columns.Select(c => (JsonNode)c)];

    /// <summary>The templates of a field: one per column for a list, otherwise one.</summary>
    public IReadOnlyList<JsonNode> Templates(ImportTarget target)
    {
        var columns = this[target.Code];
        if (target.Yes is { } yes)
        {
            return [.. columns.Select(c => Choose(c, new JsonObject { ["matches"] = MappingDocument.Yes }, JsonNode.Parse(yes)!))];
        }

        if (target.Code == "internalNotes")
        {
            return [new JsonObject { ["compose"] = new JsonArray([.. columns.Select(Noted)]), ["separator"] = "\n" }];
        }

        if (target.Code == "phones")
        {
            return [.. columns.Select((c, i) => Read(target, i == 0 ? [c, .. this["phones.extension"]] : [c], " x"))];
        }

        if (target.Code == "serviceArea.counties")
        {
            return [.. columns.Select(c => (JsonNode)new JsonObject { ["column"] = c, ["as"] = Counties(c), ["optional"] = true })];
        }

        return target.Join == TargetJoin.List ? [.. columns.Select(c => Read(target, [c], ""))] : [Read(target, columns, target.Separator)];
    }

    /// <summary>A template that depends on a condition on a column.</summary>
    public static JsonObject Choose(string column, JsonObject test, JsonNode then)
    {
        test.Insert(0, "column", column);
        return new JsonObject { ["choose"] = new JsonArray(new JsonObject { ["when"] = test, ["then"] = then }) };
    }

    private static JsonObject Read(ImportTarget target, IReadOnlyList<string> columns, string separator)
    {
        var template = columns.Count == 1
            ? new JsonObject { ["column"] = columns[0] }
            : new JsonObject { ["columns"] = Names(columns), ["join"] = separator };
        if (target.As is { } transforms)
        {
            template["as"] = JsonNode.Parse(transforms);
            if (!target.IsNeeded)
            {
                template["optional"] = true;
            }
        }

        return template;
    }

    private static bool IsOfHours(ImportTarget target) => target.Code == "hours" || target.Code.StartsWith("hours.", StringComparison.Ordinal);

    private JsonArray Counties(string column)
    {
        JsonNode where = this["locations.1.stateProvince"] is [var state]
            ? new JsonObject { ["state"] = state }
            : _mapping.State ?? throw new MappingException(
                $"columns['{column}']", "county names are ambiguous without a state. Map the state column, too, or set the state of all rows.");
        return [new JsonObject { ["split"] = ";" }, new JsonObject { ["split"] = "," }, new JsonObject { ["countyIn"] = where }];
    }

    private static JsonNode Noted(string column) =>
        new JsonObject { ["column"] = column, ["as"] = new JsonObject { ["format"] = $"{column.Replace("{0}", "", StringComparison.Ordinal)}: {{0}}" } };

    private void Require(string code, string other, string why)
    {
        if (this[code] is [var column, ..] && this[other].Count == 0)
        {
            throw new MappingException($"columns['{column}']", $"{why}. Add it, or skip the column.");
        }
    }
}
