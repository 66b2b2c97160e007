using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="SearchHsdsTaxonomies"/>.</summary>
public sealed class SearchHsdsTaxonomiesSummary : Summary<SearchHsdsTaxonomies>
{
    /// <summary>Sets the texts.</summary>
    public SearchHsdsTaxonomiesSummary()
    {
        Summary = "List HSDS taxonomies by POST";
        Description = "Human Services Data Specification 3.1, /taxonomies.";
    }
}

/// <summary>POST /hsds/taxonomies</summary>
public sealed class SearchHsdsTaxonomies(HsdsLists lists) : HsdsEndpoint<HsdsTaxonomiesRequest, HsdsPage<HsdsTaxonomy>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Searches("/hsds/taxonomies");
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsTaxonomiesRequest req, CancellationToken ct) => lists.TaxonomiesAsync(HttpContext, req);
}
