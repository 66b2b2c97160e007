using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// What our own profile says of a service beyond the standard: members named like those of an entry are taken as they are, and those that
/// stand flat in the profile are put where the entry has them.
/// </summary>
internal static partial class HsdsProfileMembers
{
    // What the import itself decides.
    private static readonly string[] Ours = ["kind", "slug", "sources", "name"];

    /// <summary>The entry with what the profile adds; what can't be read is reported, and the entry is as it was.</summary>
    public static ServiceEntry Over(ServiceEntry entry, HsdsThing thing, HsdsReading reading)
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

        // Neither what only the public document has nor what is for curators only.
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
            reading.Drop(thing, "health_equity", $"The profile's members can't be read: {fault.Message}", "Ask the directory that it comes from, or leave them out.");
            return entry;
        }
    }

    /// <summary>
    /// An attorney without what the standard and the profile can't carry: a type that needs a bar number or an accreditation, or an
    /// accreditation without its organization, would be refused. They stay as a note for whoever checks it.
    /// </summary>
    public static ServiceEntry Tenable(ServiceEntry entry, HsdsReading reading)
    {
        if (entry is not Attorney attorney)
        {
            return entry;
        }

        if (attorney is { DojAccreditation: { } accreditation, RecognizedOrganization: null })
        {
            reading.Note("DOJ accreditation, of an organization that is not named", $"{accreditation.Level}{(accreditation.ExpiresOn is { } end ? $", to {end:yyyy-MM-dd}" : "")}");
            attorney = attorney with { DojAccreditation = null };
        }

        if (attorney is { AttorneyType: "attorney", BarAdmissions.Count: 0 } or { AttorneyType: "accreditedRepresentative", DojAccreditation: null })
        {
            reading.Note("Type, without what proves it", attorney.AttorneyType);
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

    /// <summary>The same with names as our JSON writes them: snake_case is HSDS's way.</summary>
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
