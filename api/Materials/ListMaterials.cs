using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Materials;

/// <summary>Filters for materials.</summary>
[ListOf(EntryKind.Material)]
public sealed record ListMaterialsRequest : ListRequest;

/// <summary>Validates a <see cref="ListMaterialsRequest"/>.</summary>
public sealed class ListMaterialsValidator : ListValidator<ListMaterialsRequest>;

/// <summary>Documents <see cref="ListMaterials"/>.</summary>
public sealed class ListMaterialsSummary : Summary<ListMaterials>
{
    /// <summary>Sets the texts.</summary>
    public ListMaterialsSummary()
    {
        Summary = "List and search materials";
        Description = "Know-your-rights cards, guides, family plans, template letters, model resolutions and statements.";
    }
}

/// <summary>GET /v1/materials</summary>
public sealed class ListMaterials(EntryLists lists) : DirectoryEndpoint<ListMaterialsRequest, EntryList<Material>>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/materials");

    /// <inheritdoc/>
    public override Task HandleAsync(ListMaterialsRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
