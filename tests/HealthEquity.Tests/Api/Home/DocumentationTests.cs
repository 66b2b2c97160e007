using System.Text.RegularExpressions;
using HealthEquity.Tests.Admin;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Home;

/// <summary>The API's documentation in a real browser.</summary>
public sealed partial class DocumentationTests(DirectoryApi api)
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

    [Fact]
    public async Task An_operation_that_is_tried_out_as_it_stands_finds_something()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var host = await server.StartAsync();
        foreach (var address in new[]
        {
            "/docs#/Providers/ListProviders", "/docs#/Providers/SearchProviders", "/docs?api=hsds#/default/listServices", "/docs?api=hsds#/default/searchServices",
        })
        {
            // A link to an operation opens it.
            var page = await browser.NewPageAsync(new() { BaseURL = host });
            await page.GotoAsync(address);
            var block = page.Locator($"[id$='-{address.Split('/')[^1]}']");
            await block.GetByText("Try it out").ClickAsync();
            await block.GetByText("Execute", new() { Exact = true }).ClickAsync();
            await Assertions.Expect(block.Locator(".live-responses-table")).ToContainTextAsync(FoundSomething());
            await page.CloseAsync();
        }
    }

    [GeneratedRegex("\"(totalItems|total_items)\": [1-9]")]
    private static partial Regex FoundSomething();
}
