using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="SearchHsdsTaxonomyTerms"/>.</summary>
public sealed class SearchHsdsTaxonomyTermsSummary : Summary<SearchHsdsTaxonomyTerms>
{
    /// <summary>Sets the texts.</summary>
    public SearchHsdsTaxonomyTermsSummary()
    {
        Summary = "List HSDS taxonomy terms by POST";
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
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsTaxonomyTermsRequest req, CancellationToken ct) => lists.TaxonomyTermsAsync(HttpContext, req);
}
