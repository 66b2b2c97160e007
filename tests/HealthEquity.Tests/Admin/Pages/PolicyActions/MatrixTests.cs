using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.PolicyActions;

/// <summary>The matrix of jurisdictions and provisions: page, CSV, and print.</summary>
public sealed class MatrixTests(SharedConsole console) : IClassFixture<SharedConsole>
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
    public async Task The_matrix_shows_adoptions_and_their_history()
    {
        var host = await console.BeginAsync();
        var id = await AddAsync(host);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));

        Assert.Contains("Clinics as protected places", await browser.ReadAsync("/policy-actions/matrix"), StringComparison.Ordinal);
        var html = await browser.ReadAsync($"/policy-actions/matrix/{id}");

        // Sorted by state and name, not by input order.
        string[] rows = [.. html.Split("<th scope=\"row\">").Skip(1).Select(r => r[..r.IndexOf("</tr>", StringComparison.Ordinal)])];
        Assert.Equal(3, rows.Length);
        Assert.Contains("Montgomery County", rows[2], StringComparison.Ordinal);
        Assert.Contains("MD", rows[2], StringComparison.Ordinal);
        Assert.Contains("Mar 1, 2025", rows[2], StringComparison.Ordinal);
        Assert.Equal((2, 10), (rows[2].Split(">adopted<").Length - 1, rows[2].Split(">not adopted<").Length - 1));
        Assert.Contains("Provision 1 &lt;b&gt;says&lt;/b&gt; this.", html, StringComparison.Ordinal);
        Assert.Contains("Nov 5, 2024", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_CSV_has_one_row_per_jurisdiction_and_no_formulas()
    {
        var host = await console.BeginAsync();
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
    public async Task Printing_fits_the_whole_table_and_hides_screen_only_elements()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var host = await ConsoleHost.StartAsync(onPort: true);
        var id = await AddAsync(host);
        // US Letter, landscape, without margins.
        var page = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Viewer), size: new ViewportSize { Width = 980, Height = 740 });
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
    public async Task The_matrix_of_a_draft_says_that_it_is_a_draft()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));
        var id = await AddAsync(host);
        Assert.Contains("This is draft revision 1. The entry has not been published yet.", await browser.ReadAsync($"/policy-actions/matrix/{id}"), StringComparison.Ordinal);
        var publisher = host.Stores.Publisher;
        await host.Database.TransactAsync(s => publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        Assert.DoesNotContain("This is draft revision", await browser.ReadAsync($"/policy-actions/matrix/{id}"), StringComparison.Ordinal);
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
