using System.Text.RegularExpressions;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Tests.Admin;
using HealthEquity.Tests.Admin.Pages;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site;

/// <summary>The public pages in a real browser: on a phone, without script, by keyboard, and left in a hurry.</summary>
public sealed class SiteBrowserTests(DirectoryApi api)
{
    [Fact]
    public async Task All_choices_the_place_the_languages_and_988_are_on_the_first_screen_of_a_small_phone_in_every_language()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), ViewportSize = new() { Width = 320, Height = 640 } });
        foreach (var language in SiteTexts.Languages)
        {
            await page.GotoAsync($"/{language}");
            var problem = await page.EvaluateAsync<string?>(
                """
                () => {
                  const bar = document.querySelector('.sos').getBoundingClientRect();
                  const hidden = [...document.querySelectorAll('.needs button, #near, .languages summary, .leave')].filter(e => e.getBoundingClientRect().bottom > bar.top);
                  return hidden.length ? hidden.map(e => `${e.textContent} ends at ${e.getBoundingClientRect().bottom}, the bar begins at ${bar.top}`).join()
                    : Math.round(bar.bottom) !== 640 ? `988 ends at ${bar.bottom}`
                    : document.documentElement.scrollWidth > 320 ? 'wider than the screen' : null;
                }
                """);
            Assert.True(problem is null, $"{language}: {problem}");
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

    /// <summary>Every page and every state that a page can be in: an address, and what is done there.</summary>
    private static readonly (string Name, string Path, Func<IPage, Task>? Act)[] States =
    [
        ("first", "", null),
        ("languages", "", p => p.ClickAsync(".languages summary")),
        ("suggestions", "", async p =>
        {
            await p.ClickAsync("button[value=else]");
            await p.Locator("#q").PressSequentiallyAsync("harbor");
            await p.GetByRole(AriaRole.Option).First.WaitForAsync();
            await p.Keyboard.PressAsync("ArrowDown");
        }),
        ("place unknown", "/find?q=trauma&near=Qzxqzx", null),
        ("results", "/find?q=trauma&near=33130", null),
        ("results filtered", "/find?q=counseling&cost=free", p => p.EvaluateAsync("document.querySelectorAll('.filters').forEach(fold => { fold.open = true; })")),
        ("results languages", "/find?q=trauma", p => p.ClickAsync(".languages summary")),
        ("danger", "/find?q=quiero+morir", null),
        ("other towns", "/find?q=lawyer+springfield", null),
        ("nothing found", "/find?q=zzqqzz&cost=medicare", null),
        ("provider", "/providers/clinica-del-sol", null),
        ("attorney", "/attorneys/ana-abogada", null),
        ("organization", "/organizations/rapid-response-florida", null),
        ("material", "/materials/family-plan", null),
        ("event", "/events/workshop-miami", null),
        ("policy action", "/policy-actions/welcome-resolution", null),
        ("curated list", "/lists/lincoln-families", null),
        ("report", "/providers/clinica-del-sol/report", null),
        ("report refused", "/providers/clinica-del-sol/report", p => p.ClickAsync("button.go")),
        ("about", "/about", null),
        ("taken down", "/providers/closed-practice", null),
        ("missing", "/providers/nobody", null),
        ("no page", "/nothing/here", null),
    ];

    // Controls lower than 44 px; links within a sentence, names above a card's buttons and what a wide page only shows are none.
    private const string SmallTargets =
        """
        () => [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea, .acts a, .nums a, .leave, .home, .languages a, .lines a, footer a')]
          .map(e => [e, (e.matches('[type=checkbox], [type=radio]') && e.closest('label') || e).getBoundingClientRect(), getComputedStyle(e)])
          .filter(([e, box, style]) => box.height > 1 && Math.round(box.height) < 44 && style.pointerEvents !== 'none' && e.checkVisibility({ checkVisibilityCSS: true }) && !e.closest('.hidden'))
          .map(([e, box]) => `${e.outerHTML.slice(0, 80)} (${Math.round(box.height)} px)`)
        """;

    [Theory]
    [InlineData("en", 320, ColorScheme.Light)]
    [InlineData("es", 1280, ColorScheme.Dark)]
    [InlineData("zh-Hans", 320, ColorScheme.Dark)]
    [InlineData("ar", 1280, ColorScheme.Light)]
    public async Task Every_page_is_accessible_in_every_state(string language, int width, ColorScheme scheme)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var problems = new List<string>();
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
        await AccessibilityCheck.PrepareAsync(page);
        foreach (var (name, path, act) in States)
        {
            await page.GotoAsync($"/{language}{path}");
            if (act is not null)
            {
                await act(page);
            }

            await AccessibilityCheck.CheckAsync(page, $"site {name} {language} {width}", width, problems);
            problems.AddRange((await page.EvaluateAsync<string[]>(SmallTargets)).Select(t => $"{name} {language} {width}: {t} is smaller than a finger"));
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leave_or_Escape_three_times_replaces_the_page_and_leaves_nothing_to_go_back_to(bool byKeyboard)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.RouteAsync("https://www.weather.gov/**", r => r.FulfillAsync(new() { Body = "<title>Weather</title>", ContentType = "text/html" }));
        await page.GotoAsync("/en/about");
        await page.GotoAsync("/en/providers/clinica-del-sol");
        for (var i = 0; byKeyboard && i < 3; i++)
        {
            await page.Keyboard.PressAsync("Escape");
        }

        if (!byKeyboard)
        {
            await page.ClickAsync("a.leave");
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

    [Fact]
    public async Task Suggestions_are_chosen_by_keyboard_and_what_was_typed_stands_in_no_address()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        var complaints = Complaints(page);
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(new Uri(request.Url).PathAndQuery);
        await page.GotoAsync("/en");
        await page.ClickAsync("button[value=else]");
        var box = page.GetByRole(AriaRole.Combobox);
        await box.PressSequentiallyAsync("harbor");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveTextAsync(["Harbor Counseling"]);
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-expanded", "true");
        await Assertions.Expect(page.Locator(".box [role=status]")).ToHaveTextAsync("1 suggestion");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await box.FillAsync("harbor c");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-activedescendant", "suggestion-0");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/providers/harbor-counseling$"));
        Assert.DoesNotContain(addresses, a => a.Contains("harbor ", StringComparison.Ordinal) || a.Contains("?q", StringComparison.Ordinal));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_late_answer_keeps_the_suggestion_that_was_chosen_meanwhile()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.GotoAsync("/en");
        await page.ClickAsync("button[value=else]");
        var box = page.GetByRole(AriaRole.Combobox);
        await box.FillAsync("harbor");
        var option = page.GetByRole(AriaRole.Option).First;
        await option.EvaluateAsync("option => { option.dataset.early = 'yes'; }");
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/suggest", async route =>
        {
            asked.TrySetResult();
            await answered.Task;
            await route.ContinueAsync();
        });

        await box.PressSequentiallyAsync(" c");
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await box.PressAsync("ArrowDown");
        answered.SetResult();

        await Assertions.Expect(page.Locator("[data-early]")).ToHaveCountAsync(0);
        await Assertions.Expect(option).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-activedescendant", "suggestion-0");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enter_searches_for_what_was_typed_and_not_for_the_first_choice(bool scripts)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), JavaScriptEnabled = scripts });
        await page.GotoAsync("/en");
        await page.FillAsync("#near", "33130");
        await page.PressAsync("#near", "Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("What do you need?");
        await Assertions.Expect(page.Locator("#near")).ToHaveValueAsync("33130");
        await page.FillAsync("#q", "trauma");
        await page.PressAsync("#q", "Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("1 result near 33130");
    }

    [Fact]
    public async Task The_QR_code_of_an_entry_leads_to_its_page_on_the_host_that_was_asked()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), ViewportSize = new() { Width = 1280, Height = 800 } });
        await page.GotoAsync("/es/providers/clinica-del-sol");
        Assert.Equal("http://localhost/es/providers/clinica-del-sol", await QrReader.ReadAsync(page, "img.qr"));
    }

    [Fact]
    public async Task Nothing_on_a_page_moves_after_it_is_shown()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), ViewportSize = new() { Width = 320, Height = 640 } });
        await page.AddInitScriptAsync("window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { window.moved += e.value; })).observe({ type: 'layout-shift', buffered: true })");
        foreach (var path in new[] { "/en", "/ar", "/en/find?q=trauma&near=33130", "/es/providers/clinica-del-sol", "/en/about" })
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            Assert.Equal(0, await page.EvaluateAsync<double>("window.moved"));
        }
    }

    private static List<string> Complaints(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }
}
