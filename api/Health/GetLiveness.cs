using FastEndpoints;
using HealthEquity.Api.Answers;

namespace HealthEquity.Api.Health;

/// <summary>A request for the health of this node.</summary>
public sealed record HealthRequest;

/// <summary>The process is running.</summary>
public sealed record Liveness
{
    /// <summary>Always <c>live</c>.</summary>
    public required string Status { get; init; }
}

/// <summary>Documents <see cref="GetLiveness"/>.</summary>
public sealed class GetLivenessSummary : Summary<GetLiveness>
{
    /// <summary>Sets the texts.</summary>
    public GetLivenessSummary() => Summary = "Check whether the process is running";
}

/// <summary>GET /health/live</summary>
public sealed class GetLiveness : DirectoryEndpoint<HealthRequest, Liveness>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/health/live", kept: false);

    /// <inheritdoc/>
    public override Task HandleAsync(HealthRequest req, CancellationToken ct) => Send.OkAsync(new Liveness { Status = "live" }, ct);
}
