using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;

namespace HealthEquity.Api.Hsds;

/// <summary>Asks for the patch of one schema.</summary>
public sealed record HsdsProfilePatchRequest
{
    /// <summary>The file name of the standard's schema.</summary>
    [Parameter(Example = "service.json")]
    public string Schema { get; init; } = "";
}

/// <summary>There are no bounds: a schema that is not extended is not found.</summary>
public sealed class HsdsProfilePatchValidator : Validator<HsdsProfilePatchRequest>;

/// <summary>The documentation of <see cref="GetHsdsProfilePatch"/>.</summary>
public sealed class GetHsdsProfilePatchSummary : Summary<GetHsdsProfilePatch>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsProfilePatchSummary()
    {
        Summary = "What we add to one of the standard's schemas";
        Description = "A JSON merge patch (RFC 7396): applied to the standard's schema of that name, it gives the one that our documents are valid by.";
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
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsProfilePatchRequest req, CancellationToken ct) => Patches.TryGetValue(req.Schema, out var patch)
        ? HttpContext.SendAsync(patch)
        : Problem.Of(StatusCodes.Status404NotFound, $"{Quoted.Of(req.Schema)} is not extended by our profile; these are: {string.Join(", ", Patches.Keys)}.").SendAsync(HttpContext);
}
