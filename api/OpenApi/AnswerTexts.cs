using FastEndpoints;
using Microsoft.OpenApi;

namespace HealthEquity.Api.OpenApi;

/// <summary>What the document says of answers that all endpoints share.</summary>
internal static class AnswerTexts
{
    public static string Of(int status) => status switch
    {
        StatusCodes.Status200OK => "Found.",
        StatusCodes.Status301MovedPermanently => "Location has the present address.",
        StatusCodes.Status304NotModified => "What you have (If-None-Match) is still right.",
        StatusCodes.Status400BadRequest => "A parameter is not right; 'errors' names it and says what to do.",
        StatusCodes.Status401Unauthorized => "The key in X-Api-Key is unknown or was revoked.",
        StatusCodes.Status404NotFound => "There is no such thing.",
        StatusCodes.Status410Gone => "It was taken out of the directory.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than 64 KB.",
        StatusCodes.Status415UnsupportedMediaType => "The body is not application/json.",
        StatusCodes.Status429TooManyRequests => "Too many requests from this address or with this key; Retry-After says when to come again.",
        StatusCodes.Status503ServiceUnavailable => "Not ready; Retry-After says when to come again.",
        _ => "Something failed here.",
    };

    public static IDictionary<string, IOpenApiHeader>? Headers(EndpointDefinition endpoint)
    {
        if (endpoint.EndpointType.Namespace == typeof(Health.GetReadiness).Namespace)
        {
            return null;
        }

        var headers = new Dictionary<string, IOpenApiHeader>
        {
            ["ETag"] = Text("A strong validator of this representation; send it back as If-None-Match."),
            ["Directory-Sequence"] = new OpenApiHeader
            {
                Description = "The number of the last change that this answer knows of.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            },
        };
        if (endpoint.EndpointType.Name.StartsWith("List", StringComparison.Ordinal) || endpoint.EndpointType == typeof(Search.SearchEntries))
        {
            headers["Link"] = Text("Other pages (RFC 8288): first, prev, next, last.");
        }

        return headers;
    }

    private static OpenApiHeader Text(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
