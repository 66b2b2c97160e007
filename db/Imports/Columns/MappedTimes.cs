using System.Text.Json.Nodes;
using HealthEquity.Directory.Geography;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Columns;

/// <summary>Builds the times of an event: start and end from one cell or two, all day if there is no time of day, and the time zone, if necessary from the location.</summary>
internal sealed class MappedTimes(ColumnMapping mapping, MappedTargets targets)
{
    /// <summary>Writes the start, the end and the zone.</summary>
    /// <exception cref="MappingException">No column maps to the start, or the time zone is unknown.</exception>
    public void Write(JsonObject fields)
    {
        string[] start = [.. targets["startsAt"], .. targets["startsOn"]];
        if (start is not [var day, ..])
        {
            throw new MappingException("columns", "no column maps to the start. Choose the column with the date, or with the date and time.");
        }

        fields["startsAt"] = new JsonObject { ["columns"] = MappedTargets.Names([day, .. targets["startTime"]]), ["join"] = " ", ["as"] = "localTime" };
        fields["allDay"] = AllDay(day);
        if (End(day) is { } end)
        {
            fields["endsAt"] = end;
        }

        fields["timeZone"] = Zone();
    }

    /// <summary>All day, if neither the date cell nor a time cell has a time.</summary>
    private JsonObject AllDay(string day)
    {
        var when = new JsonArray(new JsonObject { ["column"] = day, ["matches"] = @"\d:\d|\d\s*[ap]\.?m\b", ["not"] = true });
        foreach (var time in targets["startTime"])
        {
            when.Add(new JsonObject { ["column"] = time, ["empty"] = true });
        }

        return new JsonObject { ["choose"] = new JsonArray(new JsonObject { ["when"] = when, ["then"] = true }) };
    }

    /// <summary>An end on the start date needs a time. An end without a time is only for all-day events.</summary>
    private JsonObject? End(string day)
    {
        if (targets["endsAt"] is [var whole])
        {
            return Moment([whole]);
        }

        var (last, time) = (targets["endsOn"], targets["endTime"]);
        var cases = new JsonArray();
        if (time is [var clock])
        {
            if (last is [var lastDay])
            {
                cases.Add(Case(Moment([lastDay, clock]), (lastDay, false), (clock, false)));
            }

            cases.Add(Case(Moment([StartDay(day), clock]), (clock, false)));
        }

        if (last is [var only])
        {
            cases.Add(targets["startTime"] is [var startTime] ? Case(Moment([only]), (only, false), (startTime, true)) : Case(Moment([only]), (only, false)));
        }

        return cases.Count == 0 ? null : new JsonObject { ["choose"] = cases };
    }

    private string StartDay(string day) => targets["startsOn"] is [var own] ? own
        : throw new MappingException($"columns['{targets["endTime"][0]}']", $"'{day}' has the date and time. Choose a column with the date and time for the end, too, or skip this one.");

    private JsonNode Zone()
    {
        var said = new JsonArray();
        foreach (var column in targets["timeZone"])
        {
            said.Add(new JsonObject { ["column"] = column, ["as"] = "timeZone" });
        }

        foreach (var column in targets["locations.1.postalCode"].Concat(targets["locations.1.stateProvince"]))
        {
            said.Add(new JsonObject { ["column"] = column, ["as"] = "timeZoneOfPlace" });
        }

        if (mapping.State is { } state && TimeZones.Find(state, null) is { } zone)
        {
            said.Add(zone);
        }

        return said.Count > 0 ? new JsonObject { ["first"] = said }
            : throw new MappingException("columns", "the time zone is unknown. Map a column with the time zone, ZIP code or state, or set the state of all rows.");
    }

    private static JsonObject Moment(IEnumerable<string> columns) => new() { ["columns"] = MappedTargets.Names(columns), ["join"] = " ", ["as"] = "localTime" };

    private static JsonObject Case(JsonNode then, params (string Column, bool IsEmpty)[] when) => new()
    {
        ["when"] = new JsonArray([.. when.Select(w => (JsonNode)new JsonObject { ["column"] = w.Column, ["empty"] = w.IsEmpty })]),
        ["then"] = then,
    };
}
