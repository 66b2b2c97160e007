using System.Net;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Tests.Api.Home;

public sealed class PageTests(DirectoryApi api)
{
    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs.js")]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/docs/swagger-ui-bundle.js")]
    [InlineData("/problems")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/favicon.svg")]
    [InlineData("/favicon.ico")]
    public async Task Pages_and_their_files_are_served_by_this_host(string address)
    {
        var node = await api.SharedAsync();
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task The_standard_is_named_beside_the_API_where_people_look_for_one()
    {
        var node = await api.SharedAsync();
        foreach (var language in SiteTexts.Languages.Prepend(""))
        {
            Assert.Matches("<footer[^>]*>[\\s\\S]*<a href=\"/docs\">[^<]*API[^<]*HSDS</a>", await node.Client.GetStringAsync($"/{language}"));
        }

        var about = await node.Client.GetStringAsync("/en/about");
        Assert.All(new[] { "href=\"/docs\"", "href=\"/hsds\"" }, link => Assert.Contains(link, about, StringComparison.Ordinal));
        var docs = await node.Client.GetStringAsync("/docs");
        Assert.All(new[] { "href=\"/docs?api=hsds\"", "href=\"/hsds/openapi.json\"" }, link => Assert.Contains(link, docs, StringComparison.Ordinal));
    }
}
