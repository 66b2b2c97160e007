using Microsoft.Playwright;

namespace HealthEquity.Tests.ConsoleTests;

/// <summary>Debian's own browser; tests that need it say so where it is missing.</summary>
internal static class Chromium
{
    private const string Path = "/usr/bin/chromium";

    /// <summary>A folder to leave pictures of the pages in, for people to look at.</summary>
    private const string PicturesVariable = "HEALTHEQUITY_TEST_PICTURES";

    public static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Path), $"there is no browser at {Path}");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Path, Args = ["--no-sandbox"] });
        return (playwright, browser);
    }

    public static async Task KeepPictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = System.IO.Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
