using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Admin;
using HealthEquity.Tests.Admin.Pages;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Fill;

/// <summary>Templates that are filled in in the browser: nothing leaves the page, and nothing stays.</summary>
public sealed class FillTests(DirectoryApi api)
{
    private static readonly string[] Templates =
    [
        "letter-of-inquiry-prosecutorial-discretion", "ocr-civil-rights-complaint", "welcoming-statement", "school-board-resolution", "family-emergency-plan", "encounter-protocol-template",
    ];

    private static readonly Lock Gate = new();
    private static Task<Node>? _node;

    [Fact]
    public async Task Each_template_has_a_blank_form_to_print_without_scripts()
    {
        var node = await NodeAsync();
        foreach (var slug in Templates)
        {
            var page = await node.Client.GetStringAsync($"/en/materials/{slug}/fill");
            Assert.Contains("<section class=\"fields\" hidden", page, StringComparison.Ordinal);
            Assert.Contains("<span class=\"blank\" data-field=", page, StringComparison.Ordinal);
            Assert.Contains("Print this page and fill it in by hand.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
            Assert.DoesNotContain("method=\"post\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", await node.Client.GetStringAsync($"/en/materials/{slug}"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await node.Client.GetAsync("/en/materials/know-your-rights-card/fill")).StatusCode);
        Assert.Equal("no-store", (await node.Client.GetAsync("/en/materials/welcoming-statement/fill")).Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_statement_for_the_wall_is_printed_in_large_type()
    {
        var node = await NodeAsync();
        Assert.Contains("<div class=\"large\">", await node.Client.GetStringAsync("/en/materials/welcoming-statement/fill?large=1"), StringComparison.Ordinal);
        Assert.Contains("<div class=\"papers large\">", await node.Client.GetStringAsync("/en/materials/welcoming-statement/fill?large=1&with=es"), StringComparison.Ordinal);
        Assert.DoesNotContain("large\">", await node.Client.GetStringAsync("/en/materials/welcoming-statement/fill"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_template_is_filled_in_in_each_of_its_languages_and_beside_the_English()
    {
        var node = await NodeAsync();
        foreach (var slug in Templates)
        {
            var languages = ((Material)StarterDirectory.Read().Single(s => s.Slug == slug).Entry).Editions.Select(e => e.Language).Where(l => l != "en").ToList();
            Assert.Contains("es", languages);
            foreach (var language in languages)
            {
                var page = await node.Client.GetStringAsync($"/{language}/materials/{slug}/fill?with=en");
                var papers = Regex.Matches(page, "<article class=\"form-text\" lang=\"([^\"]+)\".*?</article>", RegexOptions.Singleline);
                Assert.Equal([language, "en"], papers.Select(paper => paper.Groups[1].Value));
                var places = papers.Select(paper => string.Join(' ', Regex.Matches(paper.Value, "data-(?:field|part)=\"([^\"]+)").Select(place => place.Groups[1].Value))).ToList();
                Assert.NotEmpty(places[0]);
                Assert.Equal(places[0], places[1]);
                Assert.DoesNotContain("**", page, StringComparison.Ordinal);
                Assert.Contains("<p class=\"hint\" lang=\"en\" dir=\"ltr\">This is general information, not legal advice.</p>", page, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Without_scripts_a_blank_form_with_its_warning_goes_to_paper()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await NodeAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), JavaScriptEnabled = false });
        await page.GotoAsync("/es/materials/ocr-civil-rights-complaint/fill");
        await Assertions.Expect(page.Locator(".fields")).ToBeHiddenAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator(".form-text blockquote")).ToBeVisibleAsync();
        // What ends a line has room for handwriting: 60 mm.
        Assert.InRange((await page.Locator(".blank.rest:not(.long)").First.BoundingBoxAsync())!.Width, 226, 800);
    }

    [Fact]
    public async Task Every_template_that_is_sent_or_voted_on_keeps_its_warning_on_the_paper()
    {
        var node = await NodeAsync();
        foreach (var slug in Templates.Except(["welcoming-statement", "family-emergency-plan"]))
        {
            foreach (var language in new[] { "en", "es" })
            {
                Assert.Matches("<article class=\"form-text\"[^>]*><blockquote>\\s*<p><strong>", await node.Client.GetStringAsync($"/{language}/materials/{slug}/fill"));
            }
        }
    }

    [Fact]
    public async Task The_five_provisions_of_the_resolution_are_chosen_one_by_one_and_the_warning_stays()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await NodeAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.GotoAsync("/en/materials/school-board-resolution/fill");
        await page.FillAsync("#field-district", "Lincoln Unified");
        Task<string[]> ShownAsync() => page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-part]')].filter(p => p.getClientRects().length > 0).map(p => p.querySelector('strong').textContent)");
        Assert.Equal(["Access.", "No questions.", "Training and notice.", "Equal treatment.", "Help."], await ShownAsync());
        await page.UncheckAsync("#field-noStatusQuestions");
        await page.UncheckAsync("#field-assistancePlan");
        Assert.Equal(["Access.", "Training and notice.", "Equal treatment."], await ShownAsync());
        await Assertions.Expect(page.Locator(".form-text")).ToContainTextAsync("the Board of Education of Lincoln Unified resolves:");

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator(".form-text blockquote")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".fields")).ToBeHiddenAsync();
        Assert.Equal(["Access.", "Training and notice.", "Equal treatment."], await ShownAsync());
    }

    [Fact]
    public async Task Nothing_is_ticked_that_nobody_said()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await NodeAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.GotoAsync("/en/materials/ocr-civil-rights-complaint/fill");
        Assert.Equal(["☐", "☐", "☐", "☐", "☐", "☐", "☐"], await page.Locator("[data-check]").AllTextContentsAsync());
        await page.CheckAsync("#field-english");
        Assert.Equal(["☐", "☐", "☐", "☐", "☐", "☒", "☐"], await page.Locator("[data-check]").AllTextContentsAsync());
    }

    [Fact]
    public async Task A_statement_in_two_languages_is_filled_in_once()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await NodeAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.GotoAsync("/en/materials/welcoming-statement/fill?with=ar");
        await page.FillAsync("#field-organization", "Sun Clinic");
        Assert.Equal(["Sun Clinic", "Sun Clinic"], await page.Locator("[data-field=organization]").AllTextContentsAsync());
        Assert.Equal(["en", "ar"], await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.form-text')].map(p => p.lang)"));
    }

    [Fact]
    public async Task Filling_in_saving_and_clearing_makes_no_request_and_leaves_nothing_behind()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await NodeAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), AcceptDownloads = true });
        await page.GotoAsync("/en/about");
        await page.GotoAsync("/en/materials/letter-of-inquiry-prosecutorial-discretion/fill", new() { WaitUntil = WaitUntilState.NetworkIdle });
        var requests = new ConcurrentBag<string>();
        page.Request += (_, request) => requests.Add(request.Url);
        var (address, length) = (page.Url, await page.EvaluateAsync<int>("history.length"));

        await page.FillAsync("#field-name", "María Pérez");
        await page.FillAsync("#field-facts", "She sings.\nShe teaches.");
        await page.PressAsync("#field-title", "Enter");
        await page.CheckAsync("#field-withHealth");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(".save"));
        var saved = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("letter-of-inquiry-prosecutorial-discretion.txt", download.SuggestedFilename);
        Assert.StartsWith("Before you send this:", saved, StringComparison.Ordinal);
        Assert.Contains("I write as Your title of Your organization to ask about María Pérez", saved, StringComparison.Ordinal);
        Assert.Contains("She sings.\nShe teaches.", saved, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#fill-status")).ToHaveTextAsync("Still empty: Your title, Your organization, Attorney, telephone, e-mail, What you ask for");

        await page.ClickAsync(".clear");
        await Assertions.Expect(page.Locator("#fill-status")).ToHaveTextAsync("Everything is cleared.");
        Assert.DoesNotContain(requests, r => !r.StartsWith("blob:", StringComparison.Ordinal));
        Assert.Equal((address, length), (page.Url, await page.EvaluateAsync<int>("history.length")));
        Assert.Equal("0 0 0 ", await page.EvaluateAsync<string>("(async () => `${localStorage.length} ${sessionStorage.length} ${(await indexedDB.databases()).length} ${document.cookie}`)()"));

        await AssertEmptyAsync(page);
        await page.ReloadAsync();
        await AssertEmptyAsync(page);
        await page.GotoAsync("/en/about");
        await page.GoBackAsync();
        await AssertEmptyAsync(page);
    }

    [Fact]
    public async Task What_was_not_cleared_is_gone_after_leaving_the_page()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await NodeAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.GotoAsync("/en/materials/family-emergency-plan/fill");
        await page.FillAsync("#field-firstName", "Ana");
        await page.GotoAsync("/en/about");
        await page.GoBackAsync();
        await AssertEmptyAsync(page);
    }

    [Fact]
    public async Task Templates_are_accessible_in_four_languages()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await NodeAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await AccessibilityCheck.PrepareAsync(page);
        var problems = new List<string>();
        foreach (var (language, width, scheme) in new[] { ("en", 320, ColorScheme.Light), ("es", 1280, ColorScheme.Dark), ("zh-Hans", 320, ColorScheme.Dark), ("ar", 1280, ColorScheme.Light) })
        {
            await AccessibilityCheck.ShapeAsync(page, width, scheme);
            foreach (var slug in Templates)
            {
                await page.GotoAsync($"/{language}/materials/{slug}/fill");
                await AccessibilityCheck.CheckAsync(page, $"fill {language} {slug}", width, problems);
                if (await page.EvaluateAsync<bool>("[...document.querySelectorAll('.form-text')].some(paper => paper.scrollWidth > paper.clientWidth)"))
                {
                    problems.Add($"fill {language} {slug}: cut off at {width} px");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    private static async Task AssertEmptyAsync(IPage page)
    {
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.querySelectorAll('input[type=text], input[type=date], textarea')].map(i => i.value).join('')"));
        Assert.Equal(0, await page.Locator(".blank.filled").CountAsync());
    }

    private Task<Node> NodeAsync()
    {
        lock (Gate)
        {
            return _node ??= api.OpenAsync(async node =>
            {
                foreach (var starter in StarterDirectory.Read().Where(s => s.Entry is Material))
                {
                    await node.PublishAsync(starter.Entry, starter.Slug);
                }
            });
        }
    }
}
