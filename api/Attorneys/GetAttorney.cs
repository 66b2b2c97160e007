using HealthEquity.Api.Answers;
using HealthEquity.Api.Entries;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Attorneys;

/// <summary>Documents <see cref="GetAttorney"/>.</summary>
public sealed class GetAttorneySummary : EntrySummary<GetAttorney>
{
    /// <summary>Sets the texts.</summary>
    public GetAttorneySummary()
        : base("an attorney")
    {
    }
}

/// <summary>GET /v1/attorneys/{idOrSlug}</summary>
public sealed class GetAttorney(SingleEntries entries) : DirectoryEndpoint<EntryRequest, Attorney>
{
    /// <inheritdoc/>
    public override void Configure() => ReadsOne("/v1/attorneys/{idOrSlug}");

    /// <inheritdoc/>
    public override Task HandleAsync(EntryRequest req, CancellationToken ct) =>
        entries.AnswerAsync(HttpContext, req, EntryKind.Attorney);
}
