using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Tests.Admin;
using HealthEquity.Tests.Admin.Pages;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Embed;

/// <summary>The page on which web teams build the code for their site.</summary>
public sealed partial class EmbedBuilderTests(DirectoryApi api)
{
    [Fact]
    public async Task It_writes_the_code_for_what_was_chosen()
    {
        var page = await (await api.SharedAsync()).Client.GetStringAsync("/en/embed?need=lawyer&near=33130&lang=es&kinds=attorney&kinds=organization&page-size=5&theme=&state=&radius=");
        var code = Code().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        const string Element = "<health-directory lang=\"es\" need=\"lawyer\" kinds=\"attorney organization\" near=\"33130\" page-size=\"5\"></health-directory>";
        Assert.Equal($"<script src=\"http://localhost/embed.js\" async></script>\n{Element}", code[0]);
        Assert.Equal(
            """
            <iframe src="http://localhost/embed/list?lang=es&amp;need=lawyer&amp;kinds=attorney%20organization&amp;near=33130&amp;page-size=5" title="Find help – HealthEquity"
              width="100%" height="800" loading="lazy" referrerpolicy="no-referrer" allow="clipboard-write"
              sandbox="allow-forms allow-scripts allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>
            """,
            code[1]);
        Assert.Equal("[health_directory lang=\"es\" need=\"lawyer\" kinds=\"attorney organization\" near=\"33130\" page-size=\"5\"]", code[3]);
        Assert.Equal(Element, code[5]);
        Assert.Equal("script-src http://localhost\nconnect-src http://localhost\nframe-src http://localhost", code[6]);
    }

    [Fact]
    public async Task Choices_a_county_and_a_list_are_chosen_there_too()
    {
        var client = (await api.SharedAsync()).Client;
        var page = await client.GetStringAsync("/en/embed?needs=lawyer&needs=talk&state=FL&county=Miami-Dade&list=lincoln-families");
        Assert.Contains("<option value=\"lincoln-families\" selected", page, StringComparison.Ordinal);
        Assert.Contains("name=\"needs\" value=\"talk\" checked", page, StringComparison.Ordinal);
        var code = Code().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        Assert.Equal("<health-directory list=\"lincoln-families\" needs=\"lawyer talk\" state=\"FL\" county=\"FL:Miami-Dade County\"></health-directory>", code[5]);
        var frame = WebUtility.HtmlDecode(FrameAddress().Match(code[1]).Groups[1].Value);
        Assert.Contains("Help for Lincoln families", await client.GetStringAsync(new Uri(new Uri(frame).PathAndQuery, UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("county: “Nowhere” cannot be used.", await client.GetStringAsync("/en/embed?state=FL&county=Nowhere"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_typed_there_can_become_markup()
    {
        var page = await (await api.SharedAsync()).Client.GetStringAsync("/en/embed?near=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("near=&quot;&amp;quot;&amp;gt;&amp;lt;script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_chosen_is_seen_at_once_and_copied()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        var page = await browser.NewPageAsync(new() { BaseURL = directory });
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.AddInitScriptAsync(HostSite.OpenShadows);
        await page.GotoAsync("/en/embed");
        await page.Locator("health-directory h1", new() { HasText = "What do you need?" }).WaitForAsync();
        await page.Locator("#need").SelectOptionAsync("talk");
        await page.Locator("health-directory .card").First.WaitForAsync();
        await page.Locator("#lang").SelectOptionAsync("es");
        await page.Locator("health-directory").GetByRole(AriaRole.Link, new() { Name = "Clínica El Sol", Exact = true }).WaitForAsync();
        await page.Locator(".code button").First.ClickAsync();
        await Assertions.Expect(page.Locator("p[role=status]").First).ToHaveTextAsync("Copied");
        Assert.Matches(
            "^<script src=\"http://[a-z0-9.:]+/embed.js\" async></script>\n<health-directory lang=\"es\" need=\"talk\"></health-directory>$",
            await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task It_is_accessible_in_four_languages()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await AccessibilityCheck.PrepareAsync(page);
        await page.AddInitScriptAsync(HostSite.OpenShadows);
        var problems = new List<string>();
        foreach (var (language, width, scheme) in new[] { ("en", 320, ColorScheme.Light), ("es", 1280, ColorScheme.Dark), ("zh-Hans", 320, ColorScheme.Dark), ("ar", 1280, ColorScheme.Light) })
        {
            await AccessibilityCheck.ShapeAsync(page, width, scheme);
            await page.GotoAsync($"/{language}/embed?need=talk&state=Florida");
            await page.Locator("health-directory h1").WaitForAsync();
            await AccessibilityCheck.CheckAsync(page, $"embed builder {language} {width}", width, problems);
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [GeneratedRegex("src=\"([^\"]+)")]
    private static partial Regex FrameAddress();

    [GeneratedRegex("<pre[^>]*>([^<]*)</pre>")]
    private static partial Regex Code();
}
