using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Limits;
using HealthEquity.Api.Parameters;
using HealthEquity.Api.Problems;
using HealthEquity.Api.Search;
using HealthEquity.Formats.Exports;

namespace HealthEquity.Api.Exports;

/// <summary>
/// Filters for a file of entries: the same as for a search, without pages and facets.
/// </summary>
[Omits(nameof(Page), nameof(PageSize), nameof(Facets))]
public sealed record ExportEntriesRequest : SearchEntriesRequest
{
    /// <summary>The file. Its extension determines the format.</summary>
    [Parameter(Codes = CodeSet.ExportFile, Example = "directory.csv")]
    public string File { get; init; } = "";
}

/// <summary>Validates a <see cref="ExportEntriesRequest"/>.</summary>
public sealed class ExportEntriesValidator : ServiceListValidator<ExportEntriesRequest>;

/// <summary>An endpoint that returns a file of entries.</summary>
public abstract class ExportEndpoint : DirectoryEndpoint<ExportEntriesRequest, Stream>
{
    /// <summary>The cost of an export, in requests.</summary>
    public const int Cost = 20;

    /// <summary>The route of the files.</summary>
    protected const string Route = "/v1/exports/{file}";

    private static readonly string[] MediaTypes = [.. ExportFormats.All.Select(f => f.MediaType().Split(';')[0])];

    /// <summary>Declares the responses of the endpoint.</summary>
    protected void ReturnsFile() => Description(b => b
        .ClearDefaultProduces(StatusCodes.Status200OK)
        .Produces<Stream>(StatusCodes.Status200OK, MediaTypes[0], MediaTypes[1..])
        .Produces(StatusCodes.Status304NotModified)
        .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType)
        .WithMetadata(new RequestCostAttribute(Cost)));
}

/// <summary>Documents <see cref="ExportEntries"/>.</summary>
public sealed class ExportEntriesSummary : Summary<ExportEntries>
{
    /// <summary>Sets the texts.</summary>
    public ExportEntriesSummary()
    {
        Summary = "Download entries as a file";
        Description =
            "All results of a search with the same parameters, as one file in the same order. CSV and XLSX have one row per entry, with the "
            + "same columns every time, named by path, such as phones.1.number. An apostrophe protects text that a spreadsheet would evaluate. ND-JSON and "
            + "JSON contain the entries as elsewhere in this API, without distances. GeoJSON (RFC 7946) contains public locations as points, one "
            + $"feature per location. A file counts as {ExportEndpoint.Cost} requests, or as none if If-None-Match shows that you already have it.";
    }
}

/// <summary>GET /v1/exports/{file}</summary>
public sealed class ExportEntries(DirectoryExports exports) : ExportEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads(Route, kept: false);
        ReturnsFile();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(ExportEntriesRequest req, CancellationToken ct) => exports.AnswerAsync(HttpContext, req, ct);
}
