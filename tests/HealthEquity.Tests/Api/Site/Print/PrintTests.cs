using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Settings;
using HealthEquity.Tests.Admin;
using HealthEquity.Tests.Admin.Pages;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Api.Site.Print;

/// <summary>Sheets and pocket cards for paper.</summary>
public sealed partial class PrintTests(DirectoryApi api)
{
    private static readonly string[] FourLanguages = ["en", "es", "zh-Hans", "ar"];

    [Fact]
    public async Task A_list_has_hotlines_and_rights_first_then_its_places_with_the_day_of_their_check()
    {
        var page = WebUtility.HtmlDecode(await GetAsync("/es/print?list=lincoln-families"));
        string[] wanted =
        [
            "Ayuda para familias de Lincoln", "Hecho el 2 mar 2026", "Si alguien está en peligro ahora mismo, llame al 911.", "Sus derechos",
            "1 lugar de esta lista ya no está en el directorio.", "1. <bdi>Harbor Counseling</bdi>", "2 Pearl Street, New York, NY 10004", "martes 9:00\u00A0AM–5:00\u00A0PM",
            "2. <bdi>Clínica El Sol</bdi>", "Comprobado el 20 feb 2026", "3. <bdi>Ana Abogada</bdi>", "Pida una cita.",
        ];
        var places = wanted.Select(w => (w, page.IndexOf(w, StringComparison.Ordinal))).ToList();
        Assert.Empty(places.Where(p => p.Item2 < 0).Select(p => p.w));
        Assert.Equal(places.OrderBy(p => p.Item2), places);
        Assert.DoesNotContain("Closed Practice", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_date_of_a_sheet_is_that_of_the_departments_time_zone()
    {
        // The clock says three in the afternoon, UTC, which is four in the next morning in Auckland.
        var node = await api.OpenAsync(async node =>
        {
            await node.PublishAsync(SampleDirectory.Sol with { AssuredOn = new DateOnly(2026, 3, 3) }, "clinica-del-sol");
            await node.Database.TransactAsync(
                s => node.Stores.Settings.WriteAsync(s, new DirectorySettings { TimeZone = "Pacific/Auckland" }, Actor.System("test"), TestContext.Current.CancellationToken),
                TestContext.Current.CancellationToken);
        });
        Assert.Contains("Made on Mar 3, 2026", await node.Client.GetStringAsync("/en/print?entry=providers/clinica-del-sol"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_languages_stand_side_by_side_each_in_its_direction()
    {
        var page = await GetAsync("/en/print?list=lincoln-families&with=ar");
        Assert.Equal(4, Regex.Count(page, "<div lang=\"en\" dir=\"ltr\">"));
        Assert.Equal(4, Regex.Count(page, "<div lang=\"ar\" dir=\"rtl\">"));
        Assert.Contains("<h1>Help for Lincoln families</h1>", page, StringComparison.Ordinal);
        Assert.Contains("حقوقكم", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("materials/know-your-rights-card", "Know-your-rights card", "I am using my rights under the Constitution of the United States.")]
    [InlineData("policy-actions/legal-defense-fund", "Create a legal defense fund", "<ol>")]
    [InlineData("organizations/houston-immigrant-rights-hotline", "Houston Immigrant Rights Hotline", "(833-HOU-IMMI)")]
    public async Task The_sheet_of_one_entry_has_its_name_and_what_it_says(string entry, string name, string said)
    {
        var node = await api.StarterAsync();
        var page = WebUtility.HtmlDecode(await node.Client.GetStringAsync($"/en/print?entry={entry}"));
        Assert.Contains($"<h1>{name}</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Places that can help", page, StringComparison.Ordinal);
        Assert.DoesNotContain("1. <bdi>", page, StringComparison.Ordinal);
        Assert.Contains("Scan for this page as it is today", page, StringComparison.Ordinal);
        Assert.Contains(said, page[page.IndexOf("class=\"places\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_in_another_language_runs_in_its_own_direction() =>
        Assert.Matches("<p class=\"note\" lang=\"en\" dir=\"auto\">", await GetAsync("/ar/print?list=lincoln-families"));

    [Fact]
    public async Task The_English_title_of_an_Arabic_card_begins_at_the_right_like_the_rest() =>
        Assert.Matches("<article lang=\"ar\" dir=\"rtl\">\\s*<svg.*</svg>\\s*<h2><bdi>Help for Lincoln families</bdi></h2>", await GetAsync("/ar/print?list=lincoln-families&cards=1"));

    [Fact]
    public async Task An_address_in_Latin_letters_keeps_its_order_from_right_to_left()
    {
        // Without the marks that isolate it (Unicode, UAX 9), the house number moves behind the ZIP code.
        Assert.Contains("<p>\u20682 Pearl Street, New York, NY 10004\u2069</p>", WebUtility.HtmlDecode(await GetAsync("/ar/print?list=lincoln-families")), StringComparison.Ordinal);
        Assert.Contains("<p>2 Pearl Street, New York, NY 10004</p>", await GetAsync("/en/print?list=lincoln-families"), StringComparison.Ordinal);
    }

    /// <summary>Officers may come in without a judge's warrant (an ICE memo of May 12, 2025): the sheet says what to do then.</summary>
    [Fact]
    public async Task Sheets_and_cards_say_in_every_language_what_to_do_when_officers_come_in_anyway()
    {
        foreach (var language in SiteTexts.Languages)
        {
            Assert.Contains("I do not consent to entry", await GetAsync($"/{language}/print?list=lincoln-families"), StringComparison.Ordinal);
            Assert.Contains("I do not consent to entry", await GetAsync($"/{language}/print?list=lincoln-families&cards=1"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_typed_question_comes_by_form_and_stands_in_no_address_nor_code()
    {
        var node = await api.SharedAsync();
        var form = new FormUrlEncodedContent([new("q", "trauma"), new("near", "33130")]);
        var response = await node.Client.PostAsync("/en/print", form);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Contains("<bdi>Clínica del Sol</bdi>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("q=trauma", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"url\" translate=\"no\" dir=\"ltr\">localhost/<wbr></span>", page, StringComparison.Ordinal);
        Assert.Contains("<form class=\"choose\" method=\"post\" action=\"/en/print\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_and_structured_searches_are_printed_by_their_address()
    {
        // A long address is broken between its parts, and not within a word or a ZIP code.
        Assert.Contains("localhost/<wbr>providers/<wbr>clinica-del-sol<wbr></span>", await GetAsync("/en/print?entry=providers/clinica-del-sol"), StringComparison.Ordinal);
        Assert.Contains("localhost/<wbr>find?<wbr>need=talk&amp;<wbr>near=33130<wbr></span>", await GetAsync("/en/print?need=talk&near=33130"), StringComparison.Ordinal);
        var two = await GetAsync("/en/print?entry=providers/clinica-del-sol&entry=attorneys/ana-abogada");
        Assert.Equal(["Clínica del Sol", "Ana Abogada"], Names(two));
        Assert.Equal(["Clínica del Sol", "Harbor Counseling"], Names(await GetAsync("/en/print?kind=provider&sort=name")));
        var node = await api.SharedAsync();
        foreach (var address in new[] { "/en/print", "/en/print?list=nothing", "/en/print?entry=providers/nobody" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await node.Client.GetAsync(address)).StatusCode);
        }
    }

    [Fact]
    public async Task A_sheet_of_40_entries_in_two_languages_is_at_most_40_KB()
    {
        var node = await api.OpenAsync(async node =>
        {
            foreach (var number in Enumerable.Range(1, 41))
            {
                await node.PublishAsync(
                    SampleDirectory.Sol with { Name = $"Clinic {number} of {Guid.NewGuid()}", Phones = [new() { Number = $"+1305555{number:0000}" }] }, $"clinic-{number}");
            }
        });
        foreach (var (first, second) in new[] { ("en", "es"), ("ar", "zh-Hans") })
        {
            var page = await node.Client.GetStringAsync($"/{first}/print?kind=provider&with={second}");
            Assert.Equal(80, Names(page).Count);
            using var bytes = new MemoryStream();
            using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            {
                brotli.Write(Encoding.UTF8.GetBytes(page));
            }

            Assert.InRange(bytes.Length, 1, 40_000);
        }

        Assert.Contains("The first 40 places", await node.Client.GetStringAsync("/en/print?kind=provider"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/en/print?list=lincoln-families", "/lists/lincoln-families")]
    [InlineData("/ar/print?list=lincoln-families&with=en", "/lists/lincoln-families")]
    [InlineData("/es/print?list=lincoln-families&cards=1", "/lists/lincoln-families")]
    [InlineData("/es/print?list=lincoln-families&with=ar&large=1", "/lists/lincoln-families")]
    [InlineData("/en/print?list=lincoln-families&with=zh-Hans&cards=1", "/lists/lincoln-families")]
    [InlineData("/zh-Hans/print?list=lincoln-families", "/lists/lincoln-families")]
    [InlineData("/en/print?entry=providers/clinica-del-sol", "/providers/clinica-del-sol")]
    public async Task The_code_read_from_paper_leads_to_the_live_list(string path, string live)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), ViewportSize = new() { Width = 794, Height = 1123 }, DeviceScaleFactor = 2 });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.GotoAsync(path);
        Assert.Equal($"http://localhost{live}", await QrReader.ReadAsync(page, "svg.code"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_search_is_printed_in_two_languages_with_and_without_scripts(bool scripts)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), JavaScriptEnabled = scripts });
        await page.GotoAsync("/en");
        await page.FillAsync("#near", "33130");
        await page.ClickAsync("button[value=talk]");
        await page.ClickAsync("form[action='/en/print'] button");
        await page.SelectOptionAsync("#with", "es");
        await page.ClickAsync(".choose .go");
        await Assertions.Expect(page.Locator(".places [lang=es] h2").First).ToBeVisibleAsync();
        Assert.Equal("/en/print", new Uri(page.Url).PathAndQuery);
        Assert.Equal(scripts, await page.Locator("button.print").IsVisibleAsync());
    }

    [Fact]
    public async Task Sheets_are_accessible_and_nothing_is_cut_off_on_A4_and_Letter()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var server = new LiveServer(await api.SharedAsync());
        var page = await browser.NewPageAsync(new() { BaseURL = await server.StartAsync(), ViewportSize = new() { Width = 320, Height = 800 } });
        await AccessibilityCheck.PrepareAsync(page);
        var problems = new List<string>();
        foreach (var language in FourLanguages)
        {
            foreach (var query in new[] { "", "&with=ar&large=1", "&cards=1" })
            {
                await page.GotoAsync($"/{language}/print?list=lincoln-families{query}");
                await AccessibilityCheck.CheckAsync(page, $"print {language}{query}", 320, problems);
                await page.EmulateMediaAsync(new() { Media = Media.Print });
                // The room between the margins of 12 mm: 210 mm and 216 mm wide, at 96 dots per inch.
                foreach (var width in new[] { 703, 725 })
                {
                    await page.SetViewportSizeAsync(width, 1000);
                    var cut = await page.EvaluateAsync<string[]>(
                        """
                        () => [...document.querySelectorAll('main *:not(.hidden)')].filter(e => e.getClientRects().length > 0 && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
                          || e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1
                          || e.matches('.pocket article') && e.scrollHeight > e.clientHeight + 1)).map(e => e.outerHTML.slice(0, 80))
                        """);
                    problems.AddRange(cut.Select(c => $"{language}{query} {width}: {c}"));
                }

                await page.EmulateMediaAsync(new() { Media = Media.Screen });
                await page.SetViewportSizeAsync(320, 800);
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    private async Task<string> GetAsync(string address) => await (await api.SharedAsync()).Client.GetStringAsync(address);

    private static List<string> Names(string page) => [.. Name().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    [GeneratedRegex(@"<h2 translate=""no"">\d+\. <bdi>([^<]+)</bdi>")]
    private static partial Regex Name();
}
