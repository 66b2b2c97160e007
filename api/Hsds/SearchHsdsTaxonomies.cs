using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>The documentation of <see cref="SearchHsdsTaxonomies"/>.</summary>
public sealed class SearchHsdsTaxonomiesSummary : Summary<SearchHsdsTaxonomies>
{
    /// <summary>Sets the texts.</summary>
    public SearchHsdsTaxonomiesSummary()
    {
        Summary = "List taxonomies, as HSDS has them (parameters in the body)";
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
        DescribedByTheStandard();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsTaxonomiesRequest req, CancellationToken ct) => lists.TaxonomiesAsync(HttpContext, req);
}
