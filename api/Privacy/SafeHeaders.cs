namespace HealthEquity.Api.Privacy;

/// <summary>
/// Headers of every answer: no content sniffing, no referrer to other sites, and access for pages of any site. Answers contain nothing personal
/// and there are no sessions, so cross-site access is safe.
/// </summary>
/// <remarks>
/// The framework's CORS middleware creates a service scope for every request, which costs more than everything else in a cached answer.
/// </remarks>
public static class SafeHeaders
{
    private const string Readable = "Link, ETag, Directory-Sequence, Directory-Epoch, Content-Language, Content-Disposition, Retry-After, RateLimit, RateLimit-Policy";
    private const string Sendable = "Accept, Accept-Language, Content-Type, If-None-Match, X-Api-Key";

    /// <summary>Sets them before everything else.</summary>
    public static void UseSafeHeaders(this WebApplication app) => app.Use(static (context, next) =>
    {
        Set(context.Response.Headers);
        return next(context);
    });

    /// <summary>Sets them.</summary>
    public static void Set(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = Readable;
    }

    /// <summary>Answers a CORS preflight.</summary>
    public static void AllowSending(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = headers.Allow;
        headers.AccessControlAllowHeaders = Sendable;
        headers.AccessControlMaxAge = "86400";
    }
}
