using System.Net;

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
    public async Task Pages_and_their_files_are_served_by_this_host(string address)
    {
        var node = await api.SharedAsync();
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync(address)).StatusCode);
    }
}
