using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HealthEquity.Tests.Formats.Hsds.Reading;

/// <summary>A third-party HSDS API on a local port, with responses defined by a test.</summary>
internal sealed class ForeignApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ForeignApi(WebApplication app) => _app = app;

    public const string Root = """{"version":"3.1","profile":"https://example.org/profile","openapi_url":"https://example.org/openapi.json","publisher":{"name":"County 211"}}""";

    /// <summary>The root address.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v3";

    /// <summary>The requests with their headers.</summary>
    public ConcurrentQueue<(string Path, string[] Headers)> Asked { get; } = new();

    /// <summary>Starts an API. Requests that the test does not answer get the root, an empty list, or 404.</summary>
    public static async Task<ForeignApi> StartAsync(Func<HttpContext, string, Task<bool>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new ForeignApi(builder.Build());
        api._app.Run(async context =>
        {
            var path = context.Request.Path.Value!["/v3".Length..];
            api.Asked.Enqueue((path + context.Request.QueryString, [.. context.Request.Headers.Keys]));
            if (!await answer(context, path))
            {
                await (path switch
                {
                    "" or "/" => SendAsync(context, Root),
                    "/services" or "/organizations" => SendAsync(context, Page(1, 1)),
                    _ => NothingAsync(context),
                });
            }
        });
        await api._app.StartAsync();
        return api;
    }

    public static async Task<bool> SendAsync(HttpContext context, string json, string type = "application/json")
    {
        context.Response.ContentType = type;
        await context.Response.WriteAsync(json);
        return true;
    }

    private static Task<bool> NothingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.FromResult(true);
    }

    public static string Page(int number, int of, params IEnumerable<string> contents) =>
        $$"""{"total_items":{{of * 2}},"total_pages":{{of}},"page_number":{{number}},"size":2,"first_page":false,"last_page":false,"empty":false,"contents":[{{string.Join(',', contents)}}]}""";

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
