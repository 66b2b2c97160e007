using FastEndpoints;
using HealthEquity.Api.Answers;

namespace HealthEquity.Api.Health;

/// <summary>Asks after the health of this node.</summary>
public sealed record HealthRequest;

/// <summary>That the process answers.</summary>
public sealed record Liveness
{
    /// <summary>Always <c>live</c>.</summary>
    public required string Status { get; init; }
}

/// <summary>The documentation of <see cref="GetLiveness"/>.</summary>
public sealed class GetLivenessSummary : Summary<GetLiveness>
{
    /// <summary>Sets the texts.</summary>
    public GetLivenessSummary() => Summary = "Ask whether the process is alive";
}

/// <summary>GET /health/live</summary>
public sealed class GetLiveness : DirectoryEndpoint<HealthRequest, Liveness>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/health/live", kept: false);

    /// <inheritdoc/>
    public override Task HandleAsync(HealthRequest req, CancellationToken ct) => Send.OkAsync(new Liveness { Status = "live" }, ct);
}
