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
        Description = "What of the standard's API there is, what each list takes, and the schema of every document; it refers to nothing outside itself.";
    }
}

/// <summary>GET /hsds/openapi.json</summary>
public sealed class GetHsdsOpenApi : HsdsEndpoint<HsdsRootRequest, JsonElement>
{
    private static readonly Lazy<Task<Answer>> Document = new(async () => new Answer(await HsdsDocument.WriteAsync(), mark: null)
    {
        CacheControl = Answer.KeptLonger,
        Vary = "Accept-Encoding",
    });

    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/openapi.json", kept: false);
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(HsdsRootRequest req, CancellationToken ct) => await HttpContext.SendAsync(await Document.Value);
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
