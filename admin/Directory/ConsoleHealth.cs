using HealthEquity.Store.Databases;

namespace HealthEquity.Admin.Directory;

/// <summary>Health checks for load balancers and service managers.</summary>
internal static class ConsoleHealth
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Serves <c>/health/live</c> and <c>/health/ready</c>, without sign-in. They reveal nothing else.</summary>
    public static void MapConsoleHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        app.MapGet("/health/ready", async (Database database, CancellationToken cancellation) =>
        {
            var answers = await DatabaseHealth.AnswersAsync(database, LongestWait, cancellation);
            return Results.Json(new { status = answers ? "ready" : "unavailable" }, statusCode: answers ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous();
    }
}
