using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;

namespace HealthEquity.Api.Health;

/// <summary>How much of the directory this node has, and how fresh it is.</summary>
public sealed record Readiness
{
    /// <summary><c>ready</c>, or <c>loading</c> until the directory is in memory.</summary>
    public required string Status { get; init; }

    /// <summary>The number of the last change that is in.</summary>
    public required long Sequence { get; init; }

    /// <summary>Entries published.</summary>
    public required int Entries { get; init; }

    /// <summary>Seconds since the database last answered; missing before it first did.</summary>
    public double? AgeSeconds { get; init; }
}

/// <summary>The documentation of <see cref="GetReadiness"/>.</summary>
public sealed class GetReadinessSummary : Summary<GetReadiness>
{
    /// <summary>Sets the texts.</summary>
    public GetReadinessSummary()
    {
        Summary = "Ask whether this node can answer";
        Description = "A node whose database fails stays ready and serves what it has; 'ageSeconds' then grows.";
        Response<Readiness>(StatusCodes.Status200OK, "The directory is in memory.");
        Response<Readiness>(StatusCodes.Status503ServiceUnavailable, "The directory is still being loaded.");
    }
}

/// <summary>GET /health/ready</summary>
public sealed class GetReadiness(PublishedDirectory directory) : DirectoryEndpoint<HealthRequest, Readiness>
{
    /// <inheritdoc/>
    public override void Configure() => Reads("/health/ready", kept: false);

    /// <inheritdoc/>
    public override Task HandleAsync(HealthRequest req, CancellationToken ct)
    {
        HttpContext.Response.Headers.CacheControl = "no-store";
        var snapshot = directory.Current;
        var readiness = new Readiness
        {
            Status = directory.IsReady ? "ready" : "loading",
            Sequence = snapshot.Sequence,
            Entries = snapshot.Count,
            AgeSeconds = directory.Age is { } age ? Math.Round(age.TotalSeconds, 1) : null,
        };
        return Send.ResponseAsync(readiness, directory.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, ct);
    }
}
