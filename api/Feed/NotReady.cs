using HealthEquity.Api.Problems;

namespace HealthEquity.Api.Feed;

/// <summary>The answer while the directory is still being loaded.</summary>
public static class NotReady
{
    /// <summary>Sends 503 with the time after which to ask again.</summary>
    public static Task SendAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "The directory is being loaded. Ask again in a few seconds.").SendAsync(context);
    }
}
