using HealthEquity.Api.Answers;
using HealthEquity.Api.Entries;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Materials;

/// <summary>Documents <see cref="GetMaterial"/>.</summary>
public sealed class GetMaterialSummary : EntrySummary<GetMaterial>
{
    /// <summary>Sets the texts.</summary>
    public GetMaterialSummary()
        : base("a material")
    {
    }
}

/// <summary>GET /v1/materials/{idOrSlug}</summary>
public sealed class GetMaterial(SingleEntries entries) : DirectoryEndpoint<EntryRequest, Material>
{
    /// <inheritdoc/>
    public override void Configure() => ReadsOne("/v1/materials/{idOrSlug}");

    /// <inheritdoc/>
    public override Task HandleAsync(EntryRequest req, CancellationToken ct) =>
        entries.AnswerAsync(HttpContext, req, EntryKind.Material);
}
