using FastEndpoints;
using HealthEquity.Formats.Hsds.Writing;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="ListHsdsTaxonomies"/>.</summary>
public sealed class ListHsdsTaxonomiesSummary : Summary<ListHsdsTaxonomies>
{
    /// <summary>Sets the texts.</summary>
    public ListHsdsTaxonomiesSummary()
    {
        Summary = "List HSDS taxonomies";
        Description = "Human Services Data Specification 3.1, /taxonomies.";
    }
}

/// <summary>GET /hsds/taxonomies</summary>
public sealed class ListHsdsTaxonomies(HsdsLists lists) : HsdsEndpoint<HsdsTaxonomiesRequest, HsdsPage<HsdsTaxonomy>>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/taxonomies");
        InHsdsDocument();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsTaxonomiesRequest req, CancellationToken ct) => lists.TaxonomiesAsync(HttpContext, req);
}
