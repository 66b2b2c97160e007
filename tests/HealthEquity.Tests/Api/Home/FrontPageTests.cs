using HealthEquity.Tests.Admin;
using HealthEquity.Tests.Admin.Pages;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Home;

/// <summary>The front page in a real browser: as one types, without script, wide and narrow, light and dark.</summary>
public sealed class FrontPageTests(DirectoryApi api)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    public async Task Results_come_while_typing_and_nothing_of_them_is_in_the_address(int width, ColorScheme scheme)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);

        await page.GotoAsync("/");
        await CheckAsync(page, width, "front");
        await page.Locator("#q").PressSequentiallyAsync("grief");
        await Assertions.Expect(page.Locator("#count")).ToContainTextAsync("found");
        await Assertions.Expect(page.Locator("article h2").First).ToHaveTextAsync("Harbor Counseling");
        await Assertions.Expect(page.Locator("article .phones a").First).ToHaveAttributeAsync("href", "tel:+12125550102");
        await CheckAsync(page, width, "front-found");

        await page.FillAsync("#q", "zzzzqqqq");
        await Assertions.Expect(page.Locator("#count")).ToContainTextAsync("Nothing matches");
        await Assertions.Expect(page.Locator("article h2").First).ToContainTextAsync("988");
        await CheckAsync(page, width, "front-nothing");
        Assert.Equal("/", new Uri(page.Url).PathAndQuery);

        await page.FillAsync("#q", "");
        await page.FillAsync("#near", "33101");
        await page.SelectOptionAsync("#kind", "provider");
        await page.ClickAsync("button");
        await Assertions.Expect(page.Locator("article h2").First).ToHaveTextAsync("Clínica del Sol");
        Assert.Equal("results", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Without_script_the_same_form_works_and_keeps_what_was_typed()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), JavaScriptEnabled = false });
        await page.GotoAsync("/");
        await page.FillAsync("#q", "grief");
        await page.SelectOptionAsync("#kind", "provider");
        await page.ClickAsync("button");
        await Assertions.Expect(page.Locator("article h2").First).ToHaveTextAsync("Harbor Counseling");
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("grief");
        await Assertions.Expect(page.Locator("#kind")).ToHaveValueAsync("provider");
        Assert.Equal("/", new Uri(page.Url).PathAndQuery);
    }

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

    private static async Task CheckAsync(IPage page, int width, string name)
    {
        var problems = new List<string>();
        await AccessibilityCheck.CheckAsync(page, $"{name} {width}", width, problems);
        Assert.Empty(problems);
    }
}
