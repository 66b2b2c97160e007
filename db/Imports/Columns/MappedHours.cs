using System.Text.Json.Nodes;

namespace HealthEquity.Imports.Columns;

/// <summary>Builds the hours from one column, a column per day, and notes.</summary>
internal sealed class MappedHours(ColumnMapping mapping, MappedTargets targets)
{
    private static readonly DayOfWeek[] Week = [.. Enum.GetValues<DayOfWeek>().OrderBy(d => ((int)d + 6) % 7)];

    /// <summary>The template; null if no column maps to hours.</summary>
    public JsonNode? Write()
    {
        var said = new JsonArray();
        if (targets["hours"] is [var whole])
        {
            said.Add(new JsonObject { ["column"] = whole });
        }

        foreach (var day in Week)
        {
            if (targets[$"hours.{day.ToString().ToLowerInvariant()}"] is [var column])
            {
                said.Add(new JsonObject { ["column"] = column, ["as"] = new JsonObject { ["format"] = $"{day}: {{0}}" } });
            }
        }

        var notes = targets["hours.note"];
        var note = new JsonObject { ["note"] = new JsonObject { ["columns"] = MappedTargets.Names(notes), ["join"] = "; ", ["as"] = new JsonArray("oneLine", new JsonObject { ["limit"] = 1000 }) } };
        if (said.Count == 0)
        {
            return notes.Count > 0 ? note : null;
        }

        var read = new JsonObject { ["compose"] = said, ["separator"] = "; ", ["as"] = new JsonObject { ["hours"] = Place(notes) } };
        return notes.Count > 0 ? new JsonObject { ["first"] = new JsonArray(read, note) } : read;
    }

    private JsonObject Place(IReadOnlyList<string> notes)
    {
        var place = new JsonObject();
        if (targets["locations.1.stateProvince"] is [var state])
        {
            place["state"] = state;
        }
        else if (mapping.State is { } all)
        {
            place["in"] = all;
        }

        if (targets["locations.1.postalCode"] is [var zip])
        {
            place["zip"] = zip;
        }

        if (targets["locations.1.address"] is [var address])
        {
            place["address"] = address;
        }

        if (notes.Count > 0)
        {
            place["notes"] = MappedTargets.Names(notes);
        }

        return place;
    }
}
