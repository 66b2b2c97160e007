namespace HealthEquity.Api.Privacy;

/// <summary>
/// Headers on every answer: no guessing of types, no address of ours handed on to other sites, and leave for pages of any site
/// to read. Answers hold nothing personal and know no session, so there is nobody to protect from another site's page.
/// </summary>
/// <remarks>
/// The framework's own middleware for this (CORS) asks for a scope of services in every request, which costs more than the rest
/// of a kept answer together.
/// </remarks>
public static class SafeHeaders
{
    private const string Readable = "Link, ETag, Directory-Sequence, Directory-Epoch, Content-Language, Content-Disposition, Retry-After, RateLimit, RateLimit-Policy";
    private const string Sendable = "Accept, Accept-Language, Content-Type, If-None-Match, X-Api-Key";

    /// <summary>Sets them ahead of everything else.</summary>
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

    /// <summary>Answers a browser that asks, on behalf of another site's page, what it may send (a preflight).</summary>
    public static void AllowSending(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = headers.Allow;
        headers.AccessControlAllowHeaders = Sendable;
        headers.AccessControlMaxAge = "86400";
    }
}
