using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Embed;

/// <summary>What a reader does in an embed besides searching, and how a site dresses it.</summary>
public sealed class EmbedUseTests(DirectoryApi api)
{
    [Fact]
    public async Task A_filter_a_copied_link_and_Leave_work_as_on_the_page()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = Embed(directory, "lang=\"en\" need=\"talk\"") };
        var page = await host.OpenAsync(
            new() { ViewportSize = new() { Width = 320, Height = 640 } },
            p => p.RouteAsync("https://www.weather.gov/**", r => r.FulfillAsync(new() { Body = "<title>Weather</title>", ContentType = "text/html" })));
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Assertions.Expect(page.Locator(".card")).ToHaveCountAsync(2);
        await page.Locator(".filters summary").First.ClickAsync();
        await page.GetByLabel("Free (1)").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show results" }).ClickAsync();
        await Assertions.Expect(page.Locator(".card h2 a")).ToHaveTextAsync(["Clínica del Sol"]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Assertions.Expect(page.Locator(".status")).ToHaveTextAsync("Link copied. It contains what you searched for.");
        Assert.StartsWith($"{directory}/en/find?", await page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Leave" }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Weather");
    }

    [Fact]
    public async Task When_the_connection_is_back_it_goes_on_by_itself()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = Embed(directory, "lang=\"en\" need=\"talk\"") };
        var page = await host.OpenAsync();
        var entry = page.GetByRole(AriaRole.Link, new() { Name = "Clínica del Sol", Exact = true });
        await entry.WaitForAsync();
        await page.Context.SetOfflineAsync(true);
        await entry.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(false);
        await page.Locator("article h1").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_site_gives_it_its_font_its_color_and_the_look_of_a_part()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite
        {
            Head = "<style>body{font-family:Georgia}health-directory{--health-directory-brand:#7a1f5c}health-directory::part(card){border-width:3px}</style>",
            Body = Embed(directory, "lang=\"en\" need=\"talk\""),
        };
        var page = await host.OpenAsync();
        await Assertions.Expect(page.Locator(".card").First).ToHaveCSSAsync("border-top-width", "3px");
        await Assertions.Expect(page.Locator(".card").First).ToHaveCSSAsync("font-family", "Georgia");
        await Assertions.Expect(page.Locator(".again .go")).ToHaveCSSAsync("background-color", "rgb(122, 31, 92)");
    }

    private static string Embed(string directory, string attributes) =>
        $"<script src=\"{directory}/embed.js\" async></script><health-directory {attributes}></health-directory>";
}
