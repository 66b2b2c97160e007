using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Organizations;

/// <summary>Documents <see cref="SearchOrganizations"/>.</summary>
public sealed class SearchOrganizationsSummary : Summary<SearchOrganizations>
{
    /// <summary>Sets the texts.</summary>
    public SearchOrganizationsSummary()
    {
        Summary = "Search organizations by POST";
        Description = "Same as GET /v1/organizations, with the parameters as members of a JSON body, so nothing appears in the address.";
    }
}

/// <summary>POST /v1/organizations/search</summary>
public sealed class SearchOrganizations(EntryLists lists) : DirectoryEndpoint<ListOrganizationsRequest, EntryList<Organization>>
{
    /// <inheritdoc/>
    public override void Configure() => Searches("/v1/organizations/search");

    /// <inheritdoc/>
    public override Task HandleAsync(ListOrganizationsRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
