using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Embed;

/// <summary>The web site of a school: another host name and another port than the directory's, with one page that embeds it.</summary>
internal sealed class HostSite : IAsyncDisposable
{
    /// <summary>The nonce of the page's own scripts.</summary>
    public const string Nonce = "school";

    // The element's shadow root is closed. Tests look into it.
    public const string OpenShadows =
        "{ const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (options) { return attach.call(this, { ...options, mode: 'open' }); }; }";

    private WebApplication? _app;

    /// <summary>What the page has in its main part.</summary>
    public required string Body { get; set; }

    /// <summary>What stands in the page's head.</summary>
    public string Head { get; init; } = "";

    /// <summary>The page's Content-Security-Policy; null for none.</summary>
    public string? Policy { get; init; }

    /// <summary>A policy that allows nothing but what the documentation says that the embed needs.</summary>
    public static string StrictPolicy(string directory) =>
        $"default-src 'none'; script-src {directory} 'nonce-{Nonce}'; connect-src {directory}; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Where the page is, once the site is started.</summary>
    public string Address => _app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts the site, and opens its page.</summary>
    public async Task<IPage> OpenAsync(BrowserNewPageOptions? options = null, Func<IPage, Task>? prepare = null)
    {
        var browser = Windows = await HealthEquity.Tests.Admin.Chromium.OpenAsync();
        var page = await browser.NewPageAsync(options);
        await page.AddInitScriptAsync(OpenShadows);
        if (prepare is not null)
        {
            await prepare(page);
        }

        await page.GotoAsync(await StartAsync());
        return page;
    }

    public async Task<string> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.2:0");
        _app = builder.Build();
        _app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            if (Policy is not null)
            {
                context.Response.Headers.ContentSecurityPolicy = Policy;
            }

            return context.Response.WriteAsync(
                $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Lincoln School</title>{Head}</head><body><main><h1>Lincoln School</h1>{Body}</main></body></html>");
        });
        await _app.StartAsync();
        return Address;
    }

    public async ValueTask DisposeAsync()
    {
        if (Windows is not null)
        {
            await Windows.DisposeAsync();
        }

        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private HealthEquity.Tests.Admin.BrowserWindows? Windows { get; set; }
}
