using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Attorneys;

/// <summary>Filters for immigration attorneys and accredited representatives.</summary>
[ListOf(EntryKind.Attorney)]
public sealed record ListAttorneysRequest : ServiceListRequest;

/// <summary>Validates a <see cref="ListAttorneysRequest"/>.</summary>
public sealed class ListAttorneysValidator : ServiceListValidator<ListAttorneysRequest>;

/// <summary>Documents <see cref="ListAttorneys"/>.</summary>
public sealed class ListAttorneysSummary : Summary<ListAttorneys>
{
    /// <summary>Sets the texts.</summary>
    public ListAttorneysSummary()
    {
        Summary = "List and search immigration attorneys and accredited representatives";
        Description = "Pro bono attorneys, DOJ-accredited representatives and legal-aid programs.";
    }
}

/// <summary>GET /v1/attorneys</summary>
public sealed class ListAttorneys(EntryLists lists) : DirectoryEndpoint<ListAttorneysRequest, EntryList<Attorney>>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/attorneys");

    /// <inheritdoc/>
    public override Task HandleAsync(ListAttorneysRequest req, CancellationToken ct) =>
        lists.AnswerAsync(HttpContext, req);
}
