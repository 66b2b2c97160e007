using System.Text;
using HealthEquity.Api.Answers;
using HealthEquity.Hosting;

namespace HealthEquity.Api.Home;

/// <summary>The pages and files of this host. Nothing is loaded from other hosts.</summary>
public static class Pages
{
    /// <summary>Allows only files of this host, without inline scripts, inline styles or frames.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Swagger UI sets style attributes from its script.</summary>
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string File, string Type)[] Files =
    [
        ("/problems", "problems.html", "text/html; charset=utf-8"),
        ("/docs", "docs.html", "text/html; charset=utf-8"),
        ("/docs.js", "docs.js", "text/javascript; charset=utf-8"),
        ("/docs/swagger-ui.css", "swagger-ui.css", "text/css; charset=utf-8"),
        ("/docs/swagger-ui-bundle.js", "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
        ("/home.css", "home.css", "text/css; charset=utf-8"),
        ("/favicon.svg", "favicon.svg", "image/svg+xml"),
        // Browsers and feed readers that know no page ask for this one. They read the type, not the name.
        ("/favicon.ico", "favicon.svg", "image/svg+xml"),
    ];

    /// <summary>Serves the pages.</summary>
    public static void MapPages(this WebApplication app)
    {
        var root = app.Services.GetRequiredService<PublicPath>();
        foreach (var (path, file, type) in Files)
        {
            var answer = new Answer(Read(file, root), mark: null) { ContentType = type, CacheControl = "public, max-age=300", Vary = "Accept-Encoding" };
            var policy = path == "/docs" ? DocsPolicy : Policy;
            app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
            {
                context.Response.Headers.ContentSecurityPolicy = policy;
                return answer.SendAsync(context);
            }).ExcludeFromDescription();
        }
    }

    /// <summary>Reads our own files, with public addresses, and the files of Swagger UI from NSwag's assembly.</summary>
    private static byte[] Read(string file, PublicPath root)
    {
        if (typeof(Pages).Assembly.GetManifestResourceStream($"HealthEquity.Api.Home.{file}") is { } own)
        {
            using var text = new StreamReader(own);
            return Encoding.UTF8.GetBytes(text.ReadToEnd().Replace("\"/", $"\"{root.Of("/")}", StringComparison.Ordinal));
        }

        using var stream = typeof(NSwag.AspNetCore.SwaggerUiSettings).Assembly.GetManifestResourceStream($"NSwag.AspNetCore.SwaggerUi.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
