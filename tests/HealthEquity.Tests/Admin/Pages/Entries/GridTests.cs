using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Directory;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Tests.Store;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>The grid of entries without JavaScript: what tells branches apart, filters with counts, saved views, and density.</summary>
public sealed partial class GridTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private ConsoleHost _host = null!;
    private Curator _curator = null!;
    private ConsoleBrowser _browser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _curator = await _host.AddCuratorAsync(CuratorRole.Curator);
        _browser = await _host.SignInAsync(_curator);
        await CreateAsync(Willow("Willow, Northeast", "Houston", "+17135550171") with { Summary = "Open late.", Hours = new Hours { AlwaysOpen = true } });
        await CreateAsync(Willow("Willow, Southwest", "Pasadena", "+17135550170") with
        {
            Hours = new Hours { TimeZone = "America/Chicago", Times = [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday }.Select(d => new OpeningTime { Day = d, Opens = new TimeOnly(9, 0), Closes = new TimeOnly(17, 0) })] },
            Languages = [new LanguageOffered { Language = "es" }, new LanguageOffered { Language = "vi" }],
            Cost = new Cost { Options = ["medicaid", "free"] },
            Eligibility = new Eligibility { ImmigrationStatus = "notAsked", ImmigrationStatusEvidence = "A call." },
            Capacity = new Capacity { Status = "waitlist" },
            Tags = ["sample"],
        });
        await CreateAsync(new Organization { Name = "Nameless" });
        await CreateAsync(new Material { Name = "Red card", MaterialType = "card", Editions = [] });
        await _host.Services.GetRequiredService<EditorialDirectory>().CatchUpAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_row_shows_what_tells_two_branches_apart()
    {
        const string columns = "&columns=city&columns=region&columns=phone&columns=languages&columns=cost&columns=immigration&columns=availability&columns=tags&columns=assured&columns=due&columns=assigned";
        var html = await _browser.ReadAsync("/entries?sort=name" + columns);

        Assert.Equal(
            ["Name", "City", "State", "Phone", "Languages", "Cost", "Immigration status", "Capacity", "Tags", "Last confirmed", "Check due", "Assigned to"], Headings(html));
        Assert.Equal(
            [
                "Nameless|—|—|—|—|—|—|—|—|Never|—|—",
                "Red card||||—||||—|Never|—|—",
                "Willow, Northeast|Houston|TX|(713) 555-0171|—|—|—|—|—|Never|—|—",
                "Willow, Southwest|Pasadena|TX|(713) 555-0170|Spanish, Vietnamese|Medicaid, Free|Not asked|Waiting list|Sample|Never|—|—",
            ],
            Rows(html));
        // What still tells two branches in one city apart.
        Assert.Equal(
            ["—|—|—", "||", "1 Sample St|Harris County|Open 24 hours, every day", "1 Sample St|Harris County|Monday to Tuesday: 9:00 AM – 5:00 PM"],
            Rows(await _browser.ReadAsync("/entries?sort=name&columns=street&columns=county&columns=hours")).Select(r => string.Join('|', r.Split('|')[1..4])));
        Assert.Equal(["—", "", "Houston, TX", "Pasadena, TX"], Rows(await _browser.ReadAsync("/entries?sort=name&columns=city")).Select(r => r.Split('|')[1]));
    }

    [Theory]
    [InlineData("languages:empty", "Nameless", "Red card", "Willow, Northeast")]
    [InlineData("cost:empty", "Nameless", "Willow, Northeast")]
    [InlineData("phone:empty", "Nameless")]
    [InlineData("city:empty", "Nameless")]
    [InlineData("immigration:empty", "Nameless", "Willow, Northeast")]
    [InlineData("availability:is:waitlist", "Willow, Southwest")]
    [InlineData("tags:not:sample", "Nameless", "Red card", "Willow, Northeast")]
    [InlineData("city:is:Houston, TX", "Willow, Northeast")]
    [InlineData("county:is:TX:Harris County", "Willow, Northeast", "Willow, Southwest")]
    [InlineData("county:not:TX:Harris County", "Nameless", "Red card")]
    [InlineData("region:is:Texas", "Willow, Northeast", "Willow, Southwest")]
    [InlineData("assured:never", "Nameless", "Red card", "Willow, Northeast", "Willow, Southwest")]
    [InlineData("assured:before:2026-01-01")]
    [InlineData("due:empty", "Nameless", "Red card", "Willow, Northeast", "Willow, Southwest")]
    [InlineData("assigned:empty", "Nameless", "Red card", "Willow, Northeast", "Willow, Southwest")]
    [InlineData("website:empty", "Nameless", "Willow, Northeast", "Willow, Southwest")]
    [InlineData("phone:filled", "Willow, Northeast", "Willow, Southwest")]
    [InlineData("zip:is:77074", "Willow, Northeast", "Willow, Southwest")]
    [InlineData("zip:not:77074", "Nameless", "Red card")]
    [InlineData("zip:empty", "Nameless")]
    [InlineData("zip:filled", "Willow, Northeast", "Willow, Southwest")]
    [InlineData("summary:empty", "Nameless", "Red card", "Willow, Southwest")]
    [InlineData("summary:filled", "Willow, Northeast")]
    [InlineData("slug:contains:northeast", "Willow, Northeast")]
    [InlineData("slug:contains:Less", "Nameless")]
    [InlineData("slug:contains:%")]
    public async Task A_condition_in_the_address_finds_exactly_these(string where, params string[] names)
    {
        Assert.Equal(names, Names(await _browser.ReadAsync("/entries?where=" + Uri.EscapeDataString(where))));
    }

    [Fact]
    public async Task Conditions_are_combined_with_each_other_and_with_the_search()
    {
        Assert.Equal(["Willow, Southwest"], Names(await _browser.ReadAsync("/entries?where=languages:is:es&where=cost:is:free&where=city:not:Houston,%20TX")));
        Assert.Empty(Names(await _browser.ReadAsync("/entries?where=languages:is:es&where=languages:is:ht")));
        Assert.Equal(["Willow, Northeast"], Names(await _browser.ReadAsync("/entries?text=willow&where=languages:empty")));
        var html = await _browser.ReadAsync("/entries?where=languages:empty&where=made:up");
        Assert.Contains("A filter in this link can&#x27;t be read and was left out.", html, StringComparison.Ordinal);
        Assert.Equal(3, Names(html).Count);
    }

    [Fact]
    public async Task A_field_offers_its_values_with_counts_as_links()
    {
        Assert.Equal(
            ["is empty 3 /entries?where=languages%3Aempty", "Spanish 1 /entries?where=languages%3Ais%3Aes", "Vietnamese 1 /entries?where=languages%3Ais%3Avi"],
            Facets(await _browser.ReadAsync("/entries?facet=languages")));
        Assert.Equal(
            ["Houston, TX 1 /entries?text=willow&where=city%3Ais%3AHouston%2C%20TX", "Pasadena, TX 1 /entries?text=willow&where=city%3Ais%3APasadena%2C%20TX"],
            Facets(await _browser.ReadAsync("/entries?text=willow&facet=city")));
        Assert.Equal(["never 1 /entries?where=languages%3Ais%3Aes&where=assured%3Anever"], Facets(await _browser.ReadAsync("/entries?where=languages:is:es&facet=assured")));
        // A chosen day becomes part of the address.
        var answer = await _browser.GetAsync("/entries?where=languages:empty&facet=assured&before=2026-02-01");
        Assert.Equal("/entries?where=languages%3Aempty&where=assured%3Abefore%3A2026-02-01", answer.Headers.Location!.ToString());
        var html = await _browser.ReadAsync("/entries?where=languages:empty&where=assured:before:2026-02-01");
        Assert.Equal(
            ["Languages is empty /entries?where=assured%3Abefore%3A2026-02-01", "Last confirmed before Feb 1, 2026 /entries?where=languages%3Aempty"],
            [.. Chip().Matches(html).Select(m => $"{Decoded(m.Groups[2])} /entries{Decoded(m.Groups[1])}")]);
    }

    [Fact]
    public async Task ZIP_codes_summaries_and_web_addresses_have_filters()
    {
        Assert.Equal(
            ["is empty 1 /entries?where=zip%3Aempty", "is not empty 2 /entries?where=zip%3Afilled", "77074 2 /entries?where=zip%3Ais%3A77074"],
            Facets(await _browser.ReadAsync("/entries?facet=zip")));
        Assert.Equal(
            ["is empty 3 /entries?where=summary%3Aempty", "is not empty 1 /entries?where=summary%3Afilled"], Facets(await _browser.ReadAsync("/entries?facet=summary")));
        Assert.Equal("/entries?where=zip%3Ais%3A77074", (await _browser.GetAsync("/entries?facet=zip&named=77074-1234")).Headers.Location!.ToString());
        Assert.Contains("Enter a ZIP code, such as 33130.", await _browser.ReadAsync("/entries?facet=zip&named=7707"), StringComparison.Ordinal);
        Assert.Equal("/entries?where=slug%3Acontains%3Awillow-s", (await _browser.GetAsync("/entries?facet=slug&named=Willow%20S")).Headers.Location!.ToString());
        var html = await _browser.ReadAsync("/entries?where=slug:contains:willow&where=slug:contains:south&where=zip:filled");
        Assert.Equal(["Willow, Southwest"], Names(html));
        Assert.Equal(["Web address contains willow", "Web address contains south", "ZIP code is not empty"], [.. Chip().Matches(html).Select(m => Decoded(m.Groups[2]))]);
    }

    [Fact]
    public async Task What_was_filled_in_is_no_longer_empty()
    {
        var id = await CreateAsync(new Organization { Name = "Changing", Phones = [new Phone { Number = "+13055550141" }] });
        Assert.Contains("Changing", Names(await _browser.ReadAsync("/entries?where=languages:empty")));
        await _host.Database.TransactAsync(
            s => Stores.Entries.SaveAsync(s, id, 1, new Organization { Name = "Changing", Languages = [new LanguageOffered { Language = "ht" }] }, Actor.System("test"), null, Cancellation), Cancellation);
        Assert.DoesNotContain("Changing", Names(await _browser.ReadAsync("/entries?where=languages:empty")));
        Assert.Equal(["Changing", "Nameless"], Names(await _browser.ReadAsync("/entries?where=phone:empty")));
    }

    [Fact]
    public async Task A_saved_view_has_its_own_address_and_a_count_and_the_team_sees_those_that_are_shared()
    {
        var other = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Viewer, "other"));
        var saved = await _browser.SubmitAsync("/entries?where=languages:empty&columns=city", "SaveView", ("name", "Harris, no languages"));
        Assert.Equal("/entries?where=languages%3Aempty&columns=city", saved.Headers.Location!.ToString());
        await _browser.SubmitAsync("/entries?where=phone:empty", "SaveView", ("name", "No phone"), ("shared", "true"));
        // A viewer can't share.
        await other.SubmitAsync("/entries?where=cost:empty", "SaveView", ("name", "No cost"), ("shared", "true"));

        Assert.Equal(["All", "Harris, no languages 3 /entries/views/harris-no-languages", "No phone 1 /entries/views/no-phone"], Views(await _browser.ReadAsync("/entries")));
        Assert.Equal(["All", "No cost 2 /entries/views/no-cost", "No phone 1 /entries/views/no-phone"], Views(await other.ReadAsync("/entries")));
        Assert.Equal("/entries?where=languages%3Aempty&columns=city", (await _browser.GetAsync("/entries/views/harris-no-languages")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, await other.StatusAsync("/entries/views/harris-no-languages"));
        Assert.Equal("/entries?listing=published&where=assured%3Anever", (await other.GetAsync("/entries/views/never-checked")).Headers.Location!.ToString());

        // Counts follow the directory, and a view of somebody else stays.
        await CreateAsync(new Organization { Name = "Another" });
        Assert.Equal(["All", "No cost 3 /entries/views/no-cost", "No phone 2 /entries/views/no-phone"], Views(await other.ReadAsync("/entries")));
        Assert.Equal(HttpStatusCode.NotFound, (await other.SubmitAsync("/entries", "DeleteView", ("slug", "no-phone"))).StatusCode);
        await _browser.SubmitAsync("/entries", "DeleteView", ("slug", "no-phone"));
        Assert.Equal(["All", "No cost 3 /entries/views/no-cost"], Views(await other.ReadAsync("/entries")));
        Assert.Contains("Enter a name for the view", await (await _browser.SubmitAsync("/entries?where=phone:empty", "SaveView", ("name", " "))).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_views_come_first_and_languages_are_folded_when_there_are_many()
    {
        var translated = new Material { Name = "Five", MaterialType = "guide", Translations = [.. new[] { "es", "fr", "ht", "pt" }.Select(l => new Translation { Language = l, Name = "5", Provenance = "human" })] };
        foreach (var material in new[] { translated, new Material { Name = "Six", MaterialType = "guide" } })
        {
            var id = await CreateAsync(material);
            await _host.Database.TransactAsync(s => Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        }

        await _browser.SubmitAsync("/entries?where=phone:empty", "SaveView", ("name", "No phone"));

        var html = await _browser.ReadAsync("/entries");
        Assert.True(html.IndexOf("No phone", StringComparison.Ordinal) < html.IndexOf("Never checked", StringComparison.Ordinal));
        Assert.Matches("<details>\\s*<summary>Lacks a language</summary>", html);
        Assert.Matches("<details open=\"open\">\\s*<summary>Lacks a language</summary>", await _browser.ReadAsync("/entries?listing=published&where=texts:not:es"));
        var today = await _browser.ReadAsync("/");
        Assert.Contains("href=\"/translations\"><strong>4</strong> <bdi>languages with unfinished texts</bdi>", today, StringComparison.Ordinal);
        Assert.DoesNotContain("unfinished texts in", today, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Searching_with_the_usual_columns_does_not_put_them_into_the_link()
    {
        var usual = string.Concat(new[] { "state", "city", "phone", "languages", "cost", "immigration", "assured", "due", "assigned" }.Select(c => "&columns=" + c));
        Assert.DoesNotContain("These columns are part of this link", await _browser.ReadAsync("/entries?text=willow" + usual), StringComparison.Ordinal);
        Assert.Contains("These columns are part of this link", await _browser.ReadAsync("/entries?text=willow" + usual + "&columns=zip"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_shows_views_that_are_not_empty()
    {
        await _browser.SubmitAsync("/entries?where=phone:empty", "SaveView", ("name", "No phone"));
        await _browser.SubmitAsync("/entries?where=languages:is:ht", "SaveView", ("name", "Creole"));
        var html = await _browser.ReadAsync("/");
        Assert.Contains("<a href=\"/entries/views/no-phone\"><strong>1</strong> <bdi>No phone</bdi></a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Creole", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_density_is_kept_for_each_curator()
    {
        Assert.DoesNotContain("entries compact", await _browser.ReadAsync("/entries"), StringComparison.Ordinal);
        await _browser.SubmitAsync("/entries?kind=provider", "Density", ("density", "compact"));
        Assert.Contains("entries compact", await _browser.ReadAsync("/entries"), StringComparison.Ordinal);
        var other = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Viewer, "other"));
        Assert.DoesNotContain("entries compact", await other.ReadAsync("/entries"), StringComparison.Ordinal);
        await _browser.SubmitAsync("/entries", "Density", ("density", "comfortable"));
        Assert.DoesNotContain("entries compact", await _browser.ReadAsync("/entries"), StringComparison.Ordinal);
    }

    private static Provider Willow(string name, string city, string phone) => new()
    {
        Name = name,
        Phones = [new Phone { Number = phone }],
        Locations = [new Location { Visibility = Visibility.Public, Address1 = "1 Sample St", City = city, StateProvince = "TX", County = "Harris County", PostalCode = "77074" }],
    };

    private static string Decoded(Group group) => WebUtility.HtmlDecode(group.Value);

    private static IReadOnlyList<string> Names(string html) => [.. Row().Matches(html).Select(m => Decoded(m.Groups[1]))];

    private static IReadOnlyList<string> Headings(string html) => [.. Heading().Matches(html).Select(m => m.Groups[1].Value)];

    private static IReadOnlyList<string> Rows(string html) =>
        [.. Row().Matches(html).Select(m => string.Join('|', Cell().Matches(m.Groups[2].Value).Select(c => Decoded(c.Groups[1]).Trim()).Prepend(Decoded(m.Groups[1]))))];

    private static IReadOnlyList<string> Facets(string html) =>
        [.. FacetLine().Matches(html).Select(m => $"{Decoded(m.Groups[2])} {m.Groups[3].Value} /entries{Decoded(m.Groups[1])}")];

    private static IReadOnlyList<string> Views(string html) =>
        [.. ViewLink().Matches(ViewList().Match(html).Value).Select(m => m.Groups[3].Success ? $"{Decoded(m.Groups[2])} {m.Groups[3].Value} {m.Groups[1].Value}" : Decoded(m.Groups[2]))];

    private Task<Guid> CreateAsync(Entry entry) =>
        _host.Database.TransactAsync(s => Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation), Cancellation);

    [GeneratedRegex("<th scope=\"row\"><a href=\"/entries/show/[^\"]+\"><bdi>([^<]*)</bdi></a></th>(.*?)</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<td[^>]*>([^<]*)")]
    private static partial Regex Cell();

    [GeneratedRegex("<th scope=\"col\"[^>]*>(?:<a href=\"[^\"]+\">)?([^<]+)<")]
    private static partial Regex Heading();

    [GeneratedRegex("<li>\\s*<a href=\"([^\"]+)\">(?:<bdi>)?([^<]+)(?:</bdi>)?</a> <span class=\"count\">([0-9,]+)</span>(?!</a>)")]
    private static partial Regex FacetLine();

    [GeneratedRegex("<a class=\"chip\" href=\"([^\"]+)\"><bdi>([^<]+)</bdi>")]
    private static partial Regex Chip();

    [GeneratedRegex("<nav class=\"views\".*?</ul>", RegexOptions.Singleline)]
    private static partial Regex ViewList();

    [GeneratedRegex("<li><a href=\"([^\"]+)\"[^>]*>(?:<bdi>)?([^<]+)(?:</bdi> <span class=\"count\">([0-9,]+)</span>)?</a></li>")]
    private static partial Regex ViewLink();
}
