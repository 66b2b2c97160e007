using FastEndpoints;

namespace HealthEquity.Api.Exports;

/// <summary>The documentation of <see cref="ExportEntriesPrivately"/>.</summary>
public sealed class ExportEntriesPrivatelySummary : Summary<ExportEntriesPrivately>
{
    /// <summary>Sets the texts.</summary>
    public ExportEntriesPrivatelySummary()
    {
        Summary = "Download entries as a file, with nothing in the address";
        Description = "The twin of GET /v1/exports/{file}: the same parameters as members of a JSON body, the same file.";
    }
}

/// <summary>POST /v1/exports/{file}</summary>
public sealed class ExportEntriesPrivately(DirectoryExports exports) : ExportEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Searches(Route, kept: false);
        AnswersWithAFile();
    }

    /// <inheritdoc/>
    public override Task HandleAsync(ExportEntriesRequest req, CancellationToken ct) => exports.AnswerAsync(HttpContext, req, ct);
}
