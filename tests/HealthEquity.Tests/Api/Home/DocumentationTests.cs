using HealthEquity.Tests.Admin;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Home;

/// <summary>The API's documentation in a real browser.</summary>
public sealed class DocumentationTests(DirectoryApi api)
{
    [Fact]
    public async Task The_documentation_shows_itself_under_its_own_policy()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync("/docs");
        await Assertions.Expect(page.GetByText("/v1/providers/search")).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }
}
