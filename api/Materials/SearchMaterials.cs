using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Materials;

/// <summary>Documents <see cref="SearchMaterials"/>.</summary>
public sealed class SearchMaterialsSummary : Summary<SearchMaterials>
{
    /// <summary>Sets the texts.</summary>
    public SearchMaterialsSummary()
    {
        Summary = "Search materials by POST";
        Description = "Same as GET /v1/materials, with the parameters as members of a JSON body, so nothing appears in the address.";
    }
}

/// <summary>POST /v1/materials/search</summary>
public sealed class SearchMaterials(EntryLists lists) : DirectoryEndpoint<ListMaterialsRequest, EntryList<Material>>
{
    /// <inheritdoc/>
    public override void Configure() => Searches("/v1/materials/search");

    /// <inheritdoc/>
    public override Task HandleAsync(ListMaterialsRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
