using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// Reads the members that our own profile adds to a service. Members named like those of an entry are copied; flat members of the profile are
/// moved to where the entry has them.
/// </summary>
internal static partial class HsdsProfileMembers
{
    // Members that the import sets itself.
    private static readonly string[] Ours = ["kind", "slug", "sources", "name"];

    /// <summary>Adds the profile's members to the entry. If they can't be read, reports the error and returns the entry unchanged.</summary>
    public static ServiceEntry WithProfile(ServiceEntry entry, HsdsThing thing, HsdsReading reading)
    {
        if (thing.Profile is not { } profile)
        {
            return entry;
        }

        var body = JsonSerializer.SerializeToNode<Entry>(entry, EntryJson.Revision)!.AsObject();
        var said = (JsonObject)Camel(profile)!;
        if (said.Remove("languageServices", out var languages))
        {
            said["languages"] = languages;
        }

        // Skip members that only the public document has, and those for curators only.
        var known = Members(EntryJson.Revision, entry).Intersect(Members(EntryJson.Public, entry)).Except(Ours).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in said.Where(m => known.Contains(m.Key) && m.Value is not null))
        {
            body[name] = name == "remoteService" && value!.GetValueKind() == JsonValueKind.String ? new JsonObject { ["offered"] = value.DeepClone() } : value!.DeepClone();
        }

        Put(body, "eligibility", said, ("immigrationStatus", "immigrationStatus"), ("immigrationStatusEvidence", "immigrationStatusEvidence"));
        Put(body, "remoteService", said, ("states", "remoteStates"));
        Put(body, "capacity", said, ("status", "capacityStatus"), ("asOf", "capacityAsOf"));
        if (body["capacity"] is JsonObject capacity && said["capacityStatus"]?.ToString() == "waitlist" && Days().Match(thing["wait_time"] ?? "") is { Success: true } days)
        {
            capacity["waitlistDays"] = int.Parse(days.Groups[1].Value, CultureInfo.InvariantCulture);
        }

        try
        {
            return (ServiceEntry)EntryJson.Read(body.ToJsonString());
        }
        catch (JsonException fault)
        {
            reading.Drop(thing, "health_equity", $"The profile's members can't be read: {fault.Message}", "Contact the source directory, or remove them.");
            return entry;
        }
    }

    /// <summary>
    /// Removes what would be refused because the standard and the profile can't carry the proof: a type that needs a bar number or an
    /// accreditation, or an accreditation without its organization. Keeps them as a note for the curator.
    /// </summary>
    public static ServiceEntry WithoutUnprovenClaims(ServiceEntry entry, HsdsReading reading)
    {
        if (entry is not Attorney attorney)
        {
            return entry;
        }

        if (attorney is { DojAccreditation: { } accreditation, RecognizedOrganization: null })
        {
            reading.Note("DOJ accreditation without the organization's name", $"{accreditation.Level}{(accreditation.ExpiresOn is { } end ? $", until {end:yyyy-MM-dd}" : "")}");
            attorney = attorney with { DojAccreditation = null };
        }

        if (attorney is { AttorneyType: "attorney", BarAdmissions.Count: 0 } or { AttorneyType: "accreditedRepresentative", DojAccreditation: null })
        {
            reading.Note("Type without proof", attorney.AttorneyType);
            attorney = attorney with { AttorneyType = null };
        }

        return attorney;
    }

    private static IEnumerable<string> Members(JsonSerializerOptions options, Entry entry) => options.GetTypeInfo(entry.GetType()).Properties.Select(p => p.Name);

    private static void Put(JsonObject body, string member, JsonObject said, params (string Name, string In)[] names)
    {
        foreach (var (name, where) in names.Where(n => said[n.In] is not null))
        {
            var target = body[member] as JsonObject ?? [];
            target[name] = said[where]!.DeepClone();
            body[member] = target;
        }
    }

    /// <summary>Converts snake_case names of HSDS to the names of our JSON.</summary>
    private static JsonNode? Camel(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().DistinctBy(m => Camel(m.Name)).Select(m => KeyValuePair.Create(Camel(m.Name), Camel(m.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Camel)]),
        _ => JsonValue.Create(value),
    };

    private static string Camel(string name) =>
        string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    [GeneratedRegex(@"^(\d{1,4}) days\z")]
    private static partial Regex Days();
}
