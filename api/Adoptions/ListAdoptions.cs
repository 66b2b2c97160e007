using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Adoptions;

namespace HealthEquity.Api.Adoptions;

/// <summary>A page of the tracker.</summary>
public sealed record AdoptionList
{
    /// <summary>Adoptions, by jurisdiction.</summary>
    public required IReadOnlyList<AdoptionRow> Items { get; init; }

    /// <summary>The page number and totals.</summary>
    public required Page Page { get; init; }
}

/// <summary>Documents <see cref="ListAdoptions"/>.</summary>
public sealed class ListAdoptionsSummary : Summary<ListAdoptions>
{
    /// <summary>Sets the texts.</summary>
    public ListAdoptionsSummary()
    {
        Summary = "Track policy adoptions";
        Description = "One row for each adoption of a policy action by a jurisdiction, with its history and provisions.";
    }
}

/// <summary>GET /v1/adoptions</summary>
public sealed class ListAdoptions(PublishedDirectory directory, AdoptionTracker tracker) : DirectoryEndpoint<ListAdoptionsRequest, AdoptionList>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/adoptions");

    /// <inheritdoc/>
    public override Task HandleAsync(ListAdoptionsRequest req, CancellationToken ct)
    {
        if (!directory.IsReady)
        {
            return NotReady.SendAsync(HttpContext);
        }

        var snapshot = directory.Current;
        var rows = tracker.Rows(snapshot, req);
        var page = Page.Of(req.Page, req.PageSize, rows.Count);
        var list = new AdoptionList { Items = [.. rows.Skip((req.Page - 1) * req.PageSize).Take(req.PageSize)], Page = page };
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(list, ApiJson.Options), snapshot.Mark)
        {
            Generation = snapshot.Generation,
            Link = PageLinks.Header(HttpContext.Request, page) is { Length: > 0 } links ? links : default,
        });
    }
}
