namespace HealthEquity.Tests.Admin.Pages;

/// <summary>The check that other tests rely on finds what it must, each time and in each window.</summary>
public sealed class AccessibilityCheckTests
{
    [Theory]
    [InlineData("<p style='color: #999'>Pale text</p>", "color-contrast")]
    [InlineData("<p>Text with a <a href='/a' style='color: #00a; text-decoration: none'>dark link</a> in it</p>", "link-in-text-block")]
    [InlineData("<div style='height: 40px; overflow: auto'><p>One</p><p>Two</p><p>Three</p></div>", "scrollable-region-focusable")]
    [InlineData("<img src='data:,'>", "image-alt")]
    public async Task A_fault_is_reported_again_on_every_page_that_has_it(string fault, string rule)
    {
        await using var browser = await Chromium.OpenAsync();
        var page = await browser.NewPageAsync();
        for (var times = 0; times < 2; times++)
        {
            var (clean, faulty) = (new List<string>(), new List<string>());
            await page.SetContentAsync(Page("<p>Dark text</p>"));
            await AccessibilityCheck.CheckAsync(page, "clean", 1280, clean);
            await page.SetContentAsync(Page("<p>Dark text</p>" + fault));
            await AccessibilityCheck.CheckAsync(page, "faulty", 1280, faulty);
            Assert.Empty(clean);
            Assert.Contains(rule, Assert.Single(faulty));
        }
    }

    [Fact]
    public async Task A_fault_of_dark_narrow_windows_is_reported_for_these_only()
    {
        await using var browser = await Chromium.OpenAsync();
        var page = await browser.NewPageAsync();
        var problems = new List<string>();
        await page.SetContentAsync(Page("<style>@media (width < 400px) and (prefers-color-scheme: dark) { p { color: #999 } }</style><p>Text</p>"));
        await AccessibilityCheck.CheckEveryShapeAsync(page, "page", problems);
        Assert.StartsWith("page 320 Dark: color-contrast", Assert.Single(problems));
    }

    private static string Page(string content) =>
        $"<!DOCTYPE html><html lang='en'><head><title>A page</title></head><body style='background: #fff; color: #000'><main><h1>A page</h1>{content}</main></body></html>";
}
