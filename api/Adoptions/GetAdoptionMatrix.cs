using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Json;
using HealthEquity.Directory.Adoptions;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Adoptions;

/// <summary>Jurisdictions against provisions.</summary>
public sealed record AdoptionMatrix
{
    /// <summary>The columns: provisions with at least one adoption.</summary>
    public required IReadOnlyList<MatrixColumn> Provisions { get; init; }

    /// <summary>The rows.</summary>
    public required IReadOnlyList<MatrixRow> Jurisdictions { get; init; }
}

/// <summary>A provision of a policy action: a column of the matrix.</summary>
public sealed record MatrixColumn
{
    /// <summary>The policy action's slug.</summary>
    public required string PolicyAction { get; init; }

    /// <summary>The policy action's name.</summary>
    public required string PolicyActionName { get; init; }

    /// <summary>The provision.</summary>
    public required Provision Provision { get; init; }
}

/// <summary>A jurisdiction: a row of the matrix.</summary>
public sealed record MatrixRow
{
    /// <summary>The jurisdiction.</summary>
    public required Jurisdiction Jurisdiction { get; init; }

    /// <summary>The provisions it has adopted. It has not adopted any others.</summary>
    public required IReadOnlyList<MatrixCell> Cells { get; init; }
}

/// <summary>A provision that a jurisdiction has adopted.</summary>
public sealed record MatrixCell
{
    /// <summary>The zero-based index in <see cref="AdoptionMatrix.Provisions"/>.</summary>
    public required int Column { get; init; }

    /// <summary>The status of the adoption.</summary>
    public required string Status { get; init; }

    /// <summary>The date of the status.</summary>
    public DateOnly? Since { get; init; }
}

/// <summary>Documents <see cref="GetAdoptionMatrix"/>.</summary>
public sealed class GetAdoptionMatrixSummary : Summary<GetAdoptionMatrix>
{
    /// <summary>Sets the texts.</summary>
    public GetAdoptionMatrixSummary()
    {
        Summary = "Compare jurisdictions by provision";
        Description = "Adoptions as a table, with a row for each jurisdiction and a column for each adopted provision.";
    }
}

/// <summary>GET /v1/adoptions/matrix</summary>
public sealed class GetAdoptionMatrix(PublishedDirectory directory, AdoptionTracker tracker) : DirectoryEndpoint<AdoptionMatrixRequest, AdoptionMatrix>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/v1/adoptions/matrix");

    /// <inheritdoc/>
    public override Task HandleAsync(AdoptionMatrixRequest req, CancellationToken ct)
    {
        if (!directory.IsReady)
        {
            return NotReady.SendAsync(HttpContext);
        }

        var snapshot = directory.Current;
        var matrix = Of(snapshot, req);
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(matrix, ApiJson.Options), snapshot.Mark) { Generation = snapshot.Generation });
    }

    private AdoptionMatrix Of(DirectorySnapshot snapshot, AdoptionMatrixRequest request)
    {
        var rows = tracker.Rows(snapshot, request);
        var names = rows.DistinctBy(r => r.PolicyAction.Slug).ToDictionary(r => r.PolicyAction.Slug, r => r.PolicyAction.Name);
        var adopted = rows.SelectMany(r => r.Provisions.Select(p => (r.PolicyAction.Slug, p.Code))).ToHashSet();
        var columns = tracker.Provisions(snapshot)
            .Where(p => adopted.Contains((p.PolicyAction, p.Provision.Code)))
            .Where(p => request.Provision.Count == 0 || request.Provision.Contains(p.Provision.Code, StringComparer.OrdinalIgnoreCase))
            .ToList();
        var places = columns.Index().ToDictionary(c => (c.Item.PolicyAction, c.Item.Provision.Code), c => c.Index);
        return new AdoptionMatrix
        {
            Provisions =
            [
                .. columns.Select(c => new MatrixColumn { PolicyAction = c.PolicyAction, PolicyActionName = names[c.PolicyAction], Provision = c.Provision }),
            ],
            Jurisdictions =
            [
                .. rows.GroupBy(r => (r.Jurisdiction.Name, r.Jurisdiction.State)).Select(group => new MatrixRow
                {
                    Jurisdiction = group.First().Jurisdiction,
                    Cells = [.. group.SelectMany(row => CellsOf(row, places)).OrderBy(c => c.Column)],
                }),
            ],
        };
    }

    private static IEnumerable<MatrixCell> CellsOf(AdoptionRow row, Dictionary<(string PolicyAction, string Provision), int> places) =>
        from provision in row.Provisions
        where places.ContainsKey((row.PolicyAction.Slug, provision.Code))
        select new MatrixCell { Column = places[(row.PolicyAction.Slug, provision.Code)], Status = row.Status, Since = row.Since };
}
