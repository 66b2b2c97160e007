using FastEndpoints;
using Microsoft.OpenApi;

namespace HealthEquity.Api.OpenApi;

/// <summary>Descriptions of the responses that all endpoints share.</summary>
internal static class AnswerTexts
{
    public static string Of(int status) => status switch
    {
        StatusCodes.Status200OK => "Found.",
        StatusCodes.Status301MovedPermanently => "Location has the current address.",
        StatusCodes.Status304NotModified => "Your copy (If-None-Match) is current.",
        StatusCodes.Status400BadRequest => "A parameter is invalid. 'errors' names it and says how to fix it.",
        StatusCodes.Status401Unauthorized => "The key in X-Api-Key is unknown or was revoked.",
        StatusCodes.Status404NotFound => "Not found.",
        StatusCodes.Status410Gone => "It was withdrawn from the directory.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than 64 KB.",
        StatusCodes.Status415UnsupportedMediaType => "The body is not uncompressed application/json in UTF-8.",
        StatusCodes.Status429TooManyRequests => "Too many requests from this address or with this key. Retry-After says when to try again.",
        StatusCodes.Status503ServiceUnavailable => "Not ready. Retry-After says when to try again.",
        _ => "Internal error.",
    };

    /// <summary>The headers of an endpoint's responses with a status.</summary>
    public static IDictionary<string, IOpenApiHeader>? Headers(EndpointDefinition endpoint, int status, bool reads)
    {
        if (endpoint.EndpointType.Namespace == typeof(Health.GetReadiness).Namespace)
        {
            return null;
        }

        return status switch
        {
            StatusCodes.Status200OK => OfFound(endpoint, reads),
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader
                {
                    Description = "Seconds to wait before trying again.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                },
            },
            _ => null,
        };
    }

    private static Dictionary<string, IOpenApiHeader> OfFound(EndpointDefinition endpoint, bool reads)
    {
        var headers = new Dictionary<string, IOpenApiHeader>
        {
            ["ETag"] = Text("A strong validator of this representation. Send it as If-None-Match."),
            ["Directory-Sequence"] = new OpenApiHeader
            {
                Description = "The number of the last change included in this answer.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            },
            ["Directory-Epoch"] = new OpenApiHeader
            {
                Description = "The epoch that Directory-Sequence counts in. Another one means that the database was restored: read everything again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            },
        };
        if (endpoint.ResDtoType == typeof(Changes.ChangeList))
        {
            headers["Link"] = Text("The next changes (RFC 8288): next.");
        }
        else if (reads && endpoint.ResDtoType.GetProperty(nameof(Search.Page))?.PropertyType == typeof(Search.Page))
        {
            headers["Link"] = Text("Other pages (RFC 8288): first, prev, next, last.");
        }

        return headers;
    }

    private static OpenApiHeader Text(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
