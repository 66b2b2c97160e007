using HealthEquity.Api.Answers;
using HealthEquity.Api.Entries;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Api.Providers;

/// <summary>Documents <see cref="GetProvider"/>.</summary>
public sealed class GetProviderSummary : EntrySummary<GetProvider>
{
    /// <summary>Sets the texts.</summary>
    public GetProviderSummary()
        : base("a provider")
    {
    }
}

/// <summary>GET /v1/providers/{idOrSlug}</summary>
public sealed class GetProvider(SingleEntries entries) : DirectoryEndpoint<EntryRequest, Provider>
{
    /// <inheritdoc/>
    public override void Configure() => ReadsOne("/v1/providers/{idOrSlug}");

    /// <inheritdoc/>
    public override Task HandleAsync(EntryRequest req, CancellationToken ct) =>
        entries.AnswerAsync(HttpContext, req, EntryKind.Provider);
}
