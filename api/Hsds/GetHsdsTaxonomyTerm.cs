using FastEndpoints;
using HealthEquity.Formats.Hsds;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="GetHsdsTaxonomyTerm"/>.</summary>
public sealed class GetHsdsTaxonomyTermSummary : Summary<GetHsdsTaxonomyTerm>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsTaxonomyTermSummary()
    {
        Summary = "Get one of the taxonomy terms, as HSDS has it";
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
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsOneRequest req, CancellationToken ct) => HsdsAnswers.SendOneAsync(
        HttpContext,
        directory.Current,
        req.Id,
        (_, id) => directory.Edition.Terms.Where(t => HsdsIds.Term(t.Vocabulary.Name, t.Term.Code) == id).Select(t => HsdsMapping.Term(t.Vocabulary, t.Term)).FirstOrDefault());
}
