using System.Text.Json;
using System.Text.Json.Nodes;
using FastEndpoints;
using HealthEquity.Api.Answers;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="GetHsdsProfile"/>.</summary>
public sealed class GetHsdsProfileSummary : Summary<GetHsdsProfile>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsProfileSummary()
    {
        Summary = "Get the HSDS profile";
        Description = "Our extensions to HSDS: a JSON merge patch (RFC 7396) for each extended schema of the standard, by file name, and the address "
            + "of each. All extensions are in one member, health_equity, so they don't conflict with the standard.";
    }
}

/// <summary>GET /hsds/profile</summary>
public sealed class GetHsdsProfile : HsdsEndpoint<HsdsRootRequest, JsonElement>
{
    /// <summary>The profile without the addresses of its patches.</summary>
    internal static JsonObject Profile { get; } = JsonNode.Parse(HsdsResources.Read("profile.json"))!.AsObject();

    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/profile", kept: false);
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsRootRequest req, CancellationToken ct)
    {
        var profile = Profile.DeepClone().AsObject();
        var schemas = profile["schemas"]!.AsObject();
        profile["patches"] = new JsonObject(schemas.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, HsdsPatchAddress.Of(HttpContext.Request, $"profile/{s.Key}"))));
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(profile), mark: null) { Vary = "Accept-Encoding, Host" });
    }
}

/// <summary>The addresses of this API.</summary>
internal static class HsdsPatchAddress
{
    /// <summary>The address of a document on the requested host.</summary>
    public static string Of(HttpRequest request, string path) => $"{request.Scheme}://{request.Host}{request.PathBase}/hsds/{path}";
}
