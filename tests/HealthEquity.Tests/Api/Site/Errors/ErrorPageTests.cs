using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Site.FindHelp;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Tests.Admin;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Errors;

/// <summary>What a family sees when something goes wrong on our side.</summary>
public sealed partial class ErrorPageTests(DirectoryApi api)
{
    private static readonly SiteTexts Texts = new();

    [Fact]
    public async Task A_fault_is_a_page_in_the_readers_language_with_988_and_a_way_on()
    {
        var node = await FaultyAsync();
        foreach (var (method, address, reader, language, framedBy, wayOn) in new[]
        {
            ("GET", "/", "ar", "ar", "'none'", "/ar"),
            ("GET", "/es", "en", "es", "'none'", "/es"),
            ("POST", "/zh-Hans/find", "en", "zh-Hans", "'none'", "/zh-Hans"),
            ("GET", "/embed/list?lang=es&state=FL", "en", "es", "*", "/embed/list?lang=es&state=FL"),
            ("POST", "/embed/list/find?lang=ar&state=FL", "en", "ar", "*", "/embed/list?lang=ar&state=FL"),
        })
        {
            var (response, page) = await AskAsync(node.Client, method, address, reader);
            Assert.Equal((HttpStatusCode.InternalServerError, true), (response.StatusCode, response.Headers.CacheControl!.NoStore));
            Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
            Assert.Contains(Texts.Find(language)!["error.fault"], PageText.Of(page), StringComparison.Ordinal);
            Assert.Contains("href=\"tel:988\"", page, StringComparison.Ordinal);
            Assert.Equal(wayOn, WebUtility.HtmlDecode(WayOn().Match(page).Groups[1].Value));
            Assert.EndsWith($"; frame-ancestors {framedBy}", Policy(response), StringComparison.Ordinal);
            Assert.DoesNotContain("Provoked", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/embed/list/find?lang=es", "error.tooMany", HttpStatusCode.TooManyRequests)]
    [InlineData("/embed/list/nothing/here?lang=es", "entry.missing", HttpStatusCode.NotFound)]
    public async Task What_an_embed_cannot_show_is_said_within_it_in_its_language(string address, string words, HttpStatusCode status)
    {
        var node = status == HttpStatusCode.TooManyRequests ? await api.OpenAsync(null, null, ("RequestLimits:PerMinute", "1")) : await api.SharedAsync();
        await AskAsync(node.Client, "POST", "/embed/list/find?lang=es", "en");
        var (response, page) = await AskAsync(node.Client, address.Contains("/find", StringComparison.Ordinal) ? "POST" : "GET", address, "en");
        Assert.Equal(status, response.StatusCode);
        Assert.Contains("<html lang=\"es\"", page, StringComparison.Ordinal);
        Assert.Contains(Texts.Find("es")![words], PageText.Of(page), StringComparison.Ordinal);
        Assert.EndsWith("; frame-ancestors *", Policy(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/es")]
    [InlineData("POST", "/es/find")]
    [InlineData("GET", "/es/providers/clinica-del-sol")]
    [InlineData("GET", "/es/lists/lincoln-families")]
    [InlineData("GET", "/es/policy")]
    [InlineData("POST", "/es/print")]
    [InlineData("GET", "/embed/list?lang=es&need=lawyer")]
    public async Task While_the_directory_loads_pages_say_so_in_the_readers_language_and_have_988(string method, string address)
    {
        var node = await api.SharedAsync();
        var loading = node.Factory.WithWebHostBuilder(b => b.ConfigureTestServices(all => all.Remove(all.First(s => s.ImplementationType == typeof(DirectoryFeed)))));
        var (response, page) = await AskAsync(loading.CreateClient(), method, address, "en");
        Assert.Equal(address == "/es" ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("<html lang=\"es\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:988\"", page, StringComparison.Ordinal);
        Assert.Equal(address != "/es", PageText.Of(page).Contains(Texts.Find("es")!["site.loading"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_results_that_do_not_come_are_not_taken_for_the_end()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.GotoAsync("/es/find?q=abogado");
        await page.RouteAsync("**/find", r => r.FulfillAsync(new() { Status = 500, ContentType = "text/html; charset=utf-8", Body = "<h1>Algo salió mal</h1>" }));
        await page.ClickAsync("form.more button");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Algo salió mal");
    }

    /// <summary>A node whose first page and searches fail.</summary>
    private Task<Node> FaultyAsync() => api.OpenAsync(null, all => all.Replace(ServiceDescriptor.Singleton<FindHelpAnswers>(_ => throw new InvalidOperationException("Provoked."))));

    private static async Task<(HttpResponseMessage Response, string Page)> AskAsync(HttpClient client, string method, string address, string reader)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), address) { Headers = { { "Accept", "text/html,*/*" }, { "Accept-Language", reader } } };
        if (method == "POST")
        {
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("q", "abogado")]);
        }

        var response = await client.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    private static string Policy(HttpResponseMessage response) => response.Headers.GetValues("Content-Security-Policy").Single();

    [GeneratedRegex("<p class=\"acts\"><a class=\"main\" href=\"([^\"]*)\"")]
    private static partial Regex WayOn();
}
