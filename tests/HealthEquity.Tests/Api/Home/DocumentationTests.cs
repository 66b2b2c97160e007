using System.Text.RegularExpressions;
using HealthEquity.Tests.Admin;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Home;

/// <summary>The API's documentation in a real browser.</summary>
public sealed partial class DocumentationTests(DirectoryApi api)
{
    [Fact]
    public async Task It_shows_itself_under_its_own_policy_and_an_operation_that_is_tried_out_as_it_stands_finds_something()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        // A link to an operation opens it.
        await page.GotoAsync("/docs#/Providers/ListProviders");
        await Assertions.Expect(page.GetByText("/v1/providers/search")).ToBeVisibleAsync();
        Assert.Empty(complaints);
        await TryAsync(page, "ListProviders", "SearchProviders");

        await page.GotoAsync("/docs?api=hsds#/default/listServices");
        await TryAsync(page, "listServices", "searchServices");
    }

    /// <summary>Tries out the open operation, and then another, with the keys.</summary>
    private static async Task TryAsync(IPage page, string open, string other)
    {
        await TryAsync(page, open);
        await page.Locator($"[id$='-{other}'] .opblock-summary-control").PressAsync("Enter");
        await TryAsync(page, other);
        await Assertions.Expect(page.Locator(".errors-wrapper")).ToHaveCountAsync(0);
    }

    private static async Task TryAsync(IPage page, string operation)
    {
        var block = page.Locator($"[id$='-{operation}']");
        await block.GetByText("Try it out").PressAsync("Enter");
        await block.GetByText("Execute", new() { Exact = true }).PressAsync("Enter");
        await Assertions.Expect(block.Locator(".live-responses-table")).ToContainTextAsync(FoundSomething());
    }

    [GeneratedRegex("\"(totalItems|total_items)\": [1-9]")]
    private static partial Regex FoundSomething();
}
