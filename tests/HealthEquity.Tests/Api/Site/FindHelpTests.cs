using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using HealthEquity.Api.Site.Needs;
using HealthEquity.Search.Questions;

namespace HealthEquity.Tests.Api.Site;

/// <summary>The first page and the results, as a phone gets them.</summary>
public sealed partial class FindHelpTests(DirectoryApi api)
{
    [Theory]
    [InlineData("/", "What do you need?", "en")]
    [InlineData("/en", "What do you need?", "en")]
    public async Task The_first_page_is_in_the_language_asked_for(string address, string question, string language)
    {
        var page = await GetAsync(address);
        Assert.Contains(question, page, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
    }

    /// <summary>"That is too long" is no answer to a link that somebody cut off.</summary>
    [Theory]
    [InlineData("near=33130&radius=abc", "Part of this link cannot be read")]
    [InlineData("q=", "That is too long")]
    public async Task What_is_wrong_with_a_search_is_said_as_it_is(string query, string message)
    {
        var node = await api.SharedAsync();
        var longest = query == "q=" ? string.Join(' ', Enumerable.Repeat("therapist", 500)) : "";
        Assert.Contains(message, await (await node.Client.GetAsync($"/en/find?{query}{Uri.EscapeDataString(longest)}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_browsers_language_decides_where_the_address_does_not()
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept-Language", "ar-EG,en;q=0.5" } } };
        var page = await (await node.Client.SendAsync(request)).Content.ReadAsStringAsync();
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_shows_what_a_person_needs_to_call()
    {
        var (response, page) = await PostAsync("/en/find", ("q", "trauma"), ("near", "33130"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Null(response.Headers.ETag);
        Assert.Contains("Clínica del Sol", page, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:+13055550101\"", Unescaped(page), StringComparison.Ordinal);
        Assert.Equal(
            ["Open until 5:00 PM Speaks Spanish and Haitian Creole Does not ask about immigration status Free and Sliding scale Help by phone or video Taking new people"],
            PageText.In(page, "ul", "facts"));
        Assert.Equal("Call (305) 555-0101 Details Clínica del Sol", PageText.In(page, "p", "acts")[0]);
        Assert.Equal(["Checked 10 days ago"], PageText.In(page, "p", "chk"));
        Assert.Equal("1 result near 33130", PageText.Of(Heading().Match(page).Groups[1].Value));
        Assert.DoesNotContain("?q=", page.Replace("data-link=", "", StringComparison.Ordinal)[..page.IndexOf("data-link", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_says_how_far_when_it_opens_and_what_is_not_known()
    {
        var (_, near) = await PostAsync("/en/find", ("q", "trauma"), ("near", "33130"));
        Assert.Equal("Psychologist · Miami, FL · 0.2 miles away", PageText.In(near, "p", "meta")[0]);
        // The place of a ZIP code is no doorstep: nothing is "0 miles away".
        var here = await (await api.StarterAsync()).Client.GetStringAsync("/en/find?need=lawyer&near=33130");
        Assert.Contains("Legal-aid program · Miami, FL · 0.1 miles away", PageText.Of(here), StringComparison.Ordinal);
        var (_, closed) = await PostAsync("/en/find", ("q", "grief"));
        Assert.StartsWith("Opens Tuesday at 9:00 AM ", PageText.In(closed, "ul", "facts")[0], StringComparison.Ordinal);
        var (_, unchecked_) = await PostAsync("/en/find", ("q", "asylum attorney"));
        Assert.Contains("Not checked yet: call first", PageText.In(unchecked_, "p", "chk old"));
    }

    [Theory]
    [InlineData("/en/find", "application/x-www-form-urlencoded", "gzip", "Send the body without Content-Encoding.")]
    [InlineData("/en/find", "application/x-www-form-urlencoded; charset=utf-16", null, "Send the form in UTF-8.")]
    [InlineData("/en/find", "application/json", null, "Send the form as application/x-www-form-urlencoded.")]
    [InlineData("/en/organizations/any/report", "application/x-www-form-urlencoded", "br", "Send the body without Content-Encoding.")]
    [InlineData("/en/organizations/any/report", "text/plain", null, "Send the form as application/x-www-form-urlencoded.")]
    public async Task A_form_in_another_coding_or_type_is_refused(string address, string type, string? coding, string why)
    {
        var node = await api.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("q=clinic") };
        request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        if (coding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(coding);
        }

        Assert.Equal(why, (string?)(await node.ProblemAsync(request, HttpStatusCode.UnsupportedMediaType))["detail"]);
    }

    [Theory]
    [InlineData("detained")]
    [InlineData("lawyer")]
    [InlineData("talk")]
    [InlineData("rights")]
    [InlineData("hurt")]
    public async Task Each_choice_finds_something_or_somebody_to_call(string need)
    {
        var (response, page) = await PostAsync("/en/find", ("need", need));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Matches("class=\"card\"|class=\"hotlines\"", page);
    }

    [Fact]
    public void Each_choice_asks_a_question_of_which_every_word_is_understood() =>
        Assert.All(Need.All, need => Assert.Empty(QuestionReader.Shipped.Read(need.Question, "en", []).Words));

    [Fact]
    public async Task The_wider_answer_says_what_it_left_out()
    {
        var (_, page) = await PostAsync("/en/find", ("q", "trauma"), ("cost", "medicare"));
        Assert.Equal("Here is the closest we found", PageText.Of(Heading().Match(page).Groups[1].Value));
        Assert.Equal("We left out: Medicare", PageText.In(page, "p", "hint")[0]);
        var (_, words) = await PostAsync("/es/find", ("q", "trauma zzqqzz"));
        Assert.Equal("No tomamos en cuenta: “zzqqzz”", PageText.In(words, "p", "hint")[0]);
    }

    /// <summary>Somebody who ticks Haitian Creole wants the one place that speaks it, not the one first of all.</summary>
    [Theory]
    [InlineData("language")]
    [InlineData("immigrationStatus")]
    [InlineData("cost")]
    public async Task A_ticked_box_shows_as_many_places_as_it_counts(string filter)
    {
        var client = (await api.StarterAsync()).Client;
        var all = await FindAsync([]);
        var boxes = Boxes().Matches(all).Where(b => b.Groups[1].Value == filter).Select(b => (Value: b.Groups[2].Value, Count: b.Groups[3].Value)).ToList();
        Assert.True(boxes.Count > 1);
        foreach (var (value, count) in boxes)
        {
            Assert.StartsWith($"{count} result", PageText.Of(Heading().Match(await FindAsync([new(filter, value)])).Groups[1].Value), StringComparison.Ordinal);
        }

        async Task<string> FindAsync(IEnumerable<KeyValuePair<string, string>> ticked) =>
            await (await client.PostAsync("/en/find", new FormUrlEncodedContent([new("q", "therapist"), .. ticked]))).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task The_map_says_in_words_where_the_results_are_and_is_small()
    {
        var (_, page) = await PostAsync("/en/find", ("q", "trauma"), ("near", "33130"));
        var map = page[page.IndexOf("<figure", StringComparison.Ordinal)..page.IndexOf("</figure>", StringComparison.Ordinal)];
        Assert.Equal("The map shows Miami.", PageText.Of(map[map.IndexOf("<figcaption>", StringComparison.Ordinal)..]));
        Assert.Contains("aria-label=\"The map shows Miami.\"", map, StringComparison.Ordinal);
        Assert.InRange(map.Length, 500, 6_000);
    }

    [Fact]
    public async Task Danger_is_answered_with_the_English_where_no_person_has_reviewed_the_translation()
    {
        var (_, page) = await PostAsync("/es/find", ("q", "quiero morir"));
        Assert.Contains(
            "No está a solas. Hable con alguien ahora.You are not alone. Talk to someone now. Si alguien está en peligro ahora mismo, llame al 911.If someone is in danger right now, call 911.",
            PageText.Of(page),
            StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"tags\"", page, StringComparison.Ordinal);
        var (_, english) = await PostAsync("/en/find", ("q", "I want to die"));
        Assert.DoesNotContain("class=\"en\"", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggestions_come_by_post_lead_to_pages_or_words_and_are_kept_nowhere()
    {
        var (response, list) = await PostAsync("/en/suggest", ("q", "clinica d"));
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(["data-text=\"Clínica del Sol\" data-link=\"/en/providers/clinica-del-sol\""], Option().Matches(list).Select(m => m.Groups[1].Value));
        Assert.Contains("data-said=\"1 suggestion\"", list, StringComparison.Ordinal);
        var (_, spanish) = await PostAsync("/es/suggest", ("q", "clinica d"));
        Assert.StartsWith("data-text=\"Clínica El Sol\"", Option().Match(spanish).Groups[1].Value, StringComparison.Ordinal);
        var (_, policy) = await PostAsync("/en/suggest", ("q", "resol"));
        Assert.Equal(
            ["data-text=\"Resolution\" data-link=\"\"", "data-text=\"Pass a welcoming resolution\" data-link=\"/en/policy-actions/welcome-resolution\""],
            Option().Matches(policy).Select(m => m.Groups[1].Value.Trim()));
        var (_, danger) = await PostAsync("/en/suggest", ("q", "I want to die"));
        Assert.StartsWith("data-text=\"Call 988\" data-link=\"tel:988\"", Option().Matches(danger)[0].Groups[1].Value, StringComparison.Ordinal);
        var (_, nothing) = await PostAsync("/en/suggest", ("q", "c"));
        Assert.Empty(Option().Matches(nothing));
        var node = await api.SharedAsync();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await node.Client.GetAsync("/en/suggest?q=clinica")).StatusCode);
    }

    [Fact]
    public async Task The_language_chooser_asks_the_same_again_and_puts_it_in_no_address()
    {
        var (_, page) = await PostAsync("/en/find", ("q", "trauma"), ("near", "33130"));
        var menu = page[page.IndexOf("class=\"languages\"", StringComparison.Ordinal)..page.IndexOf("class=\"leave\"", StringComparison.Ordinal)];
        Assert.DoesNotContain("href", menu, StringComparison.Ordinal);
        Assert.Contains("formaction=\"/es/find\"", menu, StringComparison.Ordinal);
        var again = WebUtility.HtmlDecode(Again().Match(menu).Groups[1].Value);
        Assert.Equal("q=trauma&near=33130", again);
        var (_, spanish) = await PostAsync("/es/find", ("again", again));
        Assert.Equal("1 resultado cerca de 33130", PageText.Of(Heading().Match(spanish).Groups[1].Value));
    }

    [Fact]
    public async Task What_has_one_name_is_one_tag_and_is_taken_back_as_one()
    {
        var (_, page) = await PostAsync("/en/find", ("q", "tengo miedo de la migra"));
        var tags = Tags().Matches(page);
        Assert.Equal(["Fear of deportation"], tags.Select(t => t.Groups[1].Value));

        var (_, without) = await PostAsync("/en/find", ("again", WebUtility.HtmlDecode(tags[0].Groups[2].Value)));
        // Fear alone is something to talk about.
        Assert.Equal(["Anxiety"], Tags().Matches(without).Select(t => t.Groups[1].Value));
    }

    [Fact]
    public async Task A_page_that_is_asked_for_again_is_the_same_with_the_same_policy()
    {
        var node = await api.SharedAsync();
        var (first, second) = (await node.Client.GetAsync("/ko/providers/harbor-counseling"), await node.Client.GetAsync("/ko/providers/harbor-counseling"));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.GetValues("Content-Security-Policy"), second.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal("no-referrer", second.Headers.GetValues("Referrer-Policy").Single());
        var (one, _) = await PostAsync("/ko/find", ("q", "grief"));
        var (two, _) = await PostAsync("/ko/find", ("q", "grief"));
        Assert.Equal(one.Headers.GetValues("Content-Security-Policy"), two.Headers.GetValues("Content-Security-Policy"));
        Assert.True(two.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_link_that_was_copied_shows_the_same_results()
    {
        var page = await GetAsync("/en/find?q=trauma");
        Assert.Contains("Clínica del Sol", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_is_shown_as_text()
    {
        var (_, page) = await PostAsync("/en/find", ("q", "<script>alert(1)</script>"), ("near", "<b>00000"));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_nobody_knows_is_explained_and_nothing_typed_is_lost()
    {
        var (response, page) = await PostAsync("/en/find", ("q", "lawyer for my brother"), ("near", "Qzxqzx"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("We do not know a place called", page, StringComparison.Ordinal);
        Assert.Contains("value=\"lawyer for my brother\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Qzxqzx\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_sets_a_cookie_or_loads_anything_from_another_host()
    {
        var node = await api.SharedAsync();
        foreach (var address in new[] { "/en", "/en/about", "/en/providers/clinica-del-sol", "/en/providers/clinica-del-sol/report", "/en/find?q=trauma" })
        {
            var response = await node.Client.GetAsync(address);
            var page = await response.Content.ReadAsStringAsync();
            Assert.False(response.Headers.Contains("Set-Cookie"), address);
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.DoesNotContain("unsafe", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            // A "#" is a place on the page itself.
            Assert.All(Loaded().Matches(page), m => Assert.Matches("^[/#]", m.Groups[1].Value));
            Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/en")]
    [InlineData("/ar/providers/clinica-del-sol")]
    [InlineData("/en/lists/lincoln-families")]
    [InlineData("/en/about")]
    public async Task A_page_that_people_come_to_first_waits_for_no_style_sheet(string address)
    {
        var response = await (await api.SharedAsync()).Client.GetAsync(address);
        var page = await response.Content.ReadAsStringAsync();
        var styles = Styles().Match(page).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(styles)));
        Assert.Contains($"style-src 'self' 'sha256-{hash}';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"stylesheet\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/es", "Este sitio muestra lugares que ayudan con problemas de inmigración")]
    [InlineData("/es/providers/clinica-del-sol", "Atención del trauma para niños y familias.")]
    [InlineData("/en/lists/lincoln-families", "The counselors of Lincoln keep this list.")]
    public async Task Search_engines_and_messengers_get_a_description_in_the_pages_language(string address, string description)
    {
        var page = WebUtility.HtmlDecode(await GetAsync(address));
        Assert.Contains($"<meta name=\"description\" content=\"{description}", page, StringComparison.Ordinal);
        Assert.Contains($"<meta property=\"og:description\" content=\"{description}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_first_view_is_at_most_15_KB_in_every_language_and_twenty_results_40_KB()
    {
        var client = (await api.StarterAsync()).Client;
        foreach (var language in HealthEquity.Api.Site.Texts.SiteTexts.Languages)
        {
            var page = await client.GetStringAsync($"/{language}");
            long files = 0;
            foreach (var file in Loaded().Matches(page).Select(m => m.Groups[1].Value))
            {
                files += Compressed(await client.GetStringAsync(file));
            }

            Assert.InRange(files + Compressed(page), 1, 15_000);
            var found = await client.PostAsync($"/{language}/find", new FormUrlEncodedContent([new("q", "help"), new("near", "Houston, TX")]));
            var results = await found.Content.ReadAsStringAsync();
            Assert.Equal(20, results.Split("<li class=\"card\">").Length - 1);
            Assert.Contains("<link rel=\"stylesheet\"", results, StringComparison.Ordinal);
            Assert.InRange(files + Compressed(await client.GetStringAsync("/site/site.css")) + Compressed(results), 1, 40_000);
        }
    }

    private async Task<string> GetAsync(string address) => await (await (await api.SharedAsync()).Client.GetAsync(address)).Content.ReadAsStringAsync();

    private async Task<(HttpResponseMessage Response, string Page)> PostAsync(string address, params (string Name, string Value)[] form)
    {
        var node = await api.SharedAsync();
        var response = await node.Client.PostAsync(address, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return (response, await response.Content.ReadAsStringAsync());
    }

    private static string Unescaped(string page) => page.Replace("&#x2B;", "+", StringComparison.Ordinal);

    private static long Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return bytes.Length;
    }

    [GeneratedRegex("<style>(.*?)</style>")]
    private static partial Regex Styles();

    [GeneratedRegex("<h1[^>]*>(.*?)</h1>")]
    private static partial Regex Heading();

    [GeneratedRegex("<input type=\"checkbox\" name=\"(\\w+)\" value=\"([^\"]+)\"[^>]*> [^<]*\\((\\d+)\\)</label>")]
    private static partial Regex Boxes();

    [GeneratedRegex("<li role=\"option\"[^>]*aria-selected=\"false\" ([^>]*)>")]
    private static partial Regex Option();

    [GeneratedRegex("<li><bdi>(.*?)</bdi> <button name=\"again\" value=\"([^\"]*)\"")]
    private static partial Regex Tags();

    [GeneratedRegex("name=\"again\" value=\"([^\"]*)\"")]
    private static partial Regex Again();

    [GeneratedRegex("<(?:script|link|img)[^>]*(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Loaded();
}
