using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Formats.Hsds;

namespace HealthEquity.Api.Hsds;

/// <summary>A request without parameters.</summary>
public sealed record HsdsRootRequest;

/// <summary>Nothing to validate.</summary>
public sealed class HsdsRootValidator : Validator<HsdsRootRequest>;

/// <summary>The metadata of this HSDS API.</summary>
public sealed record HsdsRoot
{
    /// <summary>The HSDS version.</summary>
    public required string Version { get; init; }

    /// <summary>The address of our profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The address of the OpenAPI document of this API.</summary>
    public required string OpenapiUrl { get; init; }

    /// <summary>The address of the HSDS tables in a ZIP file.</summary>
    public required string DatapackageUrl { get; init; }

    /// <summary>The publisher (HSDS 3.2).</summary>
    public required HsdsPublisher Publisher { get; init; }
}

/// <summary>A publisher.</summary>
public sealed record HsdsPublisher
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The website.</summary>
    public string? Url { get; init; }
}

/// <summary>Documents <see cref="GetHsdsRoot"/>.</summary>
public sealed class GetHsdsRootSummary : Summary<GetHsdsRoot>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsRootSummary()
    {
        Summary = "Get the metadata of the HSDS API";
        Description = "The version, profile, description and publisher of the Open Referral (HSDS 3.1) API of the directory.";
    }
}

/// <summary>GET /hsds</summary>
public sealed class GetHsdsRoot(HsdsOptions options) : HsdsEndpoint<HsdsRootRequest, HsdsRoot>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds", kept: false);
        InHsdsDocument();
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
