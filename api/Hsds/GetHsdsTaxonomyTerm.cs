using FastEndpoints;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="GetHsdsTaxonomyTerm"/>.</summary>
public sealed class GetHsdsTaxonomyTermSummary : Summary<GetHsdsTaxonomyTerm>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsTaxonomyTermSummary()
    {
        Summary = "Get an HSDS taxonomy term";
        Description = "Human Services Data Specification 3.1, /taxonomy_terms/{id}.";
    }
}

/// <summary>GET /hsds/taxonomy_terms/{id}</summary>
public sealed class GetHsdsTaxonomyTerm(HsdsDirectory directory) : HsdsEndpoint<HsdsOneRequest, HsdsTaxonomyTerm>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        ReadsOne("/hsds/taxonomy_terms/{id}", moves: false);
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsOneRequest req, CancellationToken ct) => HsdsAnswers.SendOneAsync(
        HttpContext,
        directory.Current,
        req.Id,
        (_, id) => directory.Edition.Terms.Where(t => HsdsIds.Term(t.Vocabulary.Name, t.Term.Code) == id).Select(t => HsdsMapping.Term(t.Vocabulary, t.Term)).FirstOrDefault());
}
