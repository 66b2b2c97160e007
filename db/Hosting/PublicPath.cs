using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Hosting;

/// <summary>The path under which a program is reached, such as <c>/directory</c>: setting <c>PathBase</c>, or the IIS application's own.</summary>
public sealed class PublicPath
{
    /// <summary>Reads the setting.</summary>
    public PublicPath(IConfiguration configuration)
    {
        var path = (configuration["PathBase"] ?? configuration["APPL_PATH"] ?? "").Trim().Trim('/');
        Base = path.Length == 0 ? "" : "/" + path;
    }

    /// <summary>The path without a trailing slash; empty at the root of a host.</summary>
    public string Base { get; }

    /// <summary>The public address of a path in this program, such as <c>/v1/search</c>.</summary>
    public string Of(string path) => Base + path;
}

/// <summary>Serves a program under its <see cref="PublicPath"/>.</summary>
public static class PublicPaths
{
    /// <summary>Adds the <see cref="PublicPath"/>.</summary>
    public static void AddPublicPath(this IServiceCollection services) => services.AddSingleton<PublicPath>();

    /// <summary>
    /// Sets the request's path base, whether or not the proxy removed the prefix from the path. Call it before routing.
    /// </summary>
    public static void UsePublicPath(this WebApplication app)
    {
        var path = app.Services.GetRequiredService<PublicPath>();
        if (path.Base.Length == 0)
        {
            return;
        }

        app.Use((context, next) =>
        {
            var request = context.Request;
            if (!request.PathBase.HasValue)
            {
                if (request.Path.StartsWithSegments(path.Base, out var rest))
                {
                    request.Path = rest.HasValue ? rest : new PathString("/");
                }

                request.PathBase = path.Base;
            }

            return next(context);
        });
    }
}
