using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Reviews;

/// <summary>A reviewer's hour at the keyboard: the queue, and an adoption in a cell of the policy matrix.</summary>
public sealed class ReviewKeysTests(SharedConsoleOnPort console) : IClassFixture<SharedConsoleOnPort>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drafts_are_decided_one_after_the_other_without_a_mouse()
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        foreach (var name in new[] { "First", "Second", "Third" })
        {
            await SubmitAsync(host, new Organization { Name = name, Phones = [new Phone { Number = "+13055550142" }] });
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var page = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Reviewer));
        await page.GotoAsync("/reviews");
        await PressAsync(page, "j", "Enter");
        await IsShownAsync("First");
        await PressAsync(page, "j");
        await IsShownAsync("Second");
        await PressAsync(page, "k");
        await IsShownAsync("First");
        await PressAsync(page, "a", "Enter");
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("“First” was approved and published.");
        await IsShownAsync("Second");
        await PressAsync(page, "r");
        await page.Keyboard.TypeAsync("Add hours");
        await PressAsync(page, "Tab", "Enter");
        await IsShownAsync("Third");
        await PressAsync(page, "z");
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("The return was undone.");
        await IsShownAsync("Second");
        await PressAsync(page, "u");
        await Assertions.Expect(page.Locator("table.drafts tbody tr")).ToHaveCountAsync(2);

        // The hint appears when the keys work.
        async Task IsShownAsync(string name)
        {
            await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(name);
            await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_adoption_is_added_in_a_cell_of_the_matrix(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        var host = await console.BeginAsync();
        var source = new Source { Name = "Minutes" };
        await AddAsync(host, new PolicyAction { Name = "Welcome", Theme = "sanctuary", Adoptions = [new() { Jurisdiction = new() { Name = "Albany", Level = "city", State = "NY" }, Status = "adopted", Source = source }] });
        await AddAsync(host, new PolicyAction { Name = "Records", Theme = "sanctuary", Provisions = [new() { Code = "no-chart", Text = "Status is not charted." }] });
        var page = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Curator), javaScript);
        await page.GotoAsync("/policy-actions/matrix");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Add: Albany, NY adopts Records" }).ClickAsync();
        await Assertions.Expect(page.Locator("dialog#cell[open]")).ToHaveCountAsync(javaScript ? 1 : 0);
        var form = page.Locator("form.cell");
        await Assertions.Expect(form.GetByLabel("Name", new LocatorGetByLabelOptions { Exact = true })).ToHaveValueAsync("Albany");
        await form.Locator("#Input_Status").SelectOptionAsync("inForce");
        await form.GetByLabel("Since").FillAsync("2026-03-02");
        await form.GetByLabel("Status is not charted.").CheckAsync();
        await form.Locator("#Input_SourceName").FillAsync("Council minutes");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save and send to review" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("The adoption was saved in a draft of “Records”, which was sent to review.");
        await Assertions.Expect(page.Locator("#albany-ny")).ToContainTextAsync("In force Mar 2, 2026");
        await Assertions.Expect(page.Locator("#albany-ny .mark").First).ToContainTextAsync("✓");
    }

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
        }
    }

    private static Task<Guid> AddAsync(ConsoleHost host, Entry entry) => host.Database.TransactAsync(
        s => host.Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation), Cancellation);

    private static async Task SubmitAsync(ConsoleHost host, Entry entry)
    {
        var id = await AddAsync(host, entry);
        await host.Database.TransactAsync(s => host.Stores.Reviews.SubmitAsync(s, id, 1, Actor.System("test"), null, Cancellation), Cancellation);
    }
}
