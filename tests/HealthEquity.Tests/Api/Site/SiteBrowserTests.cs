using HealthEquity.Tests.Admin;
using HealthEquity.Tests.Admin.Pages;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site;

/// <summary>The public pages in a real browser: on a phone, without script, by keyboard, and left in a hurry.</summary>
public sealed class SiteBrowserTests(DirectoryApi api)
{
    [Fact]
    public async Task All_choices_and_988_are_on_the_first_screen_of_a_small_phone()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), ViewportSize = new() { Width = 320, Height = 640 } });
        foreach (var language in new[] { "en", "es", "zh-Hans", "ar" })
        {
            await page.GotoAsync($"/{language}");
            var lowest = await page.EvaluateAsync<double>(
                "Math.max(...[...document.querySelectorAll('.needs button, .sos a, #near, .languages summary')].map(e => e.getBoundingClientRect().bottom))");
            Assert.True(lowest <= 640, $"{language}: the last choice ends at {lowest} px.");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_number_to_call_is_one_tap_from_the_first_page_with_and_without_script(bool scripts)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), JavaScriptEnabled = scripts, ViewportSize = new() { Width = 320, Height = 640 } });
        var complaints = Complaints(page);
        await page.GotoAsync("/en");
        await page.FillAsync("#near", "33130");
        await page.ClickAsync("button[value=lawyer]");
        await Assertions.Expect(page.Locator(".card .acts a[href^='tel:']").First).ToBeVisibleAsync();
        Assert.Equal("/en/find", new Uri(page.Url).PathAndQuery);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Pages_are_accessible_in_four_languages_wide_and_narrow_light_and_dark()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var address = await server.StartAsync();
        var problems = new List<string>();
        foreach (var (language, width, scheme) in new[] { ("en", 320, ColorScheme.Light), ("es", 1280, ColorScheme.Dark), ("zh-Hans", 320, ColorScheme.Dark), ("ar", 1280, ColorScheme.Light) })
        {
            var page = await browser.NewPageAsync(new() { BaseURL = address, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
            foreach (var path in new[] { "", "/about", "/find?q=trauma&near=33130", "/find?q=zzqqzz", "/providers/clinica-del-sol", "/policy-actions/welcome-resolution", "/providers/clinica-del-sol/report", "/providers/closed-practice" })
            {
                await page.GotoAsync($"/{language}{path}");
                await AccessibilityCheck.CheckAsync(page, $"site {language}{path.Replace('/', ' ').Replace('?', ' ')} {width}", width, problems);
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public async Task Escape_three_times_replaces_the_page_and_leaves_nothing_to_go_back_to()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.RouteAsync("https://www.weather.gov/**", r => r.FulfillAsync(new() { Body = "<title>Weather</title>", ContentType = "text/html" }));
        await page.GotoAsync("/en/about");
        await page.GotoAsync("/en/providers/clinica-del-sol");
        for (var i = 0; i < 3; i++)
        {
            await page.Keyboard.PressAsync("Escape");
        }

        await Assertions.Expect(page).ToHaveTitleAsync("Weather");
        await page.GoBackAsync();
        Assert.EndsWith("/en/about", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_kept_in_the_browser()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        var hosts = new HashSet<string>();
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Host);
        await page.GotoAsync("/en");
        await page.ClickAsync("button[value=talk]");
        await page.GotoAsync("/en/providers/clinica-del-sol");
        Assert.Equal("0 0 ", await page.EvaluateAsync<string>("`${localStorage.length} ${sessionStorage.length} ${document.cookie}`"));
        Assert.Single(hosts);
    }

    private static List<string> Complaints(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }
}
