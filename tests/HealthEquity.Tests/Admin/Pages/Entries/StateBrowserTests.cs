using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Admin.Pages.Imports;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Accessibility of page states: sign-in steps, refused forms, edit conflicts, and expired sessions.</summary>
public sealed partial class StateBrowserTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_sign_in_and_account_states_are_accessible()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var ana = await PersonAtConsole.ArriveAsync(host, browser, "ana", javaScript: true);
        await AccessibilityCheck.PrepareAsync(ana.Page);
        var seen = new Looks(ana.Page);
        var link = $"/set-up?token={await host.CreateFirstLinkAsync()}";
        await seen.GoAsync("set-up", link);
        await ana.SetUpAsync(link, () => seen.CheckAsync("enrollment"), () => seen.CheckAsync("recovery-codes"));
        await seen.GoAsync("set-up-spent", link);

        await ana.Page.GotoAsync("/curators/add");
        await ana.PressAsync("Add and create setup link");
        await seen.CheckAsync("curator-refused");
        await ana.Page.FillAsync("#DisplayName", "Dolores Hernández-Villanueva de la Cruz y Montenegro");
        await ana.Page.FillAsync("#UserName", "dolores.hernandez-villanueva@health.county.example");
        await ana.PressAsync("Add and create setup link");
        await seen.CheckAsync("curator-added");
        await ana.Page.GotoAsync("/curators");
        await ana.Page.ClickAsync("text=Dolores");
        await seen.CheckAsync("curator");
        await ana.PressAsync("Reset account");
        await seen.CheckAsync("curator-reset");
        await ana.Page.GotoAsync("/vocabularies/tag");
        await ana.PressAsync("Add term");
        await seen.CheckAsync("term-refused");

        await ana.SignOutAsync();
        await ana.Page.FillAsync("#UserName", ana.UserName);
        await ana.Page.FillAsync("#Password", ConsoleHost.Password);
        await ana.PressAsync("Sign in");
        await seen.GoAsync("recovery-code", "/sign-in/recovery-code");
        Assert.Empty(seen.Problems);
    }

    [Fact]
    public async Task All_entry_page_states_are_accessible()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        await DirectorySetup.PrepareAsync(host.Database, host.Clock, StarterContent.Samples, Cancellation);
        var pages = (await EntryBrowserTests.PagesAsync(host)).ToDictionary(p => p.Name, p => p.Path);
        var page = await EntryBrowserTests.SignInAsync(host, browser, 1280, ColorScheme.Light);
        await AccessibilityCheck.PrepareAsync(page);
        var seen = new Looks(page);
        foreach (var kind in EntryKinds.All)
        {
            await seen.GoAsync($"new-{kind}", $"/entries/new?kind={kind.Code()}");
        }

        await seen.RefusedAsync("review-refused", pages["review"], "Return to the author");
        await seen.RefusedAsync("suggestion-refused", pages["suggestion"], "Dismiss");
        await seen.RefusedAsync("check-refused", pages["call"], "Save and next", "fieldset[aria-invalid=true]");
        await page.GotoAsync(pages["duplicate"]);
        await page.Locator("main button:has-text('Preview result')").First.ClickAsync();
        await seen.CheckAsync("merge-preview");
        await seen.GoAsync("forbidden", "/curators");
        await ConflictAsync(host, page, pages["edit-Organization"]);
        await seen.CheckAsync("conflict");
        await page.GotoAsync("/entries/new?kind=organization");
        await page.FillAsync("#f-name", "شبكة الدعم");
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        await page.ClickAsync("text=Add a phone number");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/sign-in\\?"));
        await seen.CheckAsync("sign-in-again");
        await page.FillAsync("#UserName", CuratorRole.Reviewer.Code());
        await page.FillAsync("#Password", ConsoleHost.Password);
        await page.ClickAsync("main button");
        await page.FillAsync("#Code", host.NextCode());
        await page.ClickAsync("main button");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Open the form with my input");
        await seen.CheckAsync("unsent");
        Assert.Empty(seen.Problems);
    }

    [Fact]
    public async Task Every_page_has_an_accessibility_test()
    {
        await using var host = await ConsoleHost.StartAsync();
        await DirectorySetup.PrepareAsync(host.Database, host.Clock, StarterContent.Samples, Cancellation);
        // Other tests visit these pages.
        string[] states = ["/sign-in", "/sign-in/code", "/sign-in/recovery-code", "/set-up", "/sign-out", "/entries/conflict/x", "/unsent/x", "/curators/x", "/problem/404", "/lists", "/lists/x", "/partners/x"];
        // These pages only redirect, or answer scripts.
        string[] unseen = ["/sign-in/external", "/entries/views/x", "/entries/presence/x"];
        var paths = AccessibilityTests.Pages.Concat((await EntryBrowserTests.PagesAsync(host)).Select(p => p.Path))
            .Concat((await ImportBrowserTests.PagesAsync(host)).Select(p => p.Path)).Concat(states).Concat(unseen).Select(p => p.Split('?', '#')[0]).ToList();
        var forgotten = host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .Select(p => p.AttributeRouteInfo!.Template!)
            .Where(template => !paths.Exists(p => Regex.IsMatch(p, $"^/{Parameter().Replace(template == "Index" ? "" : template, "[^/]*")}/?$", RegexOptions.IgnoreCase)));
        Assert.Empty(forgotten);
    }

    /// <summary>Saves after another curator has saved, to cause an edit conflict.</summary>
    private static async Task ConflictAsync(ConsoleHost host, IPage page, string edit)
    {
        await page.GotoAsync(edit);
        var id = Guid.Parse(edit.Split('/')[^1]);
        await host.Database.TransactAsync(
            async s =>
            {
                var row = await EntryStore.ReadAsync(s, id, Cancellation);
                var entry = EntryJson.Read((await EntryStore.ReadRevisionAsync(s, id, row.LatestRevision, Cancellation)).Body);
                var stores = host.Stores;
                return await stores.Entries.SaveAsync(s, id, row.LatestRevision, entry with { Summary = "Theirs, and a long one: " + new string('m', 60) }, Actor.System("test"), null, Cancellation);
            },
            Cancellation);
        await page.FillAsync("#f-summary", "Mine.");
        await page.ClickAsync("text=Save draft");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Edit conflict:");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private sealed class Looks(IPage page)
    {
        public List<string> Problems { get; } = [];

        public Task CheckAsync(string name) => AccessibilityCheck.CheckEveryShapeAsync(page, name, Problems);

        public async Task GoAsync(string name, string path)
        {
            await page.GotoAsync(path);
            await CheckAsync(name);
        }

        public async Task RefusedAsync(string name, string path, string button, string focused = "#error-summary")
        {
            await page.GotoAsync(path);
            await page.ClickAsync($"main button:has-text('{button}')");
            await Assertions.Expect(page.Locator(focused).First).ToBeFocusedAsync();
            // The error summary links to the field, which also shows the error.
            var target = await page.Locator("#error-summary a").First.GetAttributeAsync("href");
            await Assertions.Expect(page.Locator($"{target}[aria-invalid=true]")).ToBeVisibleAsync();
            await CheckAsync(name);
        }
    }
}
