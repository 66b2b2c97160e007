using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Api.Site.Policy;

/// <summary>The pages about policy and their CSV files, over HTTP.</summary>
public sealed partial class PolicyPagesTests(DirectoryApi api)
{
    private const int MaxBytes = 40 * 1024;

    [Theory]
    [InlineData("", "Keep status out of records, Pass a welcoming resolution")]
    [InlineData("?theme=sanctuary", "Pass a welcoming resolution")]
    [InlineData("?actor=hospital", "Keep status out of records")]
    [InlineData("?instrument=resolution", "Pass a welcoming resolution")]
    [InlineData("?direction=neutral", "Keep status out of records")]
    [InlineData("?theme=sanctuary&direction=neutral", "")]
    public async Task Actions_are_listed_by_theme_and_can_be_filtered(string filter, string names)
    {
        var page = await GetAsync($"/en/policy{filter}");
        Assert.Equal(names, string.Join(", ", ActionLink().Matches(page).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_action_shows_its_provisions_and_who_has_adopted_it_when()
    {
        var page = await GetAsync("/en/policy-actions/welcome-resolution");
        Assert.Contains("<li>No agents on campus without approval.", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/en/policy/places/los-angeles-unified-school-district-ca\" translate=\"no\">Los Angeles Unified School District, CA</a></th><td>Adopted, Feb 9, 2016</td>", page, StringComparison.Ordinal);
        Assert.Contains("Albany, NY</a></th><td>Proposed</td>", page, StringComparison.Ordinal);
        // The map counts adoptions, not proposals.
        Assert.Equal("CA 1", Map(page));
    }

    /// <summary>In the order of the choice of a theme, and not of the first action of each.</summary>
    [Fact]
    public async Task Themes_are_in_alphabetical_order()
    {
        var page = await (await api.StarterAsync()).Client.GetStringAsync("/en/policy");
        var themes = Regex.Matches(page, "<h2[^>]*>([^<]+)</h2>").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        Assert.InRange(themes.Count, 10, 40);
        Assert.Equal(themes.Order(StringComparer.InvariantCultureIgnoreCase), themes);
    }

    [Fact]
    public async Task An_action_has_a_code_that_leads_from_paper_to_its_page() =>
        Assert.Contains("<img class=\"qr\" src=\"/en/policy-actions/welcome-resolution.svg\"", await GetAsync("/en/policy-actions/welcome-resolution"), StringComparison.Ordinal);

    [Fact]
    public async Task What_is_not_translated_keeps_its_own_direction_and_a_status_is_in_the_readers_words()
    {
        var page = await GetAsync("/ar/policy-actions/welcome-resolution");
        Assert.Contains("<h1 lang=\"en\" dir=\"ltr\">Pass a welcoming resolution", page, StringComparison.Ordinal);
        Assert.Contains("<section lang=\"en\" dir=\"ltr\"><h2 lang=\"ar\" dir=\"rtl\">الأحكام</h2>", page, StringComparison.Ordinal);
        Assert.Contains("معتمَد", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Adopted", page, StringComparison.Ordinal);
        Assert.Contains("<h1>Pass a welcoming resolution", await GetAsync("/en/policy-actions/welcome-resolution"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_of_a_day_only_what_had_happened_by_then_is_shown()
    {
        Assert.DoesNotContain("Los Angeles Unified School District", await GetAsync("/en/policy-actions/welcome-resolution?asOf=2016-02-08"), StringComparison.Ordinal);
        Assert.Contains("Los Angeles Unified School District", await GetAsync("/en/policy-actions/welcome-resolution?asOf=2016-02-09"), StringComparison.Ordinal);
        var node = await api.SharedAsync();
        var refused = await node.Client.GetAsync("/en/policy?asOf=yesterday");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Enter the day as year-month-day, such as 2024-05-01.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_shows_everything_it_adopted_and_an_unknown_one_says_so()
    {
        var page = await GetAsync("/en/policy/places/california-ca");
        Assert.Contains("<h1 translate=\"no\">California</h1>", page, StringComparison.Ordinal);
        Assert.Contains("In force, Oct 5, 2017 · Neutral", page, StringComparison.Ordinal);
        Assert.Contains("Oct 5, 2017: In force", page, StringComparison.Ordinal);
        var node = await api.SharedAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await node.Client.GetAsync("/en/policy/places/atlantis")).StatusCode);
    }

    [Fact]
    public async Task Two_places_stand_side_by_side()
    {
        var page = await GetAsync("/en/policy/compare?first=california-ca&second=albany-ny");
        var rows = Row().Matches(page[page.IndexOf("<tbody>", StringComparison.Ordinal)..]).Select(m => Tag().Replace(m.Value, " ")).Select(r => Space().Replace(r, " ").Trim());
        Assert.Equal(
            ["Keep status out of records In force, Oct 5, 2017 Status is not charted. Not in the tracker", "Pass a welcoming resolution Not in the tracker Proposed Staff do not ask about immigration status."],
            rows);
    }

    [Fact]
    public async Task Each_view_is_a_csv_file()
    {
        Assert.Equal(
            "place,level,state,fips,action,actionName,direction,status,since,statusAsOf,provisions,departures,source\r\n"
            + "Albany,city,NY,,welcome-resolution,Pass a welcoming resolution,protective,proposed,,,no-status,,https://example.org/\r\n",
            (await GetAsync("/en/policy/places/albany-ny.csv")).TrimStart('\uFEFF'));
        Assert.Equal(
            "place,level,state,fips,welcome-resolution: no-agents,welcome-resolution: no-status\r\n"
            + "Los Angeles Unified School District,schoolDistrict,CA,0622710,adopted,adopted\r\nAlbany,city,NY,,,proposed\r\n",
            (await GetAsync("/en/policy/matrix.csv?theme=sanctuary")).TrimStart('\uFEFF'));
        foreach (var (address, head) in new[]
        {
            ("/en/policy.csv", "action,name,theme,"), ("/en/policy/places.csv", "place,level,state,"), ("/en/policy-actions/welcome-resolution.csv", "place,level,state,"),
            ("/en/policy/compare.csv?first=california-ca&second=albany-ny", "action,actionName,"), ("/en/policy/next.csv?level=city", "action,actionName,adopters"),
            ("/en/policy/codebook.csv", "action,actionName,provision,"),
        })
        {
            Assert.StartsWith(head, (await GetAsync(address)).TrimStart('\uFEFF'), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(51, 51, 51)]
    [InlineData(700, 100, 51)]
    public async Task The_matrix_and_the_map_hold_any_number_of_places(int places, int shownRows, int shownStates)
    {
        var node = await api.OpenAsync(n => n.PublishAsync(SampleDirectory.Welcome with { Adoptions = [.. Enumerable.Range(0, places).Select(AdoptionNo)] }, "welcome"));
        var matrix = await GetAsync(node, "/en/policy/matrix");
        Assert.Equal(shownRows, Regex.Count(matrix, "<tr><th scope=\"row\">"));
        Assert.Equal(places > 100, matrix.Contains("Page 1 of 7", StringComparison.Ordinal));
        var list = await GetAsync(node, "/en/policy/places");
        Assert.Equal(shownStates, Map(list).Split(", ", StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (var address in new[] { "/en/policy", "/en/policy/matrix", "/en/policy/places", "/en/policy-actions/welcome", "/en/policy/compare" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("Accept-Encoding", "br");
            var bytes = (await (await node.Client.SendAsync(request)).Content.ReadAsByteArrayAsync()).Length;
            Assert.True(bytes <= MaxBytes, $"{address}: {bytes} bytes with {places} places");
        }
    }

    private static Adoption AdoptionNo(int number)
    {
        var state = HealthEquity.Directory.Geography.States.All.Where(s => s.Code is not ("AS" or "GU" or "MP" or "PR" or "VI")).ElementAt(number % 51);
        return new()
        {
            Jurisdiction = new() { Name = string.Create(CultureInfo.InvariantCulture, $"District {number} of {state.Name}"), Level = "schoolDistrict", State = state.Code },
            Status = "adopted",
            History = [new() { On = new DateOnly(2020, 1, 1).AddDays(number), Status = "adopted" }],
            Provisions = number % 2 == 0 ? ["no-agents", "no-status"] : ["no-status"],
            Source = new() { Name = "Board minutes", Url = "https://example.org/minutes" },
        };
    }

    private async Task<string> GetAsync(string address) => await GetAsync(await api.SharedAsync(), address);

    private static async Task<string> GetAsync(Node node, string address)
    {
        var response = await node.Client.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {(int)response.StatusCode}");
        return WebUtility.HtmlDecode(text);
    }

    /// <summary>What the map says: "CA 1, NY 2".</summary>
    private static string Map(string page) => string.Join(", ", Tile().Matches(page).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}").Order(StringComparer.Ordinal));

    [GeneratedRegex("<li><a href=\"/en/policy-actions/[^\"]+\">([^<]+)</a>")]
    private static partial Regex ActionLink();

    [GeneratedRegex("<text[^>]*>([A-Z]{2})</text><text[^>]*>([0-9]+)</text>")]
    private static partial Regex Tile();

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
