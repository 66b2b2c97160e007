using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Feed;

namespace HealthEquity.Api.Health;

/// <summary>The state of the directory on this node.</summary>
public sealed record Readiness
{
    /// <summary>
    /// <c>ready</c>; <c>loading</c> until the directory is in memory; <c>degraded</c> if entries were skipped or the node is out of date for more
    /// than a minute. A degraded node still answers.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>The number of the last change in memory.</summary>
    public required long Sequence { get; init; }

    /// <summary>The number of published entries.</summary>
    public required int Entries { get; init; }

    /// <summary>Seconds since the database last responded; absent before its first response.</summary>
    public double? AgeSeconds { get; init; }

    /// <summary>Since when the node is out of date, UTC; absent if it is up to date.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why the node is out of date; absent if it is up to date.</summary>
    public string? Reason { get; init; }

    /// <summary>Ids of published entries that could not be loaded, at most 100; absent if there are none. The log has the reasons.</summary>
    public IReadOnlyList<Guid>? LeftOut { get; init; }

    /// <summary>The number of skipped entries; absent if there are none.</summary>
    public int? LeftOutCount { get; init; }
}

/// <summary>Documents <see cref="GetReadiness"/>.</summary>
public sealed class GetReadinessSummary : Summary<GetReadiness>
{
    /// <summary>Sets the texts.</summary>
    public GetReadinessSummary()
    {
        Summary = "Check whether this node is ready";
        Description = "If the database fails, the node serves the data in memory, 'ageSeconds' grows, and after a minute 'status' is 'degraded'.";
        Response<Readiness>(StatusCodes.Status200OK, "The directory is in memory. Degraded nodes also answer.");
        Response<Readiness>(StatusCodes.Status503ServiceUnavailable, "The directory is loading.");
    }
}

/// <summary>GET /health/ready</summary>
public sealed class GetReadiness(PublishedDirectory directory) : DirectoryEndpoint<HealthRequest, Readiness>
{
    private const int MaxIds = 100;

    /// <inheritdoc/>
    public override void Configure() => Reads("/health/ready", kept: false);

    /// <inheritdoc/>
    public override Task HandleAsync(HealthRequest req, CancellationToken ct)
    {
        HttpContext.Response.Headers.CacheControl = "no-store";
        var snapshot = directory.Current;
        var (failure, leftOut) = (directory.Failure(), snapshot.LeftOut);
        var readiness = new Readiness
        {
            Status = !directory.IsReady ? "loading" : failure is null && leftOut.Count == 0 ? "ready" : "degraded",
            Sequence = snapshot.Sequence,
            Entries = snapshot.Count,
            AgeSeconds = directory.Age is { } age ? Math.Round(age.TotalSeconds, 1) : null,
            FailingSince = failure?.Since,
            Reason = failure?.Reason,
            LeftOut = leftOut.Count > 0 ? [.. leftOut.Select(e => e.Id).Order().Take(MaxIds)] : null,
            LeftOutCount = leftOut.Count > 0 ? leftOut.Count : null,
        };
        return Send.ResponseAsync(readiness, directory.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, ct);
    }
}
