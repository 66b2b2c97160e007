using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthEquity.Api.Suggestions;
using Microsoft.OpenApi;

namespace HealthEquity.Api.OpenApi;

/// <summary>Writes the document, and adds the JSON Schema keywords that the library cannot write.</summary>
internal static class DocumentText
{
    private static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" };

    /// <summary>The document as OpenAPI 3.1.</summary>
    public static async Task<byte[]> WriteAsync(OpenApiDocument document)
    {
        var text = JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!;
        EmptyFirstChoices(text);
        // Without an entry, a suggestion needs the kind of the missing one.
        var suggestion = text["components"]!["schemas"]![nameof(AddSuggestionRequest)]!;
        suggestion["if"] = new JsonObject { ["not"] = new JsonObject { ["required"] = new JsonArray("entry") } };
        suggestion["then"] = new JsonObject { ["required"] = new JsonArray("kind") };
        return JsonSerializer.SerializeToUtf8Bytes(text, Indented);
    }

    /// <summary>Gives the first choice among kinds (see <see cref="SchemaBook"/>) an empty enum, which no value matches.</summary>
    private static void EmptyFirstChoices(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                if (item["oneOf"] is JsonArray { Count: > 1 } choices && choices[0] is JsonObject { Count: 1 } first && first.ContainsKey("allOf"))
                {
                    first["enum"] = new JsonArray();
                }

                foreach (var (_, member) in item)
                {
                    EmptyFirstChoices(member);
                }

                break;
            case JsonArray list:
                foreach (var element in list)
                {
                    EmptyFirstChoices(element);
                }

                break;
        }
    }
}
