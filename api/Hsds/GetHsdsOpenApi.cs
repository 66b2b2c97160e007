using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="GetHsdsOpenApi"/>.</summary>
public sealed class GetHsdsOpenApiSummary : Summary<GetHsdsOpenApi>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsOpenApiSummary()
    {
        Summary = "The HSDS API as an OpenAPI document";
        Description = "What of the standard's API there is, and what each list takes; the documents are described by the standard's own schemas.";
    }
}

/// <summary>GET /hsds/openapi.json</summary>
public sealed class GetHsdsOpenApi : HsdsEndpoint<HsdsRootRequest, JsonElement>
{
    private static readonly Answer Document = new(HsdsResources.Read("openapi.json"), sequence: null) { Vary = "Accept-Encoding" };

    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/openapi.json", kept: false);
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsRootRequest req, CancellationToken ct) => HttpContext.SendAsync(Document);
}

/// <summary>Documents that stand beside this file.</summary>
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
