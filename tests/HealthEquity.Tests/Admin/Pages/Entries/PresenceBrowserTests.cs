using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Api;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Two curators with the same entry open, each in a browser of their own.</summary>
public sealed partial class PresenceBrowserTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    private static readonly Sql SelectPresent = new("test", "SELECT COUNT(*) FROM Presence");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_curators_see_each_other_and_a_conflict_loses_nothing()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var entry = await host.Database.TransactAsync(
            s => host.Stores.Entries.CreateAsync(s, new Organization { Name = "Red de Apoyo" }, Actor.System("test"), null, null, Cancellation), Cancellation);
        var ana = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Curator, "ana"));
        var ben = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Curator, "ben"));
        await ana.Clock.InstallAsync();
        var status = ana.Locator("#presence [role=status]");

        await ana.GotoAsync($"/entries/edit/{entry}");
        await ben.GotoAsync($"/entries/edit/{entry}");
        await Assertions.Expect(ben.Locator("#presence [role=status]")).ToContainTextAsync("The ana has had this entry open since");
        await Assertions.Expect(status).ToHaveTextAsync("");
        await ana.Clock.RunForAsync(20_000);
        await Assertions.Expect(status).ToContainTextAsync("The ben has had this entry open since");
        var problems = new List<string>();
        await AccessibilityCheck.CheckEveryShapeAsync(ana, "presence", problems);
        Assert.Empty(problems);

        await ana.FillAsync("#f-summary", "What Ana typed.");
        await ben.FillAsync("#f-summary", "What Ben typed.");
        await ben.FillAsync("#f-description", "Only Ben wrote this.");
        await ben.ClickAsync("text=Save draft");
        await Assertions.Expect(ben).ToHaveURLAsync(new Regex($"/entries/show/{entry}"));
        await Assertions.Expect(ben.Locator("#presence [role=status]")).ToContainTextAsync("The ana has had this entry open since");
        // Leaving the form ended it.
        await Node.UntilAsync(async () => await CountAsync(host) == 1);
        await ana.Clock.RunForAsync(20_000);
        await Assertions.Expect(status).ToHaveTextAsync("");

        // So does a section that is edited on the entry's page.
        await ben.Locator("a[data-edit]").First.ClickAsync();
        await Node.UntilAsync(async () => await CountAsync(host) == 2);
        await ana.Clock.RunForAsync(20_000);
        await Assertions.Expect(status).ToContainTextAsync("The ben has had this entry open since");

        await ana.ClickAsync("text=Save draft");
        await Assertions.Expect(ana.Locator("h1")).ToContainTextAsync("Edit conflict:");
        await Assertions.Expect(ana.Locator("main")).ToContainTextAsync("What Ana typed.");
        await Assertions.Expect(ana.Locator("main")).ToContainTextAsync("What Ben typed.");
        await Assertions.Expect(ana.Locator("main")).ToContainTextAsync("Only Ben wrote this.");
    }

    private static Task<int> CountAsync(ConsoleHost host) => host.Database.TransactAsync(s => s.ScalarAsync<int>(SelectPresent, null, Cancellation), Cancellation);
}
