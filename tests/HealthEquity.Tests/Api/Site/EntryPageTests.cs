using System.Net;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Suggestions;

namespace HealthEquity.Tests.Api.Site;

/// <summary>The page of an entry: everything public about it, and a way to report what is wrong.</summary>
public sealed class EntryPageTests(DirectoryApi api)
{
    [Fact]
    public async Task A_page_shows_how_to_reach_an_entry_when_where_and_how_it_was_checked()
    {
        var page = await GetAsync("/en/providers/clinica-del-sol");
        Assert.Contains("Call (305) 555-0101", page, StringComparison.Ordinal);
        Assert.Contains("1 Calle Ocho", page, StringComparison.Ordinal);
        Assert.Contains("9:00 AM – 5:00 PM", page, StringComparison.Ordinal);
        Assert.Contains("Checked 10 days ago", page, StringComparison.Ordinal);
        Assert.Contains("read on Jan 5, 2026", page, StringComparison.Ordinal);
        Assert.Contains("Ages 0 to 17", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unaccompaniedChildren", page, StringComparison.Ordinal);
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
        Assert.Contains("This listing was taken down", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
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
        Assert.Contains("Fax: (305) 555-0111", page, StringComparison.Ordinal);
        Assert.DoesNotContain("tel:+13055550111", page.Replace("&#x2B;", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("sms:+13055550112", page.Replace("&#x2B;", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("TTY (305) 555-0113", page, StringComparison.Ordinal);
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

    private async Task<string> GetAsync(string address) => await (await (await api.SharedAsync()).Client.GetAsync(address)).Content.ReadAsStringAsync();

    private static async Task<(HttpResponseMessage Response, string Page)> PostAsync(Node node, params (string Name, string Value)[] form)
    {
        var response = await node.Client.PostAsync(
            "/en/providers/harbor-counseling/report", new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return (response, await response.Content.ReadAsStringAsync());
    }
}
