using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Entries;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Editing a section of an entry in a real browser, narrow, with the keyboard.</summary>
public sealed class SectionBrowserTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    /// <summary>Whether an element is between the top of the window and the bar at its bottom.</summary>
    private const string IsInSight =
        """
        element => {
          const box = element.getBoundingClientRect();
          const bar = document.querySelector('.save-bar').getBoundingClientRect();
          return box.top >= 0 && box.bottom <= Math.min(bar.top, innerHeight) + 1;
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_section_is_edited_in_place_with_the_keyboard_at_320_pixels()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var id = await AddAsync(host);
        var page = await EntryBrowserTests.SignInAsync(host, browser, 320, ColorScheme.Light);
        var problems = new List<string>();
        await page.GotoAsync($"/entries/show/{id}");
        await AccessibilityCheck.CheckEveryShapeAsync(page, "entry", problems);
        await page.SetViewportSizeAsync(320, 800);
        await page.EvaluateAsync("window.here = true");

        await page.Locator("#s-contact [data-edit]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#s-contact .form-group h2")).ToBeFocusedAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.here"));
        await AccessibilityCheck.CheckEveryShapeAsync(page, "section", problems);
        await page.SetViewportSizeAsync(320, 800);

        // Every field that takes the focus stays above the bar.
        for (var n = 0; n < 30 && await page.EvaluateAsync<bool>("document.activeElement.closest('.save-bar') === null"); n++)
        {
            Assert.True(await page.EvaluateAsync<bool>($"({IsInSight})(document.activeElement)"), await page.EvaluateAsync<string>("document.activeElement.outerHTML"));
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Locator("#f-phones-0--number").FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("305-555-0199");
        await Assertions.Expect(page.Locator("#autosaved")).ToHaveTextAsync("Unsaved changes.");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/entries/show/{id}#s-contact$"));
        await Assertions.Expect(page.Locator("#s-contact")).ToContainTextAsync("(305) 555-0199");
        var entry = Assert.IsType<Organization>(EntryJson.Read((await host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, id, 2, Cancellation), Cancellation)).Body));
        Assert.Equal(("+13055550199", "We help."), (entry.Phones[0].Number, entry.Summary));
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Cancel_puts_the_section_back_and_keeps_what_was_typed_as_unsaved_changes()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var id = await AddAsync(host);
        var page = await EntryBrowserTests.SignInAsync(host, browser, 1280, ColorScheme.Light);
        await page.GotoAsync($"/entries/show/{id}");
        await page.ClickAsync("#s-contact [data-edit]");
        await page.WaitForSelectorAsync("#s-contact form");
        await page.ClickAsync("a[data-cancel]");
        await Assertions.Expect(page.Locator("#h-contact")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#s-contact")).ToContainTextAsync("(305) 555-0141");

        await page.ClickAsync("#s-contact [data-edit]");
        await page.FillAsync("#f-website", "https://red.example");
        await page.ClickAsync("a[data-cancel]");
        await Assertions.Expect(page.Locator(".unsaved")).ToContainTextAsync("You have unsaved changes");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_to_an_error_shows_the_label_and_the_message_and_focuses_the_field(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var id = await AddAsync(host);
        var page = await EntryBrowserTests.SignInAsync(host, browser, 320, ColorScheme.Dark, javaScript);
        await page.GotoAsync($"/entries/edit/{id}");
        await page.FillAsync("#f-phones-0--number", "call us between noon and midnight");
        await page.FillAsync("#f-yearIncorporated", "long ago");
        await page.ClickAsync("text=Save draft");
        await Assertions.Expect(page.Locator("#error-summary")).ToBeFocusedAsync();

        foreach (var field in new[] { "f-phones-0--number", "f-yearIncorporated" })
        {
            await page.ClickAsync($"#error-summary a[href='#{field}']");
            await Assertions.Expect(page.Locator($"#{field}")).ToBeFocusedAsync();
            foreach (var part in new[] { $"label[for='{field}']", $"#{field}-error", $"#{field}" })
            {
                Assert.True(await page.Locator(part).EvaluateAsync<bool>(IsInSight), $"{part} is out of sight");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Monday_is_copied_to_the_other_working_days(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var id = await AddAsync(host);
        var page = await EntryBrowserTests.SignInAsync(host, browser, 320, ColorScheme.Light, javaScript);
        await page.GotoAsync($"/entries/edit/{id}?section=hours");
        var monday = page.Locator("#f-hours-times-group .day", new PageLocatorOptions { HasText = "Monday" }).First;
        await monday.GetByLabel("Opens", new LocatorGetByLabelOptions { Exact = true }).FillAsync("08:30");
        await monday.GetByLabel("Closes", new LocatorGetByLabelOptions { Exact = true }).FillAsync("17:00");
        await page.FillAsync("#f-hours-timeZone", "Eastern");
        await page.ClickAsync("text=Copy Monday to Tuesday–Friday");
        await Assertions.Expect(page.Locator(".day input[type=time]:focus")).ToHaveValueAsync("08:30");
        var problems = new List<string>();
        if (javaScript)
        {
            await AccessibilityCheck.CheckEveryShapeAsync(page, "hours", problems);
        }

        await page.ClickAsync("text=Save draft");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/entries/show/{id}"));
        var entry = Assert.IsType<Organization>(EntryJson.Read((await host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, id, 2, Cancellation), Cancellation)).Body));
        Assert.Equal(5, entry.Hours!.Times.Count(t => t.Opens == new TimeOnly(8, 30) && t.Closes == new TimeOnly(17, 0)));
        Assert.Empty(problems);
    }

    private static Task<Guid> AddAsync(ConsoleHost host) => host.Database.TransactAsync(
        s => host.Stores.Entries.CreateAsync(
            s, new Organization { Name = "Red de Apoyo", Summary = "We help.", Phones = [new Phone { Number = "+13055550141" }] }, Actor.System("test"), null, null, Cancellation),
        Cancellation);
}
