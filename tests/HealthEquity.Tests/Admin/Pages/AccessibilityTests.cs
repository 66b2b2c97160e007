using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Curators;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>The pages in a real browser, wide and narrow, light and dark: nothing for axe to find, nothing wider than the screen, and the focus always visible.</summary>
public sealed class AccessibilityTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    internal static readonly string[] Pages =
    [
        "/", "/account", "/account/password", "/account/two-factor", "/account/sessions", "/curators", "/curators/add", "/partners", "/settings", "/settings/site",
        "/vocabularies", "/vocabularies/tag", "/vocabularies/tag/sample", "/expressions", "/audit", "/no-such-page",
    ];

    [Fact]
    public async Task All_administration_pages_are_accessible()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        await host.AddCuratorAsync(CuratorRole.Administrator, "dolores.hernandez-villanueva@health.county.example");
        var curator = await host.AddCuratorAsync(CuratorRole.Administrator);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { BaseURL = host.Address });
        await AccessibilityCheck.PrepareAsync(page);
        var problems = new List<string>();
        Task CheckAsync(string name) => AccessibilityCheck.CheckEveryShapeAsync(page, name.Trim('/').Replace('/', '-'), problems);

        await page.GotoAsync("/sign-in");
        await CheckAsync("sign-in");
        await page.FillAsync("#UserName", curator.UserName);
        await page.FillAsync("#Password", "not the password");
        await page.ClickAsync("main button");
        await Assertions.Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        await CheckAsync("sign-in-failed");
        await page.FillAsync("#UserName", curator.UserName);
        await page.FillAsync("#Password", ConsoleHost.Password);
        await page.ClickAsync("main button");
        await CheckAsync("sign-in-code");
        await page.FillAsync("#Code", host.NextCode());
        await page.ClickAsync("main button");
        foreach (var path in Pages)
        {
            await page.GotoAsync(path);
            await CheckAsync(path.Length == 1 ? "today" : path);
            await FocusCheck.CheckAsync(page, path, problems);
        }

        await page.GotoAsync("/settings");
        await page.FillAsync("#Input_TimeZone", "Nowhere");
        await page.ClickAsync("text=Save settings");
        await CheckAsync("settings-failed");
        Assert.Empty(problems);
    }

    [Fact]
    public async Task The_accessibility_check_can_fail()
    {
        await using var browser = await Chromium.OpenAsync();
        var page = await browser.NewPageAsync();
        await page.SetContentAsync("<html lang=en><title>x</title><main><h1>x</h1><img src=x><p style='color:#ccc;background:#fff'>faint</p><div style='width:2000px'>wide</div></main>");
        var problems = new List<string>();
        await AccessibilityCheck.CheckEveryShapeAsync(page, "bad", problems);
        Assert.Contains(problems, p => p.StartsWith("bad 1280 Light: image-alt at <img", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("bad 320 Light: color-contrast at <p", StringComparison.Ordinal));
        Assert.Contains("bad 320 Dark is wider than 320", problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_administrator_completes_setup(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = host.Address,
            JavaScriptEnabled = javaScript,
            ViewportSize = new ViewportSize { Width = javaScript ? 1280 : 320, Height = 800 },
        });
        await page.GotoAsync($"/set-up?token={await host.CreateFirstLinkAsync()}");
        await page.FillAsync("#DisplayName", "Ana Ruiz");
        await page.FillAsync("#UserName", "ana@health.example");
        await page.FillAsync("#Password", "Password2024!");
        await page.FillAsync("#Repeated", "Password2024!");
        await page.ClickAsync("main form button");
        await Chromium.KeepPictureAsync(page, $"set-up-failed-{javaScript}");
        Assert.Contains("less common", await page.TextContentAsync("#Password-error"), StringComparison.Ordinal);

        await page.FillAsync("#Password", ConsoleHost.Password);
        await page.FillAsync("#Repeated", ConsoleHost.Password);
        await page.ClickAsync("main form button");
        await Chromium.KeepPictureAsync(page, $"enroll-{javaScript}");
        var secret = (await page.TextContentAsync(".secret"))!.Replace(" ", "", StringComparison.Ordinal);
        await page.FillAsync("#Code", AuthenticatorCodes.CodeAt(secret, host.Clock.GetUtcNow()));
        await page.ClickAsync("text=Turn on");
        await Chromium.KeepPictureAsync(page, $"recovery-codes-{javaScript}");
        Assert.Equal(10, await page.Locator(".codes li").CountAsync());
        await page.ClickAsync("text=I saved these codes");
        Assert.Equal("Today", await page.TextContentAsync("h1"));
        await page.ClickAsync("text=Sign out");
        Assert.Equal("Sign in", await page.TextContentAsync("h1"));
    }
}
