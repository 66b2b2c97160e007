using System.Text.Json;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;
using HealthEquity.Db.PolicyActions;

namespace HealthEquity.Api.Adoptions;

/// <summary>Jurisdictions against provisions.</summary>
public sealed record AdoptionMatrix
{
    /// <summary>The columns: provisions that somebody adopted.</summary>
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

    /// <summary>What it has adopted; a column that is missing here it has not.</summary>
    public required IReadOnlyList<MatrixCell> Cells { get; init; }
}

/// <summary>A provision that a jurisdiction has adopted.</summary>
public sealed record MatrixCell
{
    /// <summary>The column's place in <see cref="AdoptionMatrix.Provisions"/>, from 0.</summary>
    public required int Column { get; init; }

    /// <summary>How the adoption stands.</summary>
    public required string Status { get; init; }

    /// <summary>The day since which it stands so.</summary>
    public DateOnly? Since { get; init; }
}

/// <summary>The documentation of <see cref="GetAdoptionMatrix"/>.</summary>
public sealed class GetAdoptionMatrixSummary : Summary<GetAdoptionMatrix>
{
    /// <summary>Sets the texts.</summary>
    public GetAdoptionMatrixSummary()
    {
        Summary = "Compare jurisdictions by provision";
        Description = "The adoptions as a table: a row for each jurisdiction, a column for each provision that one of them adopted.";
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
        var matrix = Of(tracker.Rows(snapshot, req), req.Provision);
        return HttpContext.SendAsync(new Answer(JsonSerializer.SerializeToUtf8Bytes(matrix, ApiJson.Options), snapshot.Sequence));
    }

    private static AdoptionMatrix Of(IReadOnlyList<AdoptionRow> rows, IReadOnlyList<string> wanted)
    {
        var cells =
            (from row in rows
             from provision in row.Provisions
             where wanted.Count == 0 || wanted.Contains(provision.Code, StringComparer.OrdinalIgnoreCase)
             select (Row: row, Column: (row.PolicyAction.Slug, provision.Code), Provision: provision)).ToList();
        var columns = cells.DistinctBy(c => c.Column).OrderBy(c => c.Row.PolicyAction.Name, StringComparer.Ordinal).ToList();
        var places = columns.Select((c, place) => (c.Column, place)).ToDictionary(c => c.Column, c => c.place);
        return new AdoptionMatrix
        {
            Provisions =
            [
                .. columns.Select(c => new MatrixColumn
                {
                    PolicyAction = c.Row.PolicyAction.Slug,
                    PolicyActionName = c.Row.PolicyAction.Name,
                    Provision = c.Provision,
                }),
            ],
            Jurisdictions =
            [
                .. cells.GroupBy(c => (c.Row.Jurisdiction.Name, c.Row.Jurisdiction.State)).Select(group => new MatrixRow
                {
                    Jurisdiction = group.First().Row.Jurisdiction,
                    Cells =
                    [
                        .. group.OrderBy(c => places[c.Column])
                            .Select(c => new MatrixCell { Column = places[c.Column], Status = c.Row.Status, Since = c.Row.Since }),
                    ],
                }),
            ],
        };
    }
}
