using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;

namespace HealthEquity.Formats.Sources;

/// <summary>
/// Loads an entry without a value that breaks a rule where the entry can do without it, instead of refusing all of it: overlapping hours
/// become a note, a state comes from the ZIP code or the coordinates, a wrong phone is left out. What an entry is for, such as its name or
/// its license, is never left out.
/// </summary>
public static partial class EntryRepair
{
    private const int MostSteps = 30;
    private const int LongestNote = 1_000;

    // Lists of which an item that breaks a rule is left out whole.
    private static readonly string[] Lists = ["phones", "emails", "links", "languages", "alternateNames", "tags"];

    // Members that may be left out, or parts of them.
    private static readonly string[] Dispensable =
    [
        .. Lists, "website", "summary", "hours", "intakeHours", "cost", "eligibility", "serviceArea", "capacity", "remoteService", "specialties", "modalities", "evaluations", "practiceAreas", "help",
        "courts", "detentionCenters", "functions", "npi", "ein", "yearIncorporated", "legalStatus", "providerType", "attorneyType", "organizationType",
    ];

    private static readonly string[] OfPlace = ["county", "latitude", "longitude", "transit", "accessibility", "address2", "name", "hours", "phones"];

    /// <summary>Reads an entry's text, and leaves out what it can do without where that breaks a rule.</summary>
    /// <param name="body">The text; what is left out is taken from it.</param>
    /// <param name="validate">The rules.</param>
    /// <param name="dropped">Takes up what was left out.</param>
    /// <returns>The entry, and the rules that it still breaks; none where it is good.</returns>
    /// <exception cref="JsonException">It is no entry.</exception>
    public static (Entry Entry, IReadOnlyList<ValidationFailure> Failures) Read(JsonObject body, Func<Entry, ValidationResult> validate, ICollection<ValidationFailure> dropped)
    {
        FillStates(body);
        for (var step = 0; ; step++)
        {
            var entry = EntryJson.Read(body.ToJsonString());
            var failures = validate(entry).Errors;
            if (failures.Count == 0 || step == MostSteps || failures.Find(f => Drop(body, f.PropertyName)) is not { } failure)
            {
                return (entry, failures);
            }

            dropped.Add(failure);
        }
    }

    /// <summary>Gives places without a state the one in which their ZIP code or their coordinates lie.</summary>
    private static void FillStates(JsonObject body)
    {
        foreach (var place in new[] { body["location"] as JsonObject }.Concat((body["locations"] as JsonArray ?? []).OfType<JsonObject>()).OfType<JsonObject>())
        {
            if (place["stateProvince"] is null && place["country"]?.ToString() is null or "US" && StateOf(place) is { } state)
            {
                place["stateProvince"] = state;
            }
        }
    }

    private static string? StateOf(JsonObject place)
    {
        var zip = place["postalCode"]?.ToString() ?? "";
        return ZipCodes.TryGet(zip.Length >= 5 ? zip[..5] : zip, out var area) && area.State is { } own ? own
            : place["latitude"] is JsonValue north && place["longitude"] is JsonValue east && north.TryGetValue<double>(out var latitude) && east.TryGetValue<double>(out var longitude)
                && latitude is > 13 and < 72 && longitude is > -180 and < -60
                ? ZipCodes.Nearest(latitude, longitude).State
            : null;
    }

    /// <summary>Takes the value at a path out of the text; false where the entry can't do without it.</summary>
    private static bool Drop(JsonObject body, string path)
    {
        string[] parts = [.. Segments().Matches(path).Select(m => m.Value.Trim('[', ']'))];
        if (parts.Length == 0)
        {
            return false;
        }

        if (parts is ["locations", var number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out var index))
        {
            return (body["locations"] as JsonArray)?.ElementAtOrDefault(index) is JsonObject place && DropOfPlace(place, parts[2..]);
        }

        return Dispensable.Contains(parts[0]) && Remove(body, parts);
    }

    private static bool DropOfPlace(JsonObject place, string[] parts)
    {
        if (parts is ["stateProvince"] && place["stateProvince"] is null && (place["city"] ?? place["county"]) is not null)
        {
            // A town without a state is none that can be found: it stays to be read beside the street.
            var street = string.Join(", ", new[] { place["address1"], place["city"], place["county"] }.OfType<JsonNode>().Select(t => t.ToString()));
            place.Remove("city");
            place.Remove("county");
            place["address1"] = street.Length <= 200 ? street : street[..200].Trim();
            return true;
        }

        return parts.Length > 0 && OfPlace.Contains(parts[0]) && Remove(place, parts);
    }

    private static bool Remove(JsonObject from, string[] parts)
    {
        if (parts[0] is "hours" or "intakeHours")
        {
            return ToNote(from, parts[0]);
        }

        if (parts.Length > 1 && from[parts[0]] is JsonArray list && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var index) && index < list.Count)
        {
            list.RemoveAt(index);
            return true;
        }

        if (parts.Length > 1 && from[parts[0]] is JsonObject inner && Remove(inner, parts[1..]))
        {
            if (inner.Count == 0)
            {
                from.Remove(parts[0]);
            }

            return true;
        }

        return from.Remove(parts[0]);
    }

    /// <summary>Hours that can't be right as times are still right as words.</summary>
    private static bool ToNote(JsonObject from, string member)
    {
        if (from[member] is not JsonObject hours || hours["times"] is not JsonArray { Count: > 0 } times)
        {
            return from.Remove(member);
        }

        var said = times.OfType<JsonObject>().GroupBy(t => $"{t["opens"]}-{t["closes"]}").Select(g => $"{string.Join(", ", g.Select(t => Capital(t["day"]?.ToString() ?? "")).Distinct())} {g.Key}");
        var note = string.Join("; ", said.Append(hours["note"]?.ToString()).Where(t => !string.IsNullOrEmpty(t)));
        from[member] = new JsonObject { ["note"] = note.Length <= LongestNote ? note : note[..(LongestNote - 1)] + "…" };
        return true;
    }

    private static string Capital(string day) => day.Length == 0 ? day : char.ToUpperInvariant(day[0]) + day[1..];

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Segments();
}
