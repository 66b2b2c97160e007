using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Needs;
using HealthEquity.Api.Site.Texts;

namespace HealthEquity.Tests.Api.Site.Embed;

/// <summary>The pages that a frame or the script shows: within what the host chose, and framed nowhere else.</summary>
public sealed partial class EmbedTests(DirectoryApi api)
{
    /// <summary>What a site may ask for at first, over the shipped directory.</summary>
    public static TheoryData<string> FirstViews()
    {
        var views = new TheoryData<string> { "", "near=33130", "state=FL&county=12086", "need=detained&state=FL&county=12086", "need=talk&page-size=25" };
        foreach (var need in Need.All.Where(n => n.Code != "else"))
        {
            views.Add($"need={need.Code}&near=Houston,%20TX");
        }

        return views;
    }

    [Theory]
    [MemberData(nameof(FirstViews))]
    public async Task The_first_view_is_at_most_8_KB_and_all_views_20_KB_in_every_language(string chosen)
    {
        var script = await SizeAsync("/embed.js");
        var later = await SizeAsync("/embed/later.js");
        foreach (var language in SiteTexts.Languages)
        {
            var first = script + await SizeAsync($"/embed/list?{chosen}&lang={language}&part=first");
            Assert.InRange(first, 1, 8 * 1024);
            var rest = chosen.Contains("need=", StringComparison.Ordinal) ? $"/embed/list?{chosen}&lang={language}&part=rest" : $"/embed/list?{chosen}&lang={language}&need=talk";
            var all = first + later + await SizeAsync(rest) + await SizeAsync($"/embed/list/providers/sample-puentes-therapy-miami?lang={language}")
                + await SizeAsync($"/embed/list/providers/sample-puentes-therapy-miami/report?lang={language}");
            Assert.InRange(all, 1, 20 * 1024);
        }
    }

    [Theory]
    [InlineData("need=talk", "/embed/list?lang=es&need=talk&part=rest")]
    [InlineData("need=lawyer&page-size=2", "/embed/list?lang=es&need=lawyer&page-size=2&part=rest")]
    public async Task The_first_view_has_the_first_results_and_says_where_the_others_are(string chosen, string rest)
    {
        var first = await GetAsync($"/embed/list?lang=es&{chosen}&part=first", await api.StarterAsync());
        var others = await GetAsync(WebUtility.HtmlDecode(Rest().Match(first).Groups[1].Value), await api.StarterAsync());
        var whole = await GetAsync($"/embed/list?lang=es&{chosen}", await api.StarterAsync());

        Assert.Equal(rest, WebUtility.HtmlDecode(Rest().Match(first).Groups[1].Value));
        Assert.InRange(Cards().Count(first), 1, Embedding.FirstResults);
        Assert.Equal(Slugs(whole), Slugs(first).Concat(Slugs(others)));
        Assert.DoesNotContain("type=\"checkbox\"", first, StringComparison.Ordinal);
        Assert.Contains("type=\"checkbox\"", others, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"rest\"", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_view_of_a_list_has_its_first_entries()
    {
        var first = await GetAsync("/embed/list?lang=en&list=lincoln-families&part=first");
        var rest = await GetAsync(WebUtility.HtmlDecode(Rest().Match(first).Groups[1].Value));
        Assert.Equal(Slugs(await GetAsync("/embed/list?lang=en&list=lincoln-families")), Slugs(first).Concat(Slugs(rest)));
        Assert.InRange(Cards().Count(first), 1, Embedding.FirstResults);
        Assert.DoesNotContain("Help for Lincoln families", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_language_shows_the_results_that_the_site_asked_for()
    {
        var page = await GetAsync("/embed/list?lang=en&need=talk&state=FL");
        Assert.Contains("<li><a href=\"/embed/list?lang=es&amp;need=talk&amp;state=FL\" lang=\"es\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_pages_of_embeds_may_be_framed()
    {
        foreach (var page in new[] { "/embed/list", "/embed/list?need=lawyer", "/embed/list/providers/clinica-del-sol", "/embed/list/providers/clinica-del-sol/report", "/embed/list/providers/closed-practice", "/embed/list/left" })
        {
            Assert.EndsWith("; frame-ancestors *", await PolicyAsync(await api.SharedAsync(), page), StringComparison.Ordinal);
        }

        foreach (var page in new[] { "/en", "/en/find?q=trauma", "/en/providers/clinica-del-sol", "/embed", "/es/embed" })
        {
            Assert.EndsWith("; frame-ancestors 'none'", await PolicyAsync(await api.SharedAsync(), page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_department_names_the_sites_that_may_frame_it()
    {
        var node = await api.OpenAsync(null, null, ("Site:FrameHosts:0", "https://www.riverside.example"), ("Site:FrameHosts:1", "https://*.schools.example"));
        Assert.EndsWith("; frame-ancestors https://www.riverside.example https://*.schools.example", await PolicyAsync(node, "/embed/list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kinds=attorney", "q=help", "bruno-counsel,ana-abogada")]
    [InlineData("state=NY", "q=counseling", "harbor-counseling")]
    [InlineData("kinds=provider", "q=help&kind=attorney", "clinica-del-sol,harbor-counseling")]
    public async Task A_search_stays_within_what_the_site_chose(string chosen, string asked, string slugs)
    {
        var page = await PostAsync($"/embed/list/find?lang=en&{chosen}", asked);
        Assert.Equal(slugs.Split(',').Order(), Cards().Matches(page).Select(m => m.Groups[1].Value).Order());
    }

    [Fact]
    public async Task The_site_chooses_how_many_results_are_shown_at_a_time()
    {
        var page = await PostAsync("/embed/list/find?lang=en&page-size=1", "q=trauma");
        Assert.Single(Cards().Matches(page));
        Assert.Contains("name=\"page\" value=\"2\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_chooses_which_choices_stand_on_the_first_page()
    {
        var page = await GetAsync("/embed/list?lang=en&needs=lawyer%20talk&near=33130");
        Assert.Equal(["lawyer", "talk"], Choices().Matches(page).Select(m => m.Groups[1].Value));
        Assert.Contains("name=\"near\" value=\"33130\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_what_the_site_chose_is_named_with_its_remedy()
    {
        var page = await GetAsync("/embed/list?lang=en&state=Florida&page-size=500&need=lawyers");
        Assert.Equal(
            [
                "need: “lawyers” cannot be used. Give detained, lawyer, talk, rights, hurt, else.",
                "state: “Florida” cannot be used. Give a code such as FL.",
                "page-size: “500” cannot be used. Give a number from 1 to 25.",
            ],
            Problems().Matches(page).Select(m => m.Groups[1].Value));
    }

    [Theory]
    [InlineData("/embed/list?lang=es&state=FL")]
    [InlineData("/embed/list?lang=es&state=FL&need=talk")]
    [InlineData("/embed/list/providers/clinica-del-sol?lang=es&state=FL")]
    [InlineData("/embed/list/providers/clinica-del-sol/report?lang=es&state=FL")]
    [InlineData("/embed/list/providers/closed-practice?lang=es&state=FL")]
    public async Task Every_page_of_an_embed_leads_on_within_it(string address)
    {
        var own = Addresses().Matches(await GetAsync(address)).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))
            .Where(a => a.StartsWith('/') && !a.StartsWith("/site/", StringComparison.Ordinal) && a is not "/favicon.svg" and not "/es/print").ToList();
        Assert.NotEmpty(own);
        Assert.All(own, a => Assert.Matches("^/embed/list(/[^?]*)?\\?lang=[A-Za-z-]+(&need=talk)?&state=FL$", a));
    }

    [Fact]
    public async Task The_site_chooses_a_curated_list()
    {
        var page = await GetAsync("/embed/list?lang=en&list=lincoln-families");
        Assert.NotEmpty(Cards().Matches(page));
        Assert.Equal(await GetAsync("/embed/list/lists/lincoln-families?lang=en"), page);
    }

    [Fact]
    public async Task A_former_address_leads_to_the_new_one_within_the_embed()
    {
        var response = await (await api.SharedAsync()).Client.GetAsync("/embed/list/materials/old-plan?lang=es&theme=dark");
        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal("/embed/list/materials/family-plan?lang=es&theme=dark", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_copied_link_leads_to_the_directory_itself_and_shows_the_same()
    {
        var page = await PostAsync("/embed/list/find?lang=en&kinds=provider", "q=trauma&near=33130");
        Assert.Equal("/en/find?q=trauma&near=33130&kind=provider", WebUtility.HtmlDecode(SharedLink().Match(page).Groups[1].Value));
    }

    [Fact]
    public async Task Nothing_that_was_typed_stands_in_an_address()
    {
        var page = await PostAsync("/embed/list/find?lang=en", "q=zebra%20trauma&near=33130");
        Assert.DoesNotContain(Addresses().Matches(page), m => m.Groups[1].Value.Contains("zebra", StringComparison.Ordinal) || m.Groups[1].Value.Contains("33130", StringComparison.Ordinal));
    }

    private static async Task<string> PolicyAsync(Node node, string address) =>
        (await node.Client.GetAsync(address)).Headers.GetValues("Content-Security-Policy").Single();

    private async Task<string> GetAsync(string address, Node? node = null) => await (await (node ?? await api.SharedAsync()).Client.GetAsync(address)).Content.ReadAsStringAsync();

    private async Task<string> PostAsync(string address, string form)
    {
        using var content = new StringContent(form, mediaType: new("application/x-www-form-urlencoded"));
        return await (await (await api.SharedAsync()).Client.PostAsync(address, content)).Content.ReadAsStringAsync();
    }

    private async Task<int> SizeAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept-Encoding", "br" } } };
        var response = await (await api.StarterAsync()).Client.SendAsync(request);
        Assert.Equal("br", response.Content.Headers.ContentEncoding.Single());
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }

    private static string[] Slugs(string page) => [.. Cards().Matches(page).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("<a class=\"rest\" href=\"([^\"]+)\"")]
    private static partial Regex Rest();

    [GeneratedRegex("<li class=\"card\"><h2><a href=\"/embed/list/[a-z-]+/([^?\"]+)")]
    private static partial Regex Cards();

    [GeneratedRegex("<button name=\"need\" value=\"([a-z]+)\"")]
    private static partial Regex Choices();

    [GeneratedRegex("<p class=\"error\" lang=\"en\" dir=\"ltr\">([^<]+)</p>")]
    private static partial Regex Problems();

    [GeneratedRegex("(?:href|action)=\"([^\"]+)\"")]
    private static partial Regex Addresses();

    [GeneratedRegex("data-link=\"([^\"]+)\"")]
    private static partial Regex SharedLink();
}
