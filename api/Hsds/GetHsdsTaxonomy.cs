using FastEndpoints;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="GetHsdsTaxonomy"/>.</summary>
public sealed class GetHsdsTaxonomySummary : Summary<GetHsdsTaxonomy>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsTaxonomySummary()
    {
        Summary = "Get an HSDS taxonomy";
        Description = "Human Services Data Specification 3.1, /taxonomies/{id}.";
    }
}

/// <summary>GET /hsds/taxonomies/{id}</summary>
public sealed class GetHsdsTaxonomy(HsdsDirectory directory) : HsdsEndpoint<HsdsOneRequest, HsdsTaxonomy>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        ReadsOne("/hsds/taxonomies/{id}", moves: false);
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsOneRequest req, CancellationToken ct) => HsdsAnswers.SendOneAsync(
        HttpContext,
        directory.Current,
        req.Id,
        (_, id) => directory.Edition.Vocabularies.All.FirstOrDefault(v => HsdsIds.Taxonomy(v.Name) == id) is { } found ? HsdsMapping.Taxonomy(found) : null);
}
