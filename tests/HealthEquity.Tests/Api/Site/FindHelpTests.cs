using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

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
        Assert.Contains("Clínica del Sol", page, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:+13055550101\"", Unescaped(page), StringComparison.Ordinal);
        Assert.Contains("Call (305) 555-0101", page, StringComparison.Ordinal);
        Assert.Contains("Speaks Spanish and Haitian Creole", page, StringComparison.Ordinal);
        Assert.Contains("Does not ask about immigration status", page, StringComparison.Ordinal);
        Assert.Contains("Open until 5:00 PM", page, StringComparison.Ordinal);
        Assert.Contains("Checked 10 days ago", page, StringComparison.Ordinal);
        Assert.DoesNotContain("?q=", page.Replace("data-link=", "", StringComparison.Ordinal)[..page.IndexOf("data-link", StringComparison.Ordinal)], StringComparison.Ordinal);
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
            Assert.All(Loaded().Matches(page), m => Assert.StartsWith("/", m.Groups[1].Value, StringComparison.Ordinal));
            Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_whole_first_view_is_at_most_15_KB_in_every_language_and_results_40_KB()
    {
        foreach (var text in new HealthEquity.Api.Site.Texts.SiteTexts().All)
        {
            var page = await GetAsync($"/{text.Language}");
            long size = Compressed(page);
            foreach (var file in Loaded().Matches(page).Select(m => m.Groups[1].Value))
            {
                size += Compressed(await GetAsync(file));
            }

            Assert.InRange(size, 1, 15_000);
            var (_, results) = await PostAsync($"/{text.Language}/find", ("near", "33130"), ("q", "help"));
            Assert.InRange(Compressed(results), 1, 40_000);
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

    [GeneratedRegex("<(?:script|link|img)[^>]*(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Loaded();
}
