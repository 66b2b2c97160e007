using HealthEquity.Tests.Admin;
using HealthEquity.Tests.Admin.Pages;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Policy;

/// <summary>The pages about policy in a real browser.</summary>
public sealed class PolicyBrowserTests(DirectoryApi api)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_official_goes_from_the_list_to_a_place_and_compares_it(bool scripts)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), JavaScriptEnabled = scripts });
        await page.GotoAsync("/en");
        await page.ClickAsync("footer a[href$='/policy']");
        await page.SelectOptionAsync("select[name=theme]", "sanctuary");
        await page.ClickAsync("form.choices button");
        await page.ClickAsync("text=Pass a welcoming resolution");
        await page.ClickAsync("text=Los Angeles Unified School District");
        await page.ClickAsync("text=Compare two places");
        Assert.Equal("los-angeles-unified-school-district-ca", await page.InputValueAsync("select[name=first]"));
        await page.SelectOptionAsync("select[name=second]", "albany-ny");
        await page.ClickAsync("form.choices button");
        await Assertions.Expect(page.Locator("table.grid tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_happened_is_folded_on_the_screen_and_stands_on_paper()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.GotoAsync("/en/policy/places/california-ca");
        var happened = page.GetByText("Oct 5, 2017: In force");
        await Assertions.Expect(happened).ToBeHiddenAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(happened).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_model_text_is_copied_as_words()
    {
        await using var browser = await Chromium.OpenAsync();
        var node = await api.OpenAsync(n => n.PublishAsync(SampleDirectory.Welcome with { ModelText = new() { Version = "1", Text = "**Resolved**, that all are welcome." } }, "welcome"));
        await using var server = new LiveServer(node);
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync("/en/policy-actions/welcome");
        await page.ClickAsync("text=Copy the text");
        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync("Text copied.");
        Assert.Equal("Resolved, that all are welcome.", (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Trim());
    }

    [Fact]
    public async Task Pages_about_policy_are_accessible_in_four_languages_wide_and_narrow_light_and_dark()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await AccessibilityCheck.PrepareAsync(page);
        var problems = new List<string>();
        foreach (var (language, width, scheme) in new[] { ("en", 320, ColorScheme.Light), ("es", 1280, ColorScheme.Dark), ("zh-Hans", 320, ColorScheme.Dark), ("ar", 1280, ColorScheme.Light) })
        {
            await AccessibilityCheck.ShapeAsync(page, width, scheme);
            foreach (var path in new[] { "", "/places", "/places/california-ca", "/matrix", "/compare?first=california-ca&second=albany-ny", "/next?level=city", "/codebook", "?asOf=no" })
            {
                await page.GotoAsync($"/{language}/policy{path}");
                await AccessibilityCheck.CheckAsync(page, $"policy {language}{path.Replace('/', ' ').Replace('?', ' ')} {width}", width, problems);
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }
}
