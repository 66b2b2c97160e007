using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Formats.Hsds.Writing;

/// <summary>A column of a table of the package.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Type">Its Table Schema type.</param>
internal sealed record HsdsColumn(string Name, string Type);

/// <summary>A table of the package, as declared in its descriptor.</summary>
/// <param name="Name">The table's name in the standard.</param>
/// <param name="Path">Its file.</param>
/// <param name="Columns">All columns in the standard's order, including those that are always empty.</param>
/// <param name="Descriptor">Its resource in datapackage.json.</param>
internal sealed record HsdsTable(string Name, string Path, IReadOnlyList<HsdsColumn> Columns, JsonObject Descriptor);

/// <summary>The tables of the package, declared in datapackage.json, and their rows.</summary>
internal static class HsdsTables
{
    private static readonly JsonObject Package = ReadPackage();

    /// <summary>The descriptor without its resources.</summary>
    public static JsonObject Descriptor()
    {
        var descriptor = Package.DeepClone().AsObject();
        descriptor.Remove("resources");
        return descriptor;
    }

    /// <summary>All tables.</summary>
    public static IReadOnlyList<HsdsTable> All { get; } =
    [
        .. Package["resources"]!.AsArray().Select(resource => new HsdsTable(
            (string)resource!["name"]!,
            (string)resource["path"]!,
            [.. resource["schema"]!["fields"]!.AsArray().Select(f => new HsdsColumn((string)f!["name"]!, (string)f["type"]!))],
            resource.AsObject())),
    ];

    /// <summary>The rows of an entry in a table.</summary>
    public static IEnumerable<object> RowsOf(string table, ServiceEntry entry, HsdsMapping mapping) => table switch
    {
        "service" => [mapping.Service(entry, full: false)],
        "service_at_location" => mapping.Places(entry),
        "health_equity" => [HsdsProfileRow.Of(mapping.Service(entry, full: false))],
        "health_equity_credential" => HsdsCredentialRow.Of(mapping.Service(entry, full: false)),
        "organization" => [mapping.Organization(entry, full: false)],
        "organization_identifier" => mapping.Organization(entry, full: true).OrganizationIdentifiers ?? [],
        "taxonomy" or "taxonomy_term" => [],
        _ => Parts(table, mapping.Service(entry, full: true)),
    };

    /// <summary>The rows of the vocabularies in a table.</summary>
    public static IEnumerable<object> RowsOf(string table, VocabularySet vocabularies) => table switch
    {
        "taxonomy" => vocabularies.All.Select(HsdsMapping.Taxonomy),
        // The standard requires codes that are unique in the table. Ours are unique in their vocabulary.
        "taxonomy_term" => vocabularies.All.SelectMany(v => v.Terms.Select(t => HsdsMapping.Term(v, t) with { Code = $"{v.Name}/{t.Code}" })),
        _ => [],
    };

    /// <summary>The cells of a row.</summary>
    public static string?[] Cells(HsdsTable table, object row)
    {
        var document = JsonSerializer.SerializeToElement(row, row.GetType(), HsdsJson.Options);
        return [.. table.Columns.Select(column => document.TryGetProperty(column.Name, out var value) ? Cell(column, value) : null)];
    }

    private static IEnumerable<object> Parts(string table, HsdsService service)
    {
        var places = service.ServiceAtLocations?.Select(s => s.Location!) ?? [];
        return table switch
        {
            "location" => places,
            "address" => places.SelectMany(p => p.Addresses ?? []),
            "accessibility" => places.SelectMany(p => p.Accessibility ?? []),
            "phone" => Phones(),
            "language" => (service.Languages ?? []).Concat(Phones().SelectMany(p => p.Languages ?? [])),
            "attribute" => (service.Attributes ?? []).Concat(places.SelectMany(p => p.Attributes ?? [])),
            "contact" => service.Contacts ?? [],
            "cost_option" => service.CostOptions ?? [],
            "required_document" => service.RequiredDocuments ?? [],
            "schedule" => service.Schedules ?? [],
            "service_area" => service.ServiceAreas ?? [],
            "url" => service.AdditionalUrls ?? [],
            _ => throw new ArgumentOutOfRangeException(nameof(table), table, "a table without rows"),
        };

        IEnumerable<HsdsPhone> Phones() => (service.Phones ?? []).Concat(places.SelectMany(p => p.Phones ?? []));
    }

    /// <summary>Times in the default formats of Table Schema: seconds without fractions.</summary>
    private static string Cell(HsdsColumn column, JsonElement value) => column.Type switch
    {
        "datetime" => value.GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "time" => $"{value.GetString()}:00",
        _ => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(),
    };

    private static JsonObject ReadPackage()
    {
        using var stream = typeof(HsdsTables).Assembly.GetManifestResourceStream("HealthEquity.Formats.Hsds.datapackage.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
