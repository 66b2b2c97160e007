using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="GetHsdsProfile"/>.</summary>
public sealed class GetHsdsProfileSummary : Summary<GetHsdsProfile>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsProfileSummary()
    {
        Summary = "What we add to HSDS";
        Description = "A JSON merge patch (RFC 7396) for each of the standard's schemas that our profile extends, by the schema's file name. "
            + "All of it hangs under one member, health_equity, so that nothing shadows a term of the standard.";
    }
}

/// <summary>GET /hsds/profile</summary>
public sealed class GetHsdsProfile : HsdsEndpoint<HsdsRootRequest, JsonElement>
{
    private static readonly byte[] Profile = ReadProfile();

    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/profile", kept: false);
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsRootRequest req, CancellationToken ct) => HttpContext.SendAsync(new Answer(Profile, sequence: null) { Vary = "Accept-Encoding" });

    private static byte[] ReadProfile()
    {
        using var stream = typeof(GetHsdsProfile).Assembly.GetManifestResourceStream("HealthEquity.Api.Hsds.profile.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
