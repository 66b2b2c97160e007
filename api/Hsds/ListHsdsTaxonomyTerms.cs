using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="ListHsdsTaxonomyTerms"/>.</summary>
public sealed class ListHsdsTaxonomyTermsSummary : Summary<ListHsdsTaxonomyTerms>
{
    /// <summary>Sets the texts.</summary>
    public ListHsdsTaxonomyTermsSummary()
    {
        Summary = "List taxonomy terms, as HSDS has them";
        Description = "Human Services Data Specification 3.1, /taxonomy_terms.";
    }
}

/// <summary>GET /hsds/taxonomy_terms</summary>
public sealed class ListHsdsTaxonomyTerms(HsdsLists lists) : HsdsEndpoint<HsdsTaxonomyTermsRequest, HsdsPage<HsdsTaxonomyTerm>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/taxonomy_terms");
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsTaxonomyTermsRequest req, CancellationToken ct) => lists.TaxonomyTermsAsync(HttpContext, req);
}
