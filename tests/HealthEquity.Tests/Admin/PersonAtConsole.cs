using System.Collections.Concurrent;
using HealthEquity.Admin.SignIn;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin;

/// <summary>A user with a browser and an authenticator app.</summary>
internal sealed class PersonAtConsole(ConsoleHost host, IPage page, string name)
{
    private string _secret = "";

    public IPage Page => page;

    /// <summary>Content Security Policy violations.</summary>
    public ConcurrentBag<string> Stopped { get; } = [];

    /// <summary>The sign-in name.</summary>
    public string UserName => $"{name}@health.example";

    public static async Task<PersonAtConsole> ArriveAsync(ConsoleHost host, BrowserWindows browser, string name, bool javaScript)
    {
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = host.Address,
            JavaScriptEnabled = javaScript,
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
        });
        var person = new PersonAtConsole(host, page, name);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                person.Stopped.Add(message.Text);
            }
        };
        return person;
    }

    /// <summary>Completes a setup link: chooses a password and, if the role requires it, sets up the authenticator app.</summary>
    public async Task SetUpAsync(string link, Func<Task>? atEnrollment = null, Func<Task>? atCodes = null)
    {
        await page.GotoAsync(link);
        if (await page.Locator("#UserName").CountAsync() > 0)
        {
            await page.FillAsync("#DisplayName", name);
            await page.FillAsync("#UserName", UserName);
        }

        await page.FillAsync("#Password", ConsoleHost.Password);
        await page.FillAsync("#Repeated", ConsoleHost.Password);
        await PressAsync("Set up account");
        await Assertions.Expect(page.Locator("#Repeated")).ToHaveCountAsync(0);
        // Reviewers and administrators must set up the authenticator app first.
        if (await page.Locator(".secret").CountAsync() > 0)
        {
            await (atEnrollment?.Invoke() ?? Task.CompletedTask);
            _secret = (await page.TextContentAsync(".secret"))!.Replace(" ", "", StringComparison.Ordinal);
            await page.FillAsync("#Code", NextCode());
            await PressAsync("Turn on");
            await (atCodes?.Invoke() ?? Task.CompletedTask);
            await page.ClickAsync("text=I saved these codes");
        }

        await SeesAsync("Today");
    }

    public async Task SignInAsync()
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#UserName", UserName);
        await page.FillAsync("#Password", ConsoleHost.Password);
        await PressAsync("Sign in");
        if (_secret.Length > 0)
        {
            await page.FillAsync("#Code", NextCode());
            await PressAsync("Continue");
        }

        await SeesAsync("Today");
    }

    public async Task SignOutAsync()
    {
        await page.GotoAsync("/");
        await page.ClickAsync("text=Sign out");
        await SeesAsync("Sign in");
    }

    /// <summary>Clicks a button.</summary>
    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    /// <summary>Waits for a page heading.</summary>
    public Task SeesAsync(string heading) => Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(heading);

    /// <summary>Waits for a text on the page.</summary>
    public Task ReadsAsync(string text) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(text);

    // Each code works only once.
    private string NextCode()
    {
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        return AuthenticatorCodes.CodeAt(_secret, host.Clock.GetUtcNow());
    }
}
