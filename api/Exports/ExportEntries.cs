using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Limits;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Api.Search;
using HealthEquity.Formats.Exports;

namespace HealthEquity.Api.Exports;

/// <summary>
/// What a file of entries can be asked for: all that a search can be, so that a file holds what the search finds. A file has no pages
/// and counts nothing.
/// </summary>
[LeavesOut(nameof(Page), nameof(PageSize), nameof(Facets))]
public sealed record ExportEntriesRequest : SearchEntriesRequest
{
    /// <summary>The file; its ending says the format.</summary>
    [Parameter(Codes = CodeSet.ExportFile, Example = "directory.csv")]
    public string File { get; init; } = "";
}

/// <summary>The bounds of <see cref="ExportEntriesRequest"/>.</summary>
public sealed class ExportEntriesValidator : ServiceListValidator<ExportEntriesRequest>;

/// <summary>An endpoint that answers with a file of entries.</summary>
public abstract class ExportEndpoint : DirectoryEndpoint<ExportEntriesRequest, Stream>
{
    /// <summary>An export is as much work as this many pages of a list, and counts for as many requests.</summary>
    public const int Cost = 20;

    /// <summary>The route of all files.</summary>
    protected const string Route = "/v1/exports/{file}";

    private static readonly string[] MediaTypes = [.. ExportFormats.All.Select(f => f.MediaType().Split(';')[0])];

    /// <summary>Says what the endpoint answers.</summary>
    protected void AnswersWithAFile() => Description(b => b
        .ClearDefaultProduces(StatusCodes.Status200OK)
        .Produces<Stream>(StatusCodes.Status200OK, MediaTypes[0], MediaTypes[1..])
        .Produces(StatusCodes.Status304NotModified)
        .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType)
        .WithMetadata(new RequestCostAttribute(Cost)));
}

/// <summary>The documentation of <see cref="ExportEntries"/>.</summary>
public sealed class ExportEntriesSummary : Summary<ExportEntries>
{
    /// <summary>Sets the texts.</summary>
    public ExportEntriesSummary()
    {
        Summary = "Download entries as a file";
        Description =
            "Everything that a search with the same parameters finds, as one file in the same order. CSV and XLSX have one row an entry, with the "
            + "same columns every time, named by path, such as phones.1.number; an apostrophe guards what a spreadsheet would compute. ND-JSON and "
            + "JSON hold the entries as they are elsewhere in this API, without distances. GeoJSON (RFC 7946) holds public places as points, one "
            + $"feature a place. A file counts for {ExportEndpoint.Cost} requests, and for none where If-None-Match shows that you have it already.";
    }
}

/// <summary>GET /v1/exports/{file}</summary>
public sealed class ExportEntries(DirectoryExports exports) : ExportEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads(Route, kept: false);
        AnswersWithAFile();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(ExportEntriesRequest req, CancellationToken ct) => exports.AnswerAsync(HttpContext, req, ct);
}
