using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;

namespace HealthEquity.Api.Hsds;

/// <summary>A request for the patch of one schema.</summary>
public sealed record HsdsProfilePatchRequest
{
    /// <summary>The file name of the standard's schema.</summary>
    [Parameter(Example = "service.json")]
    public string Schema { get; init; } = "";
}

/// <summary>Nothing to validate: an unknown schema is not found.</summary>
public sealed class HsdsProfilePatchValidator : Validator<HsdsProfilePatchRequest>;

/// <summary>Documents <see cref="GetHsdsProfilePatch"/>.</summary>
public sealed class GetHsdsProfilePatchSummary : Summary<GetHsdsProfilePatch>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsProfilePatchSummary()
    {
        Summary = "Get the profile of one HSDS schema";
        Description = "A JSON merge patch (RFC 7396). Apply it to the standard's schema with the same name to get the schema of our documents.";
    }
}

/// <summary>GET /hsds/profile/{schema}</summary>
public sealed class GetHsdsProfilePatch : HsdsEndpoint<HsdsProfilePatchRequest, JsonElement>
{
    private static readonly Dictionary<string, Answer> Patches = GetHsdsProfile.Profile["schemas"]!.AsObject().ToDictionary(
        s => s.Key,
        s => new Answer(JsonSerializer.SerializeToUtf8Bytes(s.Value), mark: null) { ContentType = "application/merge-patch+json", Vary = "Accept-Encoding" });

    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/profile/{schema}", kept: false);
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsProfilePatchRequest req, CancellationToken ct) => Patches.TryGetValue(req.Schema, out var patch)
        ? HttpContext.SendAsync(patch)
        : Problem.Of(StatusCodes.Status404NotFound, $"{Quoted.Of(req.Schema)} is not extended by our profile. Use one of {string.Join(", ", Patches.Keys)}.").SendAsync(HttpContext);
}
