using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Formats.Hsds;

namespace HealthEquity.Api.Hsds;

/// <summary>Asks for nothing.</summary>
public sealed record HsdsRootRequest;

/// <summary>There are no bounds to check.</summary>
public sealed class HsdsRootValidator : Validator<HsdsRootRequest>;

/// <summary>What this HSDS API is.</summary>
public sealed record HsdsRoot
{
    /// <summary>The version of HSDS.</summary>
    public required string Version { get; init; }

    /// <summary>Where our profile of the standard is described.</summary>
    public required string Profile { get; init; }

    /// <summary>Where this API is described, as an OpenAPI document.</summary>
    public required string OpenapiUrl { get; init; }

    /// <summary>All of it as the standard's tables, in a ZIP file.</summary>
    public required string DatapackageUrl { get; init; }

    /// <summary>Who publishes it (HSDS 3.2).</summary>
    public required HsdsPublisher Publisher { get; init; }
}

/// <summary>A publisher.</summary>
public sealed record HsdsPublisher
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Web site.</summary>
    public string? Url { get; init; }
}

/// <summary>The documentation of <see cref="GetHsdsRoot"/>.</summary>
public sealed class GetHsdsRootSummary : Summary<GetHsdsRoot>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsRootSummary()
    {
        Summary = "What this HSDS API is";
        Description = "Version, profile, description and publisher of the Open Referral (HSDS 3.1) side of the directory.";
    }
}

/// <summary>GET /hsds</summary>
public sealed class GetHsdsRoot(HsdsOptions options) : HsdsEndpoint<HsdsRootRequest, HsdsRoot>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds", kept: false);
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsRootRequest req, CancellationToken ct)
    {
        var request = HttpContext.Request;
        var root = new HsdsRoot
        {
            Version = "3.1",
            Profile = HsdsPatchAddress.Of(request, "profile"),
            OpenapiUrl = HsdsPatchAddress.Of(request, "openapi.json"),
            DatapackageUrl = HsdsPatchAddress.Of(request, "datapackage.zip"),
            Publisher = new HsdsPublisher { Name = options.PublisherName ?? "HealthEquity", Url = options.PublisherUrl },
        };
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(root, HsdsJson.Options), mark: null) { Vary = "Accept-Encoding, Host" });
    }
}
