using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="GetHsdsOpenApi"/>.</summary>
public sealed class GetHsdsOpenApiSummary : Summary<GetHsdsOpenApi>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsOpenApiSummary()
    {
        Summary = "The HSDS API as an OpenAPI document";
        Description = "The supported part of the standard's API, the parameters of each list, and the schema of every document. It is self-contained.";
    }
}

/// <summary>GET /hsds/openapi.json</summary>
public sealed class GetHsdsOpenApi : HsdsEndpoint<HsdsRootRequest, JsonElement>
{
    private static readonly Lazy<Task<Answer>> Document = new(async () => new Answer(await HsdsDocument.WriteAsync(), mark: null)
    {
        CacheControl = Answer.StaleAllowed,
        Vary = "Accept-Encoding",
    });

    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/openapi.json", kept: false);
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(HsdsRootRequest req, CancellationToken ct) => await HttpContext.SendAsync(await Document.Value);
}

/// <summary>The embedded documents.</summary>
internal static class HsdsResources
{
    public static byte[] Read(string file)
    {
        using var stream = typeof(HsdsResources).Assembly.GetManifestResourceStream($"HealthEquity.Api.Hsds.{file}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
