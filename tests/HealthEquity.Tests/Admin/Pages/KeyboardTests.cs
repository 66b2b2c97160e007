using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Using the console with only the keyboard: everything is reachable, and the focus is always visible.</summary>
public sealed class KeyboardTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_Tab_key_visits_everything_and_then_leaves_the_page()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Administrator));
        await page.GotoAsync("/vocabularies");
        var problems = new List<string>();
        var stops = await FocusCheck.CheckAsync(page, "vocabularies", problems);
        Assert.Empty(problems);

        await page.ReloadAsync();
        for (var n = 0; n < stops; n++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.NotEqual("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        }

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_items_are_added_moved_and_removed_by_keyboard_and_keep_the_focus(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var id = await host.Database.TransactAsync(
            s => host.Stores.Entries.CreateAsync(s, new Organization { Name = "Red de Apoyo" }, Actor.System("test"), null, null, Cancellation), Cancellation);
        var page = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Curator), javaScript);
        await page.GotoAsync($"/entries/edit/{id}");
        async Task PressAsync(string button)
        {
            await page.Locator($"button:has-text('{button}')").First.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }

        await PressAsync("Add a phone number");
        await Assertions.Expect(page.Locator("#f-phones-0--number")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("+13055550141");
        await PressAsync("Add another phone number");
        await Assertions.Expect(page.Locator("#f-phones-1--number")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("+13055550142");
        await PressAsync("Move up: Phone number 2");
        await Assertions.Expect(page.Locator("#f-phones-0--number")).ToHaveValueAsync("(305) 555-0142");
        await Assertions.Expect(page.Locator("#f-phones-0--number")).ToBeFocusedAsync();
        await PressAsync("Remove: Phone number 1");
        await Assertions.Expect(page.Locator("#f-phones-0--number")).ToHaveValueAsync("(305) 555-0141");
        await Assertions.Expect(page.Locator("#f-phones-0--number")).ToBeFocusedAsync();
        await PressAsync("Remove: Phone number 1");
        await Assertions.Expect(page.Locator("#f-phones-group")).ToBeFocusedAsync();
        await page.FillAsync("#f-name", "");
        await PressAsync("Save draft");
        await Assertions.Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_menu_takes_one_line_and_opens_without_scripts(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var page = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Administrator), javaScript);
        var audit = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Audit log" });
        await Assertions.Expect(audit).ToBeHiddenAsync();
        var wide = await page.Locator("nav.main").BoundingBoxAsync();
        Assert.True(wide!.Height <= 56, $"The navigation is {wide.Height} px high at 1280 px.");
        var administration = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Administration" });
        await administration.PressAsync("Enter");
        await Assertions.Expect(audit).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(audit).ToBeHiddenAsync();

        await page.SetViewportSizeAsync(320, 640);
        await Assertions.Expect(administration).ToBeHiddenAsync();
        var box = await page.Locator("nav.main").BoundingBoxAsync();
        Assert.True(box!.Height <= 56, $"The navigation is {box.Height} px high.");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Menu" }).PressAsync("Enter");
        await Assertions.Expect(audit).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(audit).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Menu" }).ClickAsync();
        if (javaScript)
        {
            var problems = new List<string>();
            await AccessibilityCheck.CheckAsync(page, "menu 320", 320, problems);
            Assert.Empty(problems);
        }

        await audit.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Audit log");
    }
}
