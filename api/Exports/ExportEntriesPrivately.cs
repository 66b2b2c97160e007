using FastEndpoints;

namespace HealthEquity.Api.Exports;

/// <summary>Documents <see cref="ExportEntriesPrivately"/>.</summary>
public sealed class ExportEntriesPrivatelySummary : Summary<ExportEntriesPrivately>
{
    /// <summary>Sets the texts.</summary>
    public ExportEntriesPrivatelySummary()
    {
        Summary = "Download entries as a file by POST";
        Description = "Same as GET /v1/exports/{file}, with the parameters as members of a JSON body, so nothing appears in the address.";
    }
}

/// <summary>POST /v1/exports/{file}</summary>
public sealed class ExportEntriesPrivately(DirectoryExports exports) : ExportEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Searches(Route, kept: false);
        ReturnsFile();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(ExportEntriesRequest req, CancellationToken ct) => exports.AnswerAsync(HttpContext, req, ct);
}
