using HealthEquity.Store.Curators;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Admin.Pages.Entries;

namespace HealthEquity.Tests.Admin.Pages;

public sealed class HeaderTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/console.css")]
    [InlineData("/brand.css")]
    [InlineData("/no-such-page")]
    public async Task Every_response_has_the_security_headers(string path)
    {
        var host = await console.BeginAsync();
        var answer = await host.Browse("https://console.example").GetAsync(path);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("data:", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Contains("max-age=", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("https://console.example", true)]
    [InlineData("http://console.example", true)]
    [InlineData("http://localhost", false)]
    public async Task Cookies_are_secure(string address, bool secure)
    {
        var host = await console.BeginAsync();
        var browser = host.Browse(address);
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var page = await browser.GetAsync("/sign-in");
        var answer = secure && address.StartsWith("http:", StringComparison.Ordinal) ? page : await browser.SignInAsync(curator);
        var cookies = page.Headers.GetValues("Set-Cookie").Concat(answer.Headers.GetValues("Set-Cookie")).ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public async Task Behind_an_HTTPS_proxy_the_console_uses_HTTPS()
    {
        await using var host = await ConsoleHost.StartAsync(settings: ("ForwardedHeaders_Enabled", "true"));
        foreach (var (address, header) in new[] { ("http://console.example", "Strict-Transport-Security"), ("http://localhost", "Set-Cookie") })
        {
            var browser = host.Browse(address);
            browser.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            var said = (await browser.GetAsync("/sign-in")).Headers.GetValues(header);
            Assert.All(said, value => Assert.Contains(header == "Set-Cookie" ? "; secure" : "max-age=", value, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task No_page_has_inline_scripts_or_styles()
    {
        var host = await console.BeginAsync();
        await DirectorySetup.PrepareAsync(host.Database, host.Clock, StarterContent.Samples, TestContext.Current.CancellationToken);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        foreach (var path in AccessibilityTests.Pages.Concat((await EntryBrowserTests.PagesAsync(host)).Select(p => p.Path)))
        {
            var html = await browser.ReadAsync(path);
            Assert.Contains("<h1", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"<[^>]+\sstyle=", html);
            Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)", html);
            Assert.DoesNotMatch(@"<[^>]+\son[a-z]+=""", html);
        }
    }
}
