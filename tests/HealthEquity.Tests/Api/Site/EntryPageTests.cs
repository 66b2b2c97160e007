using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Api.Site.EntryPages;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Suggestions;

namespace HealthEquity.Tests.Api.Site;

/// <summary>The page of an entry: everything public about it, and a way to report what is wrong.</summary>
public sealed partial class EntryPageTests(DirectoryApi api)
{
    [Fact]
    public async Task A_page_shows_how_to_reach_an_entry_when_where_and_how_it_was_checked()
    {
        var html = await GetAsync("/en/providers/clinica-del-sol");
        var page = PageText.Of(html);
        Assert.Contains("Call (305) 555-0101", page, StringComparison.Ordinal);
        Assert.Contains("1 Calle Ocho", page, StringComparison.Ordinal);
        Assert.Contains("9:00 AM – 5:00 PM", page, StringComparison.Ordinal);
        Assert.Contains("Checked 10 days ago", page, StringComparison.Ordinal);
        Assert.Contains("read on Jan 5, 2026", page, StringComparison.Ordinal);
        Assert.Contains("Ages 0 to 17", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unaccompaniedChildren", page, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Call (305) 555-0101 · Spanish", "1 Calle Ocho, Miami, FL 33130", "Directions (opens a map site)", "Serves Miami-Dade County, FL", "Help by phone or video · Florida", "Spanish · Staff", "Haitian Creole", "Free", "Sliding scale",
                "Does not ask about immigration status · Written policy.", "Ages 0 to 17", "Unaccompanied children", "Taking new people · Updated Feb 20, 2026", "Trauma and post-traumatic stress", "Family therapy", "Asylum",
                "Psychologist · FL · PY1234", "Checked 10 days ago", "Test · read on Jan 5, 2026",
            ],
            Lines(html));
        Assert.Equal("The map shows Miami.", Assert.Single(PageText.In(html, "figure", "map")[..1].Select(m => m[m.IndexOf("The map", StringComparison.Ordinal)..])));
    }

    /// <summary>"None" under "Papers" says nothing, and "Ages 0 to 120" less.</summary>
    [Fact]
    public async Task What_is_no_condition_is_said_in_words_or_left_out()
    {
        var node = await api.StarterAsync();
        var provider = await node.Client.GetStringAsync("/en/providers/sample-puentes-therapy-miami");
        Assert.Contains("No documents are asked for", provider, StringComparison.Ordinal);
        Assert.DoesNotContain(">None<", provider, StringComparison.Ordinal);
        Assert.DoesNotContain("Ages 0 to 120", await node.Client.GetStringAsync("/en/attorneys/sample-faro-legal-miami"), StringComparison.Ordinal);

        var own = await api.OpenAsync(n => n.PublishAsync(new Organization { Name = "Teen House", Eligibility = new() { MinimumAge = 12, MaximumAge = 120 } }, "teen-house"));
        Assert.Contains("Ages 12 and up", await own.Client.GetStringAsync("/en/organizations/teen-house"), StringComparison.Ordinal);
    }

    /// <summary>Somebody in need must not call an invented place, whatever page or sheet shows it.</summary>
    [Theory]
    [InlineData("en", "Sample, not a real place")]
    [InlineData("ar", "مثال فقط، ليس مكانًا حقيقيًا")]
    public async Task Invented_entries_are_marked_in_the_readers_language_on_every_page_and_sheet(string language, string mark)
    {
        var client = (await api.StarterAsync()).Client;
        foreach (var page in new[] { "find?need=talk&near=33130", "providers/sample-puentes-therapy-miami", "print?entry=providers/sample-puentes-therapy-miami", "print?need=talk&near=33130" })
        {
            var html = WebUtility.HtmlDecode(await client.GetStringAsync($"/{language}/{page}"));
            var names = SampleName().Matches(html);
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.Contains(mark, html.AsSpan(name.Index, Math.Min(300, html.Length - name.Index)), StringComparison.Ordinal));
        }

        // A card to carry has no room for the mark, and nobody needs an invented number in a pocket.
        var cards = await client.GetStringAsync($"/{language}/print?need=talk&near=33130&cards=1");
        Assert.Contains("<li><bdi translate=\"no\">", cards, StringComparison.Ordinal);
        Assert.DoesNotContain("Sample: ", cards, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_numbers_and_addresses_are_kept_from_translation_and_words_are_not()
    {
        var page = await GetAsync("/en/providers/clinica-del-sol");
        Assert.Contains(">Call <bdi translate=\"no\">(305) 555-0101</bdi></a>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi translate=\"no\">1 Calle Ocho, Miami, FL 33130</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<h1 translate=\"no\" lang=\"en\" dir=\"auto\">Clínica del Sol</h1>", page, StringComparison.Ordinal);
    }

    /// <summary>Half of a number at the end of a line is read as a whole one, and a box beside the next word is ticked for the wrong thing.</summary>
    [Theory]
    [InlineData("Call 1-888-351-4024. Or (209) 757-3733", "<p>Call <span class=\"num\">1-888-351-4024</span>. Or <span class=\"num\">(209) 757-3733</span></p>")]
    [InlineData("See https://example.org/800-555-0100/ and 2026-10-11", "<p>See <a href=\"https://example.org/800-555-0100/\">https://example.org/800-555-0100/</a> and 2026-10-11</p>")]
    [InlineData("Forms I-200 and I-220A", "<p>Forms <span class=\"num\">I-200</span> and <span class=\"num\">I-220A</span></p>")]
    [InlineData("☐ passports ☐ keys", "<p>☐\u00A0passports ☐\u00A0keys</p>")]
    [InlineData("passports ☐ keys ☐", "<p>passports\u00A0☐ keys\u00A0☐</p>")]
    public void A_telephone_number_and_a_box_with_its_words_stay_on_one_line(string markdown, string html) =>
        Assert.Equal(html, EntrySections.Render(markdown)!.Trim());

    [Fact]
    public async Task A_telephone_number_stays_on_one_line_in_a_summary_too()
    {
        var node = await api.StarterAsync();
        foreach (var page in new[] { "/en/find?need=detained", "/en/find?q=Houston+Immigrant+Rights+Hotline", "/en/organizations/houston-immigrant-rights-hotline" })
        {
            var html = await node.Client.GetStringAsync(page);
            Assert.Contains(page.Contains("detained", StringComparison.Ordinal) ? "<span class=\"num\">1-888-351-4024</span>" : "call <span class=\"num\">833-468-4664</span>", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_source_in_English_keeps_its_order_from_right_to_left()
    {
        // Otherwise the address that paper adds stands before the last words of the name.
        var page = await (await api.StarterAsync()).Client.GetStringAsync("/ar/materials/first-24-hours-after-an-ice-arrest");
        Assert.Contains("<a href=\"https://www.allianceforrefugees.org/news\" dir=\"auto\" translate=\"no\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_material_whose_name_is_its_kind_says_so_once()
    {
        var page = await (await api.StarterAsync()).Client.GetStringAsync("/en/materials/know-your-rights-card");
        Assert.Matches("<h1[^>]*>Know-your-rights card</h1>", page);
        Assert.DoesNotContain("<p class=\"meta\">Know-your-rights card</p>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/en/providers/clinica-del-sol")]
    [InlineData("/en/providers/clinica-del-sol.vcf")]
    [InlineData("/en")]
    public async Task A_cache_never_shows_an_entry_that_may_have_been_taken_down(string address)
    {
        var node = await api.SharedAsync();
        using var answer = await node.Client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("public, must-revalidate, max-age=60", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_former_address_leads_to_the_entry_and_one_taken_down_says_so()
    {
        var node = await api.SharedAsync();
        var moved = await node.Client.GetAsync("/en/materials/old-plan");
        Assert.Equal(HttpStatusCode.MovedPermanently, moved.StatusCode);
        Assert.Equal("/en/materials/family-plan", moved.Headers.Location!.OriginalString);
        var gone = await node.Client.GetAsync("/en/providers/closed-practice");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        var page = await gone.Content.ReadAsStringAsync();
        Assert.Contains("This listing was taken down", page, StringComparison.Ordinal);
        Assert.Equal(["Clínica del Sol", "Harbor Counseling"], Names(page).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.MovedPermanently, (await node.Client.GetAsync("/en/providers/sol-miami")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await node.Client.GetAsync("/en/providers/nobody")).StatusCode);
    }

    [Fact]
    public async Task A_fax_number_is_no_button_and_a_private_address_is_not_shown()
    {
        var node = await api.OpenAsync(async n => await n.PublishAsync(
            new Organization
            {
                Name = "Casa",
                Phones = [new() { Number = "+13055550111", Type = "fax" }, new() { Number = "+13055550112", Type = "text" }, new() { Number = "+13055550113", Type = "tty" }],
                Locations = [new() { Visibility = Visibility.Area, Address1 = "9 Secret Street", City = "Miami", County = "Miami-Dade County", StateProvince = "FL" }],
            },
            "casa"));
        var page = await (await node.Client.GetAsync("/en/organizations/casa")).Content.ReadAsStringAsync();
        Assert.Contains("Fax: (305) 555-0111", PageText.Of(page), StringComparison.Ordinal);
        Assert.DoesNotContain("tel:+13055550111", page.Replace("&#x2B;", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("sms:+13055550112", page.Replace("&#x2B;", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("TTY (305) 555-0113", PageText.Of(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Secret Street", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_of_a_material_can_be_read_and_its_markup_is_harmless()
    {
        var node = await api.OpenAsync(async n => await n.PublishAsync(
            new Material
            {
                Name = "Plan",
                MaterialType = "familyPlan",
                Editions = [new() { Language = "en", Title = "Plan", Text = "# Who cares for the children\n\n<script>alert(1)</script>\n\n- A neighbor" }],
            },
            "plan"));
        var page = await (await node.Client.GetAsync("/en/materials/plan")).Content.ReadAsStringAsync();
        Assert.Contains("Who cares for the children", page, StringComparison.Ordinal);
        Assert.Contains("<li>A neighbor</li>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_in_another_language_says_which()
    {
        var page = await GetAsync("/ar/providers/harbor-counseling");
        Assert.Contains("lang=\"en\"", page, StringComparison.Ordinal);
        Assert.Contains("Grief counseling for adults.", page, StringComparison.Ordinal);
        Assert.Contains("لغة هذا النص: الإنجليزية.", PageText.Of(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_card_has_lines_that_every_phone_reads()
    {
        var node = await api.SharedAsync();
        var response = await node.Client.GetAsync("/en/providers/clinica-del-sol.vcf");
        var card = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/vcard", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("BEGIN:VCARD\r\nVERSION:4.0\r\n", card, StringComparison.Ordinal);
        Assert.Contains("TEL;VALUE=uri;TYPE=voice:tel:+13055550101\r\n", card, StringComparison.Ordinal);
        Assert.Contains("ADR:;;1 Calle Ocho;Miami;FL;33130;US\r\n", card, StringComparison.Ordinal);
        Assert.All(card.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
    }

    [Fact]
    public async Task A_report_asks_for_no_name_and_waits_for_the_curators()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        var form = await (await node.Client.GetAsync("/en/providers/harbor-counseling/report")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("name=\"name\"", form, StringComparison.Ordinal);

        var empty = await PostAsync(node, ("part", "other"), ("message", " "));
        Assert.Equal(HttpStatusCode.BadRequest, empty.Response.StatusCode);
        Assert.Contains("Write what is wrong", empty.Page, StringComparison.Ordinal);

        var sent = await PostAsync(node, ("part", "phone"), ("message", "The number is wrong."));
        Assert.Contains("Thank you", sent.Page, StringComparison.Ordinal);
        var trap = await PostAsync(node, ("part", "phone"), ("message", "Buy now"), ("website", "https://spam.example"));
        Assert.Contains("Thank you", trap.Page, StringComparison.Ordinal);

        var waiting = await node.Database.TransactAsync(s => SuggestionStore.ListAsync(s, "open", 0, 10, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var suggestion = Assert.Single(waiting);
        Assert.Equal("phones", suggestion.Field);
        Assert.Contains("The number is wrong.", suggestion.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_reports_from_one_address_are_refused_in_words()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, null, ("RequestLimits:SuggestionsPerHour", "1"));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(node, ("part", "phone"), ("message", "Wrong."))).Response.StatusCode);
        var request = new HttpRequestMessage(HttpMethod.Post, "/es/providers/harbor-counseling/report")
        {
            Content = new FormUrlEncodedContent([new("part", "phone")]),
            Headers = { { "Accept", "text/html,*/*" } },
        };
        var refused = await node.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("Llegaron demasiados avisos desde aquí", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_a_page_for_people_and_a_document_for_programs()
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/es/nothing") { Headers = { { "Accept", "text/html" } } };
        var page = await node.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Contains("lang=\"es\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var program = await node.Client.GetAsync("/es/nothing");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (program.StatusCode, program.Content.Headers.ContentType!.MediaType));
        var data = new HttpRequestMessage(HttpMethod.Get, "/v1/nothing") { Headers = { { "Accept", "text/html" } } };
        Assert.Equal("application/problem+json", (await node.Client.SendAsync(data)).Content.Headers.ContentType!.MediaType);
    }

    private static string[] Lines(string html) =>
        [.. System.Text.RegularExpressions.Regex.Matches(html, "<ul class=\"lines\">(.*?)</ul>").SelectMany(m => System.Text.RegularExpressions.Regex.Matches(m.Groups[1].Value, "<li>(.*?)</li>")).Select(m => PageText.Of(m.Groups[1].Value))];

    private static string[] Names(string html) =>
        [.. System.Text.RegularExpressions.Regex.Matches(html, "<li class=\"card\"><h2><a [^>]*>([^<]*)</a>").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    private async Task<string> GetAsync(string address) => await (await (await api.SharedAsync()).Client.GetAsync(address)).Content.ReadAsStringAsync();

    private static async Task<(HttpResponseMessage Response, string Page)> PostAsync(Node node, params (string Name, string Value)[] form)
    {
        var response = await node.Client.PostAsync(
            "/en/providers/harbor-counseling/report", new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return (response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Where a page shows the name of a place, not where it only mentions it.</summary>
    [GeneratedRegex("<(?:a|bdi|h1)[^>]*>Sample: ")]
    private static partial Regex SampleName();
}
