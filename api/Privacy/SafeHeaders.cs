namespace HealthEquity.Api.Privacy;

/// <summary>Headers on every answer: no guessing of types, and no address of ours handed on to other sites.</summary>
public static class SafeHeaders
{
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
    }
}
