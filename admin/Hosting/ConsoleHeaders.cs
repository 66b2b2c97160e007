using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HealthEquity.Admin.Hosting;

/// <summary>What every answer of the console says to the browser: run nothing and load nothing but the console's own files.</summary>
internal static class ConsoleHeaders
{
    private const long LargestRequest = 32 * 1024 * 1024;

    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    private const string PermissionsPolicy =
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";

    /// <summary>Sets the headers, and HSTS wherever the console is reached by HTTPS.</summary>
    public static void UseConsoleHeaders(this WebApplication app)
    {
        app.UseHsts();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                Set(context.Response.Headers);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    public static void ConfigureServer(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = LargestRequest;
    }

    private static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        // Pages hold what is not public; files that never change say so themselves.
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }
    }
}
