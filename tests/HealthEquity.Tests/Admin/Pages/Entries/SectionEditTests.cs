using System.Net;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>The entry's page and the editing of one section, without JavaScript.</summary>
public sealed class SectionEditTests(SharedConsole console) : CuratorPages(console)
{
    [Fact]
    public async Task The_page_shows_the_entry_by_section_with_its_state_and_people_and_private_parts_only_to_curators()
    {
        var id = await CreateAsync(Network());

        var html = WebUtility.HtmlDecode(await Browser.ReadAsync($"/entries/show/{id}"));

        Assert.Contains("(305) 555-0141 · ext. 12 · Voice · intake", html, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:+13055550141;ext=12\"", html, StringComparison.Ordinal);
        Assert.Contains("100 Main St, Suite 2, Miami, FL 33130", html, StringComparison.Ordinal);
        Assert.Contains("<dt lang=\"en\">Monday</dt>", html, StringComparison.Ordinal);
        Assert.Contains("8:30 AM – 12:00 PM, 1:00 PM – 5:00 PM", html, StringComparison.Ordinal);
        Assert.Contains("They call back.", html, StringComparison.Ordinal);
        Assert.Contains("7 Hidden Ln", html, StringComparison.Ordinal);
        Assert.Contains("by The curator", html, StringComparison.Ordinal);
        foreach (var section in new[] { "general", "contact", "location", "availability", "cost", "sources-and-notes" })
        {
            Assert.Contains($"href=\"/entries/edit/{id}?section={section}\"", html, StringComparison.Ordinal);
        }

        var viewer = await (await Host.SignInAsync(await Host.AddCuratorAsync(CuratorRole.Viewer))).ReadAsync($"/entries/show/{id}");
        Assert.Contains("(305) 555-0141", viewer, StringComparison.Ordinal);
        Assert.DoesNotContain("They call back.", viewer, StringComparison.Ordinal);
        Assert.DoesNotContain("7 Hidden Ln", viewer, StringComparison.Ordinal);
        Assert.DoesNotContain("?section=", viewer, StringComparison.Ordinal);
    }

    public static TheoryData<EntryKind> Kinds => [.. EntryKinds.All];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Saving_one_section_changes_nothing_else(EntryKind kind)
    {
        // The form would tidy up this address, and remove this blank line.
        var entry = FullEntry.Of(kind) with { AlternateNames = [" two  words ", ""] };
        entry = entry is Organization network ? network with { ServiceArea = new ServiceArea { States = [" FL "] } } : entry;
        var id = await CreateAsync(entry);
        foreach (var section in new[] { "contact", "sources-and-notes", "translations" })
        {
            var page = $"/entries/edit/{id}?section={section}";
            var html = await Browser.ReadAsync(page);
            if (kind is EntryKind.PolicyAction or EntryKind.Material && section == "contact")
            {
                // This kind has no such section: the whole form opens.
                Assert.Contains("id=\"f-name\"", html, StringComparison.Ordinal);
                continue;
            }

            Assert.DoesNotContain("id=\"f-name\"", html, StringComparison.Ordinal);
            var before = await BodyAsync(id);
            var answer = await Browser.SubmitAsync(page, null, FormOnPage.Read(html).Fields(("_intent", "unfinished")));

            Assert.Equal($"/entries/show/{id}#s-{section}", answer.Headers.Location?.ToString());
            Assert.Equal(before, await BodyAsync(id));
        }
    }

    [Fact]
    public async Task A_section_changes_only_its_own_fields_even_after_an_autosave()
    {
        var id = await CreateAsync(Network());
        var page = $"/entries/edit/{id}?section=phones";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        values.Set("phones[0].number", "(305) 555-0199");
        // A section can't post fields of another section.
        values.Set("summary", "Overwritten");
        values.Set("website", "");
        var before = await BodyAsync(id);
        var kept = await Browser.SubmitAsync(page, "Autosave", values.Fields());
        values.Set("_kept", JsonNode.Parse(await kept.Content.ReadAsStringAsync(Cancellation))!["kept"]!.ToString());

        await Browser.SubmitAsync(page, null, values.Fields(("_intent", "save")));

        var expected = (JsonObject)JsonNode.Parse(before)!;
        expected["phones"]![0]!["number"] = "+13055550199";
        expected.Remove("website");
        Assert.Equal(expected.ToJsonString(), JsonNode.Parse(await BodyAsync(id))!.ToJsonString());
        Assert.DoesNotContain("unsaved changes", await Browser.ReadAsync($"/entries/show/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_without_a_time_zone_get_that_of_the_place()
    {
        var id = await CreateAsync(new Organization { Name = "Bay", Locations = [new Location { Visibility = Visibility.Public, City = "Oakland", StateProvince = "CA", PostalCode = "94601" }] });
        var page = $"/entries/edit/{id}?section=availability";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        values.Set("hours.times[0].opens", "9:00 AM");
        values.Set("hours.times[0].closes", "5:00 PM");
        Assert.Equal("", values.First("hours.timeZone"));

        var saved = await Browser.SubmitAsync(page, null, values.Fields(("_intent", "save")));

        Assert.Equal($"/entries/show/{id}#s-availability", saved.Headers.Location?.ToString());
        Assert.Contains("\"timeZone\":\"America/Los_Angeles\"", (await BodyAsync(id)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var html = await Browser.ReadAsync($"/entries/show/{id}");
        Assert.Contains("Saved as a draft. The public reads it after a review.", html, StringComparison.Ordinal);
        // What comes next stands before the comments.
        Assert.True(html.IndexOf("<h2 id=\"submit\">", StringComparison.Ordinal) < html.IndexOf("Add a comment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unsaved_changes_of_other_sections_are_named_and_saved_with_the_section()
    {
        var id = await CreateAsync(Network());
        var cost = $"/entries/edit/{id}?section=cost";
        var values = FormOnPage.Read(await Browser.ReadAsync(cost));
        values.Set("cost.note", "Bring proof of income.");
        await Browser.SubmitAsync(cost, "Autosave", values.Fields());
        Assert.Contains("You have unsaved changes", await Browser.ReadAsync($"/entries/show/{id}"), StringComparison.Ordinal);

        var contact = $"/entries/edit/{id}?section=contact";
        var html = await Browser.ReadAsync(contact);
        Assert.Contains("unsaved changes in other sections, which saving includes: Cost.", html, StringComparison.Ordinal);
        values = FormOnPage.Read(html);
        values.Set("website", "www.red.example");
        await Browser.SubmitAsync(contact, null, values.Fields(("_intent", "save")));

        var entry = Assert.IsType<Organization>(EntryJson.Read(await BodyAsync(id)));
        Assert.Equal(("Bring proof of income.", "https://www.red.example"), (entry.Cost!.Note, entry.Website));
    }

    [Fact]
    public async Task An_error_in_another_section_is_named_and_does_not_lose_the_input()
    {
        var id = await CreateAsync(Network() with { Summary = new string('x', 400) });
        var page = $"/entries/edit/{id}?section=contact";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        values.Set("phones[0].label", "front desk");

        var html = await (await Browser.SubmitAsync(page, null, values.Fields(("_intent", "save")))).Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("<a href=\"?#f-summary\">Summary</a>", html, StringComparison.Ordinal);
        Assert.Contains("value=\"unfinished\"", html, StringComparison.Ordinal);
        var whole = FormOnPage.Read(await Browser.ReadAsync($"/entries/edit/{id}"));
        Assert.Equal("front desk", whole.First("phones[0].label"));
        await Browser.SubmitAsync(page, null, FormOnPage.Read(html).Fields(("_intent", "unfinished")));
        Assert.Equal("front desk", Assert.IsType<Organization>(EntryJson.Read(await BodyAsync(id))).Phones[0].Label);
    }

    [Fact]
    public async Task A_section_saved_too_late_opens_the_conflict()
    {
        var id = await CreateAsync(Network());
        var page = $"/entries/edit/{id}?section=contact";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        await Host.Database.TransactAsync(
            s => Host.Stores.Entries.SaveAsync(s, id, 1, Network() with { Summary = "Theirs", Website = "https://theirs.example" }, Actor.System("test"), null, Cancellation), Cancellation);
        values.Set("website", "https://mine.example");

        var answer = await Browser.SubmitAsync(page, null, values.Fields(("_intent", "save")));

        Assert.Equal($"/entries/conflict/{id}", answer.Headers.Location?.ToString());
        var conflict = await Browser.ReadAsync($"/entries/conflict/{id}");
        Assert.Contains("take:website", conflict, StringComparison.Ordinal);
        // Only the other curator changed the summary.
        Assert.Matches("name=\"take:summary\" value=\"Theirs\"[^>]*checked", conflict);
    }

    [Fact]
    public async Task List_buttons_and_the_discard_button_stay_in_the_section()
    {
        var id = await CreateAsync(Network());
        var page = $"/entries/edit/{id}?section=contact";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        var html = await (await Browser.SubmitAsync(page, null, values.Fields(("_command", "add:phones")))).Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(2, FormOnPage.Read(html).GetAll("phones.items").Count);
        Assert.DoesNotContain("id=\"f-name\"", html, StringComparison.Ordinal);

        var discarded = await Browser.SubmitAsync(page, "Discard");
        Assert.Equal((HttpStatusCode.Redirect, page), (discarded.StatusCode, discarded.Headers.Location?.ToString()));
    }

    private static Organization Network() => new()
    {
        Name = "Red de Apoyo",
        Summary = "We help.",
        Website = "https://red.example",
        Phones = [new Phone { Number = "+13055550141", Extension = "12", Label = "intake" }],
        Locations =
        [
            new Location { Visibility = Visibility.Public, Address1 = "100 Main St", Address2 = "Suite 2", City = "Miami", StateProvince = "FL", PostalCode = "33130" },
            new Location { Visibility = Visibility.Private, Address1 = "7 Hidden Ln", City = "Miami", StateProvince = "FL" },
        ],
        Hours = new Hours
        {
            TimeZone = "America/New_York",
            Times =
            [
                new OpeningTime { Day = DayOfWeek.Monday, Opens = new(13, 0), Closes = new(17, 0) },
                new OpeningTime { Day = DayOfWeek.Monday, Opens = new(8, 30), Closes = new(12, 0) },
            ],
        },
        InternalNotes = "They call back.",
    };

    private Task<Guid> CreateAsync(Entry entry) => Host.Database.TransactAsync(
        s => Host.Stores.Entries.CreateAsync(s, entry, Actor.Curator(Writer.CuratorId), null, null, Cancellation), Cancellation);

    private Task<string> BodyAsync(Guid id) => Host.Database.TransactAsync(
        async s => (await EntryStore.ReadRevisionAsync(s, id, (await EntryStore.ReadAsync(s, id, Cancellation)).LatestRevision, Cancellation)).Body, Cancellation);
}
