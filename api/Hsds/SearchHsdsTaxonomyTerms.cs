using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="SearchHsdsTaxonomyTerms"/>.</summary>
public sealed class SearchHsdsTaxonomyTermsSummary : Summary<SearchHsdsTaxonomyTerms>
{
    /// <summary>Sets the texts.</summary>
    public SearchHsdsTaxonomyTermsSummary()
    {
        Summary = "List taxonomy terms, as HSDS has them (parameters in the body)";
        Description = "Human Services Data Specification 3.1, /taxonomy_terms.";
    }
}

/// <summary>POST /hsds/taxonomy_terms</summary>
public sealed class SearchHsdsTaxonomyTerms(HsdsLists lists) : HsdsEndpoint<HsdsTaxonomyTermsRequest, HsdsPage<HsdsTaxonomyTerm>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Searches("/hsds/taxonomy_terms");
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsTaxonomyTermsRequest req, CancellationToken ct) => lists.TaxonomyTermsAsync(HttpContext, req);
}
