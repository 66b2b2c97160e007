using HealthEquity.Api.Problems;

namespace HealthEquity.Api.Feed;

/// <summary>The answer while the directory is loading.</summary>
public static class NotReady
{
    /// <summary>Sends 503 with Retry-After.</summary>
    public static Task SendAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "The directory is loading. Try again in a few seconds.").SendAsync(context);
    }
}
