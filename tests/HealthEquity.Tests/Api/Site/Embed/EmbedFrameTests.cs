using HealthEquity.Tests.Admin;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Embed;

/// <summary>The frame, for sites that refuse scripts of others.</summary>
public sealed class EmbedFrameTests(DirectoryApi api)
{
    [Theory]
    [InlineData("allow-forms", false)]
    [InlineData("allow-forms", true)]
    [InlineData("allow-forms allow-scripts allow-popups", true)]
    public async Task A_sandboxed_frame_finds_shows_and_reports(string sandbox, bool scripts)
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        await using var server = new LiveServer(node);
        var directory = await server.StartAsync();
        await using var host = new HostSite
        {
            Policy = $"default-src 'none'; frame-src {directory}",
            Body = $"<iframe src=\"{directory}/embed/list?lang=en&amp;near=33130&amp;theme=dark\" sandbox=\"{sandbox}\" title=\"Find help\" width=\"320\" height=\"700\"></iframe>",
        };
        var page = await host.OpenAsync(new() { JavaScriptEnabled = scripts });
        var frame = page.FrameLocator("iframe");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Someone to talk to" }).ClickAsync();
        await Assertions.Expect(frame.Locator(".card a[href^='tel:']").First).ToBeVisibleAsync();
        await Chromium.KeepPictureAsync(page, $"frame-{sandbox.Replace(' ', '-')}-{scripts}");
        await frame.GetByRole(AriaRole.Link, new() { Name = "Clínica del Sol", Exact = true }).ClickAsync();
        await frame.GetByRole(AriaRole.Link, new() { Name = "Report a problem" }).ClickAsync();
        await frame.Locator("input[value=closed]").CheckAsync();
        await frame.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await frame.GetByText("Thank you").WaitForAsync();
        await Assertions.Expect(frame.Locator("html")).ToHaveCSSAsync("color-scheme", "dark");
    }

    [Fact]
    public async Task Leave_empties_a_frame_that_may_not_leave()
    {
        await using var server = new LiveServer(await api.SharedAsync());
        var directory = await server.StartAsync();
        await using var host = new HostSite { Body = $"<iframe src=\"{directory}/embed/list?lang=en&amp;need=talk\" sandbox=\"allow-forms\" title=\"Find help\"></iframe>" };
        var page = await host.OpenAsync();
        var frame = page.FrameLocator("iframe");
        await frame.GetByRole(AriaRole.Link, new() { Name = "Leave" }).ClickAsync();
        await Assertions.Expect(frame.Locator("body")).ToHaveTextAsync("www.weather.gov");
    }

    [Fact]
    public async Task A_frame_tells_only_the_named_sites_how_high_it_is_in_steps()
    {
        await using var host = new HostSite { Body = "<script>const told = []; addEventListener('message', e => told.push(`${e.data.type} ${e.data.height % 200} ${e.data.height > 400}`));</script><iframe title=\"Find help\" sandbox=\"allow-forms allow-scripts allow-same-origin\"></iframe>" };
        var page = await host.OpenAsync();
        var origin = await page.EvaluateAsync<string>("location.origin");
        foreach (var (named, wanted) in new[] { ("https://www.riverside.example", ""), (origin, "health-directory:height 0 true") })
        {
            await using var server = new LiveServer(await api.OpenAsync(SampleDirectory.FillAsync, null, ("Site:HeightOrigins:0", named)));
            var directory = await server.StartAsync();
            await page.EvaluateAsync("address => { document.querySelector('iframe').src = address; }", $"{directory}/embed/list?lang=en");
            await page.FrameLocator("iframe").GetByRole(AriaRole.Heading, new() { Name = "What do you need?" }).WaitForAsync();
            if (wanted.Length > 0)
            {
                await page.WaitForFunctionAsync("() => told.length > 0");
            }

            Assert.Equal(wanted, await page.EvaluateAsync<string>("told[0] ?? ''"));
        }
    }
}
