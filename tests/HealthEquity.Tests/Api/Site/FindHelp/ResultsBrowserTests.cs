using HealthEquity.Tests.Admin;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.FindHelp;

/// <summary>What a reader does with results, on a small phone with and without scripts.</summary>
public sealed class ResultsBrowserTests(DirectoryApi api)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tag_is_removed_and_a_filter_chosen_without_losing_the_question(bool scripts)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await OpenAsync(browser, server, scripts);
        await page.GotoAsync("/en");
        await page.FillAsync("#near", "33130");
        await page.Locator("details.ask summary").ClickAsync();
        await page.FillAsync("#q", "free counseling in Spanish");
        await page.ClickAsync(".ask .go");
        await Assertions.Expect(page.Locator(".tags li bdi")).ToHaveTextAsync(["Mental health care", "Spanish", "Free"]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Free" }).ClickAsync();
        await Assertions.Expect(page.Locator(".tags li bdi")).ToHaveTextAsync(["Mental health care", "Spanish"]);
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("free counseling in Spanish");
        await Assertions.Expect(page.Locator("#near")).ToHaveValueAsync("33130");

        await page.Locator(".filters summary").First.ClickAsync();
        await page.GetByLabel("Haitian Creole (1)").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show results" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("1 result near 33130");
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("free counseling in Spanish");
        Assert.EndsWith("/en/find", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Focus_and_scroll_are_at_the_top_of_results_and_more_are_added_below()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        var page = await OpenAsync(browser, server, scripts: true);
        await page.GotoAsync("/en");
        await page.ClickAsync("button[value=lawyer]");
        // The heading has the focus, so that screen readers say how many there are.
        await Assertions.Expect(page.Locator("h1#results")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("h1#results")).ToContainTextAsync(" results");
        Assert.Equal(0, await page.EvaluateAsync<int>("scrollY"));

        await Assertions.Expect(page.Locator(".card")).ToHaveCountAsync(20);
        await page.ClickAsync("form.more button");
        await Assertions.Expect(page.Locator(".card").Nth(20).Locator("h2 a")).ToBeFocusedAsync();
        Assert.True(await page.EvaluateAsync<int>("scrollY") > 1000, "the reader's place was lost");
        Assert.EndsWith("/en/find", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggestions_leave_988_within_reach_and_lie_above_it()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        var page = await OpenAsync(browser, server, scripts: true);
        await page.GotoAsync("/en");
        await page.Locator("details.ask summary").ClickAsync();
        await page.Locator("#q").PressSequentiallyAsync("immig");
        await Assertions.Expect(page.Locator(".box li").First).ToBeInViewportAsync(new() { Ratio = 1 });
        var bar = (await page.Locator("body>.sos").BoundingBoxAsync())!;
        var list = (await page.Locator(".box ul").BoundingBoxAsync())!;
        Assert.True(list.Y + list.Height <= bar.Y, $"the list ends at {list.Y + list.Height}, and the bar begins at {bar.Y}");
        Assert.True(bar.Y + bar.Height <= 640, $"the bar ends at {bar.Y + bar.Height}");
    }

    private static async Task<IPage> OpenAsync(BrowserWindows browser, LiveServer server, bool scripts) =>
        await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), JavaScriptEnabled = scripts, ViewportSize = new() { Width = 320, Height = 640 } });
}
