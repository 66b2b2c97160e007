using HealthEquity.Directory.Entries;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Admin;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Print;

/// <summary>What people print, as PDF from the browser on A4 and Letter, over the shipped directory.</summary>
public sealed class PaperTests(DirectoryApi api)
{
    private static readonly string[] Pages =
    [
        "print?need=talk&near=33130", "print?need=lawyer&near=Houston%2C+TX&large=1", "print?need=talk&near=33130&cards=1",
        "print?entry=materials/know-your-rights-card", "print?entry=policy-actions/legal-defense-fund", "print?entry=organizations/houston-immigrant-rights-hotline",
        "materials/first-24-hours-after-an-ice-arrest", "materials/know-your-rights-card", "materials/family-emergency-plan/fill",
        "materials/welcoming-statement/fill?large=1", "materials/letter-of-inquiry-prosecutorial-discretion/fill", "policy", "policy/places/california-ca", "policy-actions/safe-zone-school-resolution",
    ];

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("zh-Hans")]
    [InlineData("ar")]
    public Task Nothing_is_cut_off_and_no_page_has_only_one_line(string language) => CheckAsync(Pages.Select(page => $"/{language}/{page}"));

    [Theory]
    [InlineData("es", "ar")]
    [InlineData("en", "zh-Hans")]
    public Task Two_languages_fit_beside_each_other(string first, string second) => CheckAsync(
    [
        $"/{first}/print?need=lawyer&near=Houston%2C+TX&with={second}", $"/{first}/print?need=talk&near=33130&large=1&with={second}",
        $"/{first}/print?need=talk&near=33130&cards=1&with={second}", $"/{first}/print?entry=attorneys/sample-faro-legal-miami&with={second}",
        $"/{first}/materials/welcoming-statement/fill?with={second}", $"/{first}/materials/family-emergency-plan/fill?with={second}",
    ]);

    [Fact]
    public Task Forms_and_tables_in_English_fit() => CheckAsync(
    [
        .. new[] { "letter-of-inquiry-prosecutorial-discretion", "ocr-civil-rights-complaint", "school-board-resolution", "encounter-protocol-template" }.Select(slug => $"/en/materials/{slug}/fill"),
        .. new[] { "matrix?theme=sanctuary", "places", "compare?first=california-ca&second=oregon-or", "next?level=city", "codebook" }.Select(view => $"/en/policy/{view}"),
        "/en/policy-actions/sign-287g-agreement", "/ar/policy/matrix?theme=sanctuary",
    ]);

    [Fact]
    public async Task A_county_in_the_matrix_takes_one_line()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        // A4 without its margins, at 96 dots per inch.
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), ViewportSize = new() { Width = 680, Height = 1000 } });
        await page.GotoAsync("/en/policy/matrix?theme=sanctuary");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.marks tbody th a')].filter(a => a.offsetHeight > 2.2 * parseFloat(getComputedStyle(a).fontSize)).map(a => a.textContent)"));
    }

    /// <summary>Whoever signs sees what they sign.</summary>
    [Theory]
    [InlineData("es", "ocr-civil-rights-complaint")]
    [InlineData("en", "letter-of-inquiry-prosecutorial-discretion")]
    public async Task A_filled_in_form_does_not_leave_its_signature_alone_on_a_page(string language, string slug)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        await page.GotoAsync($"/{language}/materials/{slug}/fill");
        foreach (var field in await page.Locator("main :is(textarea,input[type=text])").AllAsync())
        {
            await field.FillAsync("What a family has to say about it takes more than one line of a letter on paper, and often two of them.");
        }

        foreach (var format in new[] { "A4", "Letter" })
        {
            using var document = UglyToad.PdfPig.PdfDocument.Open(await page.PdfAsync(new() { Format = format }));
            var last = document.GetPage(document.NumberOfPages);
            var lines = last.Letters.Where(l => !string.IsNullOrWhiteSpace(l.Value)).GroupBy(l => (int)Math.Round(l.StartBaseLine.Y / 3)).Count();
            Assert.True(document.NumberOfPages == 1 || lines > 6, $"{format}: {lines} lines on page {document.NumberOfPages}");
        }

        // Half an inch, for a signature by hand above the name.
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.InRange(await page.Locator("[data-field=signature]").EvaluateAsync<double>("e => parseFloat(getComputedStyle(e).marginTop)"), 48, 96);
    }

    [Fact]
    public async Task Every_page_about_policy_every_material_and_every_form_is_at_most_40_KB()
    {
        var node = await api.StarterAsync();
        var items = StarterDirectory.Read().Where(s => s.Entry is Material or PolicyAction).ToList();
        var addresses = items.Select(s => $"{s.Entry.Kind.Path()}/{s.Slug}")
            .Concat(items.Where(s => s.Entry is Material m && m.Editions.Any(e => e.Fields.Count > 0)).Select(s => $"materials/{s.Slug}/fill?with=es"))
            .Concat(["policy", "policy/places", "policy/matrix", "policy/codebook", "policy/places/california-ca", "policy/compare?first=california-ca&second=oregon-or", "policy/next?level=city"]);
        var heavy = new List<string>();
        foreach (var address in addresses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/ar/{address}");
            request.Headers.AcceptEncoding.ParseAdd("br");
            var response = await node.Client.SendAsync(request);
            var bytes = (await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
            if (bytes > 40 * 1024)
            {
                heavy.Add($"{address}: {bytes}");
            }
        }

        Assert.Empty(heavy);
    }

    private async Task CheckAsync(IEnumerable<string> addresses)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.StarterAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync() });
        var problems = new List<string>();
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await PaperCheck.CheckAsync(page, address, problems);
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }
}
