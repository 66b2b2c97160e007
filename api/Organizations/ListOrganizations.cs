using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Organizations;

/// <summary>Filters for organizations.</summary>
[ListOf(EntryKind.Organization)]
public sealed record ListOrganizationsRequest : ServiceListRequest;

/// <summary>Validates a <see cref="ListOrganizationsRequest"/>.</summary>
public sealed class ListOrganizationsValidator : ServiceListValidator<ListOrganizationsRequest>;

/// <summary>Documents <see cref="ListOrganizations"/>.</summary>
public sealed class ListOrganizationsSummary : Summary<ListOrganizations>
{
    /// <summary>Sets the texts.</summary>
    public ListOrganizationsSummary()
    {
        Summary = "List and search organizations";
        Description = "Immigrant-rights groups, rapid response networks, hotlines, school and health-department contacts.";
    }
}

/// <summary>GET /v1/organizations</summary>
public sealed class ListOrganizations(EntryLists lists) : DirectoryEndpoint<ListOrganizationsRequest, EntryList<Organization>>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/organizations");

    /// <inheritdoc/>
    public override Task HandleAsync(ListOrganizationsRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
