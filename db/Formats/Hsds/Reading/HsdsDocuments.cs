using System.Text.Json;
using HealthEquity.Formats.Files;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>
/// HSDS 3 as JSON: a service, a list of services, a page of an API, ND-JSON, or organizations with their services. Refused items come back in the
/// column <see cref="Column"/>.
/// </summary>
internal sealed class HsdsDocuments : HsdsContent
{
    /// <summary>The column with the JSON of an item in a file of refused rows.</summary>
    public const string Column = "hsds";

    private const string Profile = "health_equity";

    // Members that only services have.
    private static readonly string[] OfService =
        ["status", "organization_id", "organization", "program_id", "service_at_locations", "interpretation_services", "application_process", "fees_description", "eligibility_description", "service_areas", "schedules", "cost_options", "required_documents", "assurer_email"];

    private static readonly string[] OfOrganization = ["services", "year_incorporated", "legal_status", "organization_identifiers", "additional_websites", "parent_organization_id", "locations", "website"];

    private readonly JsonSourceFile _file;
    private readonly SourceHeader _header;
    private readonly HsdsObjectMarks _marks = new();

    private readonly Func<JsonElement, string>? _placeOf;

    private HsdsDocuments(JsonSourceFile file, string shown, Func<JsonElement, string>? placeOf)
    {
        (_file, _placeOf) = (file, placeOf);
        _header = new SourceHeader(System.IO.Path.GetFileName(shown), [Column], []);
        Files = [new SourceFile(shown, _header)];
    }

    public override string Description => _file.IsLines ? "HSDS 3.x as ND-JSON, one item per line" : "HSDS 3.x as JSON";

    public override string Version => "3.x";

    public override IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Opens a file; null if its first item is neither a service nor an organization.</summary>
    /// <exception cref="ImportFileException">The file can't be read or exceeds a limit.</exception>
    public static HsdsDocuments? TryOpen(string path, SourceLimits limits)
    {
        var file = JsonSourceFile.Open(path, limits);
        return file.Items().Select(i => IsHsds(i.Value)).FirstOrDefault() ? new HsdsDocuments(file, path, placeOf: null) : null;
    }

    /// <summary>Opens a file that is known to be HSDS.</summary>
    /// <param name="path">The path.</param>
    /// <param name="shown">The path to show to people. Files of refused rows are named after it.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="placeOf">The location of an item to show to people, if it is not this file.</param>
    public static HsdsDocuments Open(string path, string shown, SourceLimits limits, Func<JsonElement, string> placeOf) =>
        new(JsonSourceFile.Open(path, limits), shown, placeOf);

    public override void Dispose()
    {
        // Each enumeration opens and closes the file.
    }

    public override IEnumerable<HsdsThing> Things(ICollection<RowFault> faults)
    {
        foreach (var (number, item) in _file.Items().Index())
        {
            var row = new SourceRow(_header, number + 1, [item.Fault is null ? item.Value.GetRawText() : item.Text]) { Place = _placeOf?.Invoke(item.Value) ?? item.Place };
            if (item.Fault is { } fault)
            {
                faults.Add(new RowFault(row, "", "", fault, "Correct the line in the file."));
                continue;
            }

            foreach (var thing in Read(item.Value, row, _marks, faults))
            {
                yield return thing;
            }
        }
    }

    /// <summary>The entities in an item, without what the item itself marks as private.</summary>
    public static IEnumerable<HsdsThing> Read(JsonElement item, SourceRow row, HsdsObjectMarks marks, ICollection<RowFault> faults)
    {
        if (item.ValueKind != JsonValueKind.Object || !(IsService(item) || IsOrganization(item)))
        {
            faults.Add(new RowFault(row, "", "", "The item is neither an HSDS service nor an HSDS organization.", "Write it as { \"id\": …, \"name\": …, \"status\": … }."));
            return [];
        }

        var thing = Thing(item, row, "", isOrganization: !IsService(item));
        marks.Apply(thing, faults);
        if (!thing.IsOrganization || thing.List("services") is not { Count: > 0 } services)
        {
            return [thing];
        }

        foreach (var service in services.Where(s => s.One("organization") is null))
        {
            service.Add("organization", thing);
        }

        return services;
    }

    private static bool IsHsds(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && Has(item, "id") && Has(item, "name") && !Has(item, "kind") && (IsService(item) || IsOrganization(item));

    private static bool IsService(JsonElement item) => !Has(item, "services") && OfService.Any(n => Has(item, n));

    private static bool IsOrganization(JsonElement item) =>
        Has(item, "id") && (OfOrganization.Any(n => Has(item, n)) || (Has(item, "name") && Has(item, "description")));

    private static bool Has(JsonElement item, string name) => item.TryGetProperty(name, out _);

    private static HsdsThing Thing(JsonElement item, SourceRow row, string path, bool isOrganization = false)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var nested = new List<(string List, HsdsThing Thing)>();
        JsonElement? profile = null;
        foreach (var member in item.EnumerateObject())
        {
            var here = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Object when member.Name == Profile:
                    profile = member.Value.Clone();
                    break;
                case JsonValueKind.Object:
                    nested.Add((member.Name, Thing(member.Value, row, here)));
                    break;
                case JsonValueKind.Array when member.Value.EnumerateArray().Any(i => i.ValueKind == JsonValueKind.Object):
                    nested.AddRange(member.Value.EnumerateArray().Index().Where(i => i.Item.ValueKind == JsonValueKind.Object)
                        .Select(i => (member.Name, Thing(i.Item, row, $"{here}[{i.Index}]"))));
                    break;
                case JsonValueKind.Array:
                    values[member.Name] = string.Join("; ", member.Value.EnumerateArray().Select(Text).Where(t => t.Length > 0));
                    break;
                default:
                    values[member.Name] = Text(member.Value);
                    break;
            }
        }

        var thing = new HsdsThing(row, path, values) { IsOrganization = isOrganization, Profile = profile };
        foreach (var (list, inner) in nested)
        {
            thing.Add(list, inner);
        }

        return thing;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };
}
