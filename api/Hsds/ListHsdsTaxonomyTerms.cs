using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="ListHsdsTaxonomyTerms"/>.</summary>
public sealed class ListHsdsTaxonomyTermsSummary : Summary<ListHsdsTaxonomyTerms>
{
    /// <summary>Sets the texts.</summary>
    public ListHsdsTaxonomyTermsSummary()
    {
        Summary = "List HSDS taxonomy terms";
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
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsTaxonomyTermsRequest req, CancellationToken ct) => lists.TaxonomyTermsAsync(HttpContext, req);
}
