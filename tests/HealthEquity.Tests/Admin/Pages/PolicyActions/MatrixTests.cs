using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.PolicyActions;

/// <summary>Jurisdictions against the provisions of a policy action: on the page, as CSV, on paper.</summary>
public sealed class MatrixTests
{
    private static readonly PolicyAction Sanctuary = new()
    {
        Name = "Clinics as protected places",
        Theme = "sensitiveLocations",
        Provisions = [.. Enumerable.Range(1, 12).Select(n => new Provision { Code = $"P{n}", Text = $"Provision {n} <b>says</b> this." })],
        Adoptions =
        [
            Adopted("Montgomery County", "MD", "inForce", ["P1", "P3"], new(2025, 3, 1)),
            Adopted("=HYPERLINK(\"https://evil.example\")", "CA", "proposed", [], new(2026, 1, 15)),
            Adopted("مدينة الشمس", "CA", "adopted", ["P1", "P2"], new(2025, 12, 1)) with { Departures = "Not on campus, \"so far\"" },
        ],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_who_has_adopted_what_and_what_happened()
    {
        await using var host = await ConsoleHost.StartAsync();
        var id = await AddAsync(host);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));

        Assert.Contains("Clinics as protected places", await browser.ReadAsync("/policy-actions/matrix"), StringComparison.Ordinal);
        var html = await browser.ReadAsync($"/policy-actions/matrix/{id}");

        // By state and name: what was typed last does not stand first.
        string[] rows = [.. html.Split("<th scope=\"row\">").Skip(1).Select(r => r[..r.IndexOf("</tr>", StringComparison.Ordinal)])];
        Assert.Equal(3, rows.Length);
        Assert.Contains("Montgomery County", rows[2], StringComparison.Ordinal);
        Assert.Contains("MD", rows[2], StringComparison.Ordinal);
        Assert.Contains("2025-03-01", rows[2], StringComparison.Ordinal);
        Assert.Equal((2, 10), (rows[2].Split(">adopted<").Length - 1, rows[2].Split(">not adopted<").Length - 1));
        Assert.Contains("Provision 1 &lt;b&gt;says&lt;/b&gt; this.", html, StringComparison.Ordinal);
        Assert.Contains("2024-11-05", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_csv_it_has_a_row_a_jurisdiction_and_no_formula()
    {
        await using var host = await ConsoleHost.StartAsync();
        var id = await AddAsync(host);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));

        var answer = await browser.GetAsync($"/policy-actions/matrix/{id}?handler=csv");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("clinics-as-protected-places.csv", answer.Content.Headers.ContentDisposition!.FileName);
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");
        Assert.Equal("jurisdiction,level,state,fips,status,since,P1,P2,P3,P4,P5,P6,P7,P8,P9,P10,P11,P12,departures,source", lines[0]);
        Assert.StartsWith("\"'=HYPERLINK(\"\"https://evil.example\"\")\",county,CA,,proposed,2026-01-15,no,", lines[1], StringComparison.Ordinal);
        Assert.Contains("مدينة الشمس,county,CA,,adopted,2025-12-01,yes,yes,no,", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",\"Not on campus, \"\"so far\"\"\",https://laws.example/", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("Montgomery County,county,MD,", lines[3], StringComparison.Ordinal);
        Assert.Equal([""], lines[4..]);
    }

    [Fact]
    public async Task On_paper_the_whole_table_stands_on_the_page_and_nothing_that_is_only_for_the_screen()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var host = await ConsoleHost.StartAsync(onPort: true);
        var id = await AddAsync(host);
        var curator = await host.AddCuratorAsync(CuratorRole.Viewer);
        // A sheet of letter paper, on its side, less its margins.
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { BaseURL = host.Address, ViewportSize = new ViewportSize { Width = 980, Height = 740 } });
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#UserName", curator.UserName);
        await page.FillAsync("#Password", ConsoleHost.Password);
        await page.ClickAsync("main button");
        await page.GotoAsync($"/policy-actions/matrix/{id}");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Chromium.KeepPictureAsync(page, "matrix-on-paper");

        foreach (var gone in new[] { ".banner", "nav.main", "main .actions", ".skip" })
        {
            await Assertions.Expect(page.Locator(gone)).ToBeHiddenAsync();
        }

        var table = await page.Locator(".matrix").BoundingBoxAsync();
        Assert.InRange(table!.X + table.Width, 600, 980);
        Assert.Equal("visible", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.scroll')).overflowX"));
        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true }));
        Assert.Matches(@"/MediaBox ?\[0 0 79[12][^ ]* 61[12]", pdf);
    }

    [Fact]
    public async Task It_says_when_what_it_shows_is_not_public()
    {
        await using var host = await ConsoleHost.StartAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));
        var id = await AddAsync(host);
        Assert.Contains("This is the draft, revision 1; nothing of it was published so far.", await browser.ReadAsync($"/policy-actions/matrix/{id}"), StringComparison.Ordinal);
        var publisher = host.Stores.Publisher;
        await host.Database.TransactAsync(s => publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        Assert.DoesNotContain("This is the draft", await browser.ReadAsync($"/policy-actions/matrix/{id}"), StringComparison.Ordinal);
    }

    private static Adoption Adopted(string name, string state, string status, IReadOnlyList<string> provisions, DateOnly on) => new()
    {
        Jurisdiction = new Jurisdiction { Name = name, Level = "county", State = state },
        Status = status,
        History = [new AdoptionEvent { On = new(2024, 11, 5), Status = "proposed" }, new AdoptionEvent { On = on, Status = status }],
        Provisions = provisions,
        Source = new Source { Name = "The law", Url = "https://laws.example/" },
    };

    private static Task<Guid> AddAsync(ConsoleHost host) => host.Database.TransactAsync(
        s => host.Stores.Entries.CreateAsync(s, Sanctuary, Actor.System("test"), null, null, Cancellation), Cancellation);
}
