using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Api.OpenApi;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;
using Microsoft.OpenApi;

namespace HealthEquity.Api.Hsds;

/// <summary>
/// The OpenAPI document of the HSDS API: the paths of <c>openapi.json</c>, and schemas derived from the serialized records. It is
/// self-contained and always matches the responses.
/// </summary>
internal static class HsdsDocument
{
    /// <summary>The document, UTF-8 JSON.</summary>
    public static async Task<byte[]> WriteAsync()
    {
        var schemas = new OpenApiDocument { Info = new OpenApiInfo(), Paths = [] };
        var book = new SchemaBook(schemas, new XmlSummaries(typeof(HsdsService).Assembly, typeof(Entry).Assembly, typeof(HsdsDocument).Assembly), HsdsJson.Options);
        foreach (var type in new[]
        {
            typeof(HsdsService), typeof(HsdsMinimalService), typeof(HsdsOrganization), typeof(HsdsServiceAtLocation), typeof(HsdsTaxonomy), typeof(HsdsTaxonomyTerm),
        })
        {
            book.Of(type);
        }

        var document = JsonNode.Parse(HsdsResources.Read("openapi.json"))!;
        var components = document["components"]!["schemas"]!.AsObject();
        var derived = JsonNode.Parse(await schemas.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!["components"]!["schemas"]!.AsObject();
        foreach (var (name, schema) in derived)
        {
            components[name] = schema!.DeepClone();
            UnwrapReferences(components[name]!);
        }

        return JsonSerializer.SerializeToUtf8Bytes(document);
    }

    /// <summary>
    /// Writes a reference with a description without the <c>allOf</c> around it, as OpenAPI 3.1 allows. Swagger UI shows an error for an
    /// <c>allOf</c> whose reference leads back to itself, and a service has places, which have services.
    /// </summary>
    private static void UnwrapReferences(JsonNode node)
    {
        if (node is JsonObject schema && schema["allOf"] is JsonArray { Count: 1 } only && only[0] is JsonObject { Count: 1 } wrapped && wrapped["$ref"] is { } reference)
        {
            schema.Remove("allOf");
            schema["$ref"] = reference.DeepClone();
        }

        foreach (var part in node switch
        {
            JsonObject members => members.Select(m => m.Value),
            JsonArray items => items,
            _ => [],
        })
        {
            if (part is not null)
            {
                UnwrapReferences(part);
            }
        }
    }
}
