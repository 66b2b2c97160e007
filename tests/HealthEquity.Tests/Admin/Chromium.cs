using HealthEquity.Store.Curators;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(HealthEquity.Tests.Admin.Chromium))]

namespace HealthEquity.Tests.Admin;

/// <summary>
/// The system's Chromium browser, started once for all browser tests, which are skipped if it is missing. Each test has isolated windows.
/// If the browser crashes, the next test starts another: a crash fails only the tests that it interrupts.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    // The headless shell opens pages faster, because it does not draw a window.
    private static readonly string[] Paths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    // With a new document for each page of a site, opening one takes a third more processor time. What V8 optimizes is thrown away with the page.
    // A second list of features replaces Playwright's, so what matters here of that list is named again.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--js-flags=--no-opt --no-maglev",
        "--disable-features=RenderDocument,AvoidUnnecessaryBeforeUnloadCheckSync,HttpsUpgrades,PaintHolding,ThirdPartyStoragePartitioning,Translate",
    ];

    /// <summary>The environment variable for a folder for screenshots.</summary>
    private const string PicturesVariable = "HEALTHEQUITY_TEST_PICTURES";

    private readonly SemaphoreSlim _turn = new(1);

    private IPlaywright? _playwright;

    private IBrowser? _browser;

    internal static async Task<BrowserWindows> OpenAsync()
    {
        Assert.SkipUnless(Paths.Any(File.Exists), $"No browser found at {string.Join(" or ", Paths)}.");
        var chromium = await TestContext.Current.GetFixture<Chromium>();
        return new BrowserWindows(await chromium!.StartedAsync());
    }

    public static async Task KeepPictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _turn.Dispose();
    }

    private async Task<IBrowser> StartedAsync()
    {
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_browser is not { IsConnected: true })
            {
                await StopAsync();
                Assertions.SetDefaultExpectTimeout(BrowserWindows.Patience);
                _playwright = await Playwright.CreateAsync();
                _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Paths.First(File.Exists), Args = Arguments });
            }

            return _browser;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask StopAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }
}

/// <summary>The browser windows of one test. Disposing closes them.</summary>
internal sealed class BrowserWindows(IBrowser browser) : IAsyncDisposable
{
    /// <summary>How long a busy machine may take for a step, in milliseconds.</summary>
    public const int Patience = 120_000;

    private readonly List<IBrowserContext> _opened = [];

    public async Task<IPage> NewPageAsync(BrowserNewPageOptions? options = null)
    {
        var page = await browser.NewPageAsync(options);
        _opened.Add(page.Context);
        page.SetDefaultTimeout(Patience);
        return page;
    }

    /// <summary>Opens a window of the console in which the curator has signed in.</summary>
    public async Task<IPage> SignInAsync(ConsoleHost host, Curator curator, bool javaScript = true, ViewportSize? size = null, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await NewPageAsync(new BrowserNewPageOptions { BaseURL = host.Address, JavaScriptEnabled = javaScript, ViewportSize = size, ColorScheme = scheme });
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#UserName", curator.UserName);
        await page.FillAsync("#Password", ConsoleHost.Password);
        await page.ClickAsync("main button");
        if (curator.TwoFactorEnabled)
        {
            await page.FillAsync("#Code", host.NextCode());
            await page.ClickAsync("main button");
        }

        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _opened)
        {
            await context.CloseAsync();
        }
    }
}
