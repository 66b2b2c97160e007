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
        }

        return JsonSerializer.SerializeToUtf8Bytes(document);
    }
}
