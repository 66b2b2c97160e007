using System.Net;

namespace HealthEquity.Tests.Api.Home;

public sealed class PageTests(DirectoryApi api)
{
    [Fact]
    public async Task The_front_page_is_light_and_loads_nothing_from_elsewhere()
    {
        var node = await api.SharedAsync();
        long size = 0;
        foreach (var address in new[] { "/", "/home.css", "/home.js", "/favicon.svg" })
        {
            var response = await node.Client.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            var text = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain("src=\"http", text, StringComparison.Ordinal);
            Assert.DoesNotContain("style=\"", text, StringComparison.Ordinal);
            size += text.Length;
        }

        Assert.InRange(size, 1, 30_000);
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs.js")]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/docs/swagger-ui-bundle.js")]
    [InlineData("/problems")]
    [InlineData("/openapi/v1.json")]
    public async Task Pages_and_their_files_are_served_from_here(string address)
    {
        var node = await api.SharedAsync();
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Without_script_the_form_is_answered_by_the_server()
    {
        var node = await api.SharedAsync();
        var response = await node.Client.PostAsync("/", new FormUrlEncodedContent([new("q", "grief"), new("kind", ""), new("near", ""), new("language", "")]));
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("2 found", page, StringComparison.Ordinal);
        Assert.Contains("Harbor Counseling", page, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:&#x2B;12125550102\"", page, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_form_shows_hostile_text_as_text_and_refuses_what_is_no_place()
    {
        var node = await api.SharedAsync();
        var response = await node.Client.PostAsync("/", new FormUrlEncodedContent([new("q", "<script>alert(1)</script>"), new("near", "<b>00000")]));
        var page = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("is not a place", page, StringComparison.Ordinal);
    }
}
