using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>A curator's work on entries, without JavaScript.</summary>
public sealed partial class EntryPagesTests(SharedConsole console) : CuratorPages(console)
{
    [Fact]
    public async Task The_form_creates_an_entry()
    {
        var page = "/entries/new?kind=organization&key=01890000-0000-7000-8000-000000000077";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        values.Set("name", "Red de Apoyo");
        values.Set("phones.items", "0");
        values.Set("phones[0].number", "+13055550142");
        values.Set("phones[0].type", "hotline");

        var answer = await Browser.SubmitAsync(page, null, values.Fields(("_intent", "save")));

        var id = Guid.Parse(answer.Headers.Location!.ToString()[^36..]);
        var entry = Assert.IsType<Organization>(await LatestAsync(id));
        Assert.Equal("Red de Apoyo", entry.Name);
        Assert.Equal(("+13055550142", "hotline"), (entry.Phones[0].Number, entry.Phones[0].Type));
        Assert.Contains("Red de Apoyo", await Browser.ReadAsync("/entries"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsaved_new_entry_can_be_discarded()
    {
        var page = "/entries/new?kind=organization&key=01890000-0000-7000-8000-000000000078";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        values.Set("name", "Red de Apoyo");
        await Browser.SubmitAsync(page, "Autosave", values.Fields());
        Assert.Contains("Red de Apoyo", await Browser.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Contains("handler=Discard", await Browser.ReadAsync(page), StringComparison.Ordinal);

        await Browser.SubmitAsync(page, "Discard");

        Assert.DoesNotContain("Red de Apoyo", await Browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_a_form_unchanged_changes_nothing()
    {
        var entry = Network() with
        {
            Description = "\nFirst line\n\n<b>bold?</b> & \"more\"",
            AlternateNames = ["RDA", "شبكة"],
            Hours = new Hours { TimeZone = "America/New_York", Times = [new OpeningTime { Day = DayOfWeek.Monday, Opens = new(8, 30), Closes = new(17, 0) }] },
            Cost = new Cost { Options = ["free"] },
            ServiceArea = new ServiceArea(),
        };
        var id = await CreateAsync(entry);
        var values = FormOnPage.Read(await Browser.ReadAsync($"/entries/edit/{id}"));

        var answer = await Browser.SubmitAsync($"/entries/edit/{id}", null, values.Fields(("_intent", "save")));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(2, (await RowAsync(id)).LatestRevision);
        Assert.Equal(EntryJson.Write(entry), EntryJson.Write(await LatestAsync(id)));
    }

    [Fact]
    public async Task List_buttons_work_without_JavaScript_and_keep_the_input()
    {
        var id = await CreateAsync(Network());
        var page = $"/entries/edit/{id}";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        values.Set("summary", "typed and not saved");

        async Task Press(string command)
        {
            var answer = await Browser.SubmitAsync(page, null, values.Fields(("_command", command)));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            values = FormOnPage.Read(await answer.Content.ReadAsStringAsync(Cancellation));
        }

        await Press("add:phones");
        values.Set("phones[2].number", "+13055550199");
        await Press("up:phones[2]");
        await Press("add:locations");
        await Press("add:locations[0].phones");
        values.Set("locations[0].phones[0].number", "+13055550111");
        await Press("remove:phones[0]");

        Assert.Equal("typed and not saved", values.First("summary"));
        Assert.Equal(["(305) 555-0199", "(305) 555-0142"], values.GetAll("phones.items").Select(n => values.First($"phones[{n}].number")));
        Assert.Equal("(305) 555-0111", values.First("locations[0].phones[0].number"));
        Assert.Equal(1, (await RowAsync(id)).LatestRevision);
    }

    [Fact]
    public async Task Errors_are_shown_at_their_fields_and_the_input_is_kept()
    {
        var id = await CreateAsync(Network());
        var page = $"/entries/edit/{id}";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        values.Set("name", "");
        values.Set("phones[0].number", "call us");
        values.Set("yearIncorporated", "long ago");

        var html = await (await Browser.SubmitAsync(page, null, values.Fields(("_intent", "save")))).Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("id=\"error-summary\"", html, StringComparison.Ordinal);
        foreach (var id2 in new[] { "f-name", "f-phones-0--number", "f-yearIncorporated" })
        {
            Assert.Contains($"href=\"#{id2}\"", html, StringComparison.Ordinal);
            Assert.Contains($"id=\"{id2}-error\"", html, StringComparison.Ordinal);
        }

        var again = FormOnPage.Read(html);
        Assert.Equal(("", "call us", "long ago"), (again.First("name"), again.First("phones[0].number"), again.First("yearIncorporated")));
        // The input is also stored as an unsaved draft, so another browser shows it later.
        var kept = FormOnPage.Read(await Browser.ReadAsync(page + "?unsaved=true"));
        Assert.Equal("call us", kept.First("phones[0].number"));
        Assert.Equal(1, (await RowAsync(id)).LatestRevision);
    }

    [Fact]
    public async Task Unknown_posted_fields_change_nothing()
    {
        var entry = Network();
        var id = await CreateAsync(entry);
        var values = FormOnPage.Read(await Browser.ReadAsync($"/entries/edit/{id}"));

        await Browser.SubmitAsync($"/entries/edit/{id}", null, values.Fields(
            ("_intent", "save"), ("Listing", "published"), ("slug", "mine"), ("assuredOn", "2030-01-01"), ("Row.Name", "x"), ("Id", Guid.Empty.ToString()),
            ("kind", "provider"), ("phones[5].number", "+13055550100"), ("phones[0].kind", "x"), ("PublishedRevision", "1")));

        var row = await RowAsync(id);
        Assert.Equal((2, Listing.Unpublished, "red-de-apoyo", null), (row.LatestRevision, row.Listing, row.Slug, row.AssuredOn));
        Assert.Equal(EntryJson.Write(entry), EntryJson.Write(await LatestAsync(id)));
    }

    [Fact]
    public async Task The_second_to_save_resolves_the_edit_conflict()
    {
        var id = await CreateAsync(Network());
        var page = $"/entries/edit/{id}";
        var mine = FormOnPage.Read(await Browser.ReadAsync(page));
        await SaveAsync(id, 1, Network() with { Summary = "Theirs", Website = "https://theirs.example" });
        mine.Set("summary", "Mine");
        mine.Set("legalStatus", "501(c)(3)");

        var answer = await Browser.SubmitAsync(page, null, mine.Fields(("_intent", "save")));

        Assert.Equal($"/entries/conflict/{id}", answer.Headers.Location!.ToString());
        var html = await Browser.ReadAsync($"/entries/conflict/{id}");
        Assert.Contains("Theirs", html, StringComparison.Ordinal);
        Assert.Contains("Mine", html, StringComparison.Ordinal);
        Assert.Equal(2, (await RowAsync(id)).LatestRevision);

        // The summary conflicts, and theirs is chosen. Only one person changed the website and the legal status.
        await Browser.SubmitAsync($"/entries/conflict/{id}", null, ("winner", "2"), ("kept", Kept().Match(html).Groups[1].Value), ("take:summary", "theirs"), ("_intent", "submit"));

        var entry = Assert.IsType<Organization>(await LatestAsync(id));
        Assert.Equal(("Theirs", "https://theirs.example", "501(c)(3)"), (entry.Summary, entry.Website, entry.LegalStatus));
        Assert.Equal((3, DraftState.InReview), ((await RowAsync(id)).LatestRevision, (await RowAsync(id)).DraftState));
    }

    [Fact]
    public async Task Conflicts_in_list_items_are_resolved_one_by_one_and_the_note_is_kept()
    {
        var id = await CreateAsync(Network());
        var page = $"/entries/edit/{id}";
        var mine = FormOnPage.Read(await Browser.ReadAsync(page));
        await SaveAsync(id, 1, Network() with { Phones = [Network().Phones[0], Network().Phones[1] with { Label = "intake <line>" }, new Phone { Number = "+13055550177" }] });
        mine.Set("phones[1].label", "appointments");
        mine.Set("phones[0].extension", "12");
        mine.Set("_note", "They told me on the phone.");
        await Browser.SubmitAsync(page, null, mine.Fields(("_intent", "save")));

        var conflict = $"/entries/conflict/{id}";
        var html = await Browser.ReadAsync(conflict);
        Assert.Contains("<ins>intake &lt;line&gt;</ins>", html, StringComparison.Ordinal);
        Assert.Contains("<ins>appointments</ins>", html, StringComparison.Ordinal);
        Assert.Equal(3, html.Split("<fieldset class=\"conflict\">").Length - 1);
        Assert.Single(html.Split("changed by both").Skip(1));

        var kept = Kept().Match(html).Groups[1].Value;
        var late = await Browser.SubmitAsync(conflict, null, ("winner", "2"), ("kept", "1"));
        Assert.Contains("in another window", await late.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(2, (await RowAsync(id)).LatestRevision);
        await Browser.SubmitAsync(conflict, null, ("winner", "2"), ("kept", kept), ("take:phones[1].label", "Theirs"));

        var phones = Assert.IsType<Organization>(await LatestAsync(id)).Phones;
        Assert.Equal([("+13055550141", "12", null), ("+13055550142", null, "intake <line>"), ("+13055550177", null, null)], phones.Select(p => (p.Number, p.Extension, p.Label)));
        Assert.Equal("They told me on the phone.", (await Host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, id, 3, Cancellation), Cancellation)).Note);
    }

    [Fact]
    public async Task One_failure_in_a_bulk_change_does_not_affect_the_others()
    {
        var (first, merged, last) = (await CreateAsync(Network()), await CreateAsync(Network() with { Name = "Red (old)" }), await CreateAsync(Network() with { Name = "Last" }));
        await Host.Database.TransactAsync(s => Stores.Merges.MergeAsync(s, new MergeRequest(first, 1, merged, 1, Network()), Actor.System("test"), Cancellation), Cancellation);
        (string, string)[] chosen = [("chosen", first.ToString()), ("chosen", Guid.Empty.ToString()), ("chosen", merged.ToString()), ("chosen", last.ToString())];
        var unsaid = await Browser.SubmitAsync("/entries", "Suspend", [.. chosen, ("reason", " ")]);
        Assert.Contains("Enter a reason", await unsaid.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(Listing.Unpublished, (await RowAsync(first)).Listing);

        var html = await (await Browser.SubmitAsync("/entries", "Tag", [.. chosen, ("confirmed", "true"), ("tag", "sample")])).Content.ReadAsStringAsync(Cancellation);

        Assert.Equal([["sample"], [], ["sample"]], new[] { await LatestAsync(first), await LatestAsync(merged), await LatestAsync(last) }.Select(e => e.Tags));
        Assert.Contains("1 entry could not be changed", html, StringComparison.Ordinal);
        Assert.Contains("2 entries changed", html, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/entries/show/{merged}\"><bdi>Red (old)</bdi></a>: This entry was merged", html, StringComparison.Ordinal);
        // Failed entries stay selected, and the input is kept.
        Assert.Matches($"value=\"{merged}\"[^>]* checked", html);
        Assert.DoesNotMatch($"value=\"{last}\"[^>]* checked", html);
        Assert.Matches("<input[^>]*id=\"new-tag\"[^>]*value=\"sample\"", html);
        var done = await Browser.SubmitAsync("/entries", "Assign", ("chosen", first.ToString()), ("curator", Writer.CuratorId.ToString()));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Contains("1 entry assigned.", await Browser.ReadAsync("/entries"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_entry_starts_with_the_departments_defaults()
    {
        await Host.Database.TransactAsync(
            async s => await Host.Services.GetRequiredService<SettingStore>().WriteAsync(
                s, new DirectorySettings { DefaultState = "FL", DefaultCounty = "Miami-Dade", Languages = ["es", "en", "ht"], TimeZone = "America/New_York" }, Actor.System("test"), Cancellation),
            Cancellation);
        var page = "/entries/new?kind=organization&key=01890000-0000-7000-8000-000000000078";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        Assert.Equal(("Spanish", "Miami-Dade County, FL", "Eastern"), (values.First("language"), values.First("serviceArea.counties"), values.First("hours.timeZone")));
        var meeting = FormOnPage.Read(await Browser.ReadAsync("/entries/new?kind=event"));
        Assert.Equal(("Eastern", "Florida"), (meeting.First("timeZone"), meeting.First("location.stateProvince")));

        async Task PressAsync(string command)
        {
            var answer = await Browser.SubmitAsync(page, null, values.Fields(("_command", command)));
            values = FormOnPage.Read(await answer.Content.ReadAsStringAsync(Cancellation));
        }

        await PressAsync("add:translations");
        await PressAsync("add:translations");
        await PressAsync("add:locations");
        Assert.Equal(["English", "Haitian Creole"], values.GetAll("translations.items").Select(n => values.First($"translations[{n}].language")));
        Assert.Equal("Florida", values.First("locations[0].stateProvince"));
        values.Set("name", "Red de Apoyo");
        var saved = await Browser.SubmitAsync(page, null, values.Fields(("_intent", "save")));

        // Parts with only default values are not saved: no hours, locations, or translations.
        var entry = Assert.IsType<Organization>(await LatestAsync(Guid.Parse(saved.Headers.Location!.ToString()[^36..])));
        Assert.Equal(("es", null, 0, 0), (entry.Language, entry.Hours, entry.Locations.Count, entry.Translations.Count));
        Assert.Equal(["FL:Miami-Dade County"], entry.ServiceArea!.Counties);
    }

    [Fact]
    public async Task Autosaved_drafts_are_private_and_deleted_after_saving()
    {
        var id = await CreateAsync(Network());
        var page = $"/entries/edit/{id}";
        var values = FormOnPage.Read(await Browser.ReadAsync(page));
        values.Set("summary", "half a sentence");
        Assert.Equal(HttpStatusCode.OK, (await Browser.SubmitAsync(page, "Autosave", values.Fields())).StatusCode);

        Assert.Contains("These are your unsaved changes", await Browser.ReadAsync(page), StringComparison.Ordinal);
        var other = await Host.SignInAsync(await Host.AddCuratorAsync(CuratorRole.Curator, "other"));
        Assert.DoesNotContain("half a sentence", await other.ReadAsync(page + "?unsaved=true"), StringComparison.Ordinal);
        var again = FormOnPage.Read(await Browser.ReadAsync(page + "?unsaved=true"));
        Assert.Equal("half a sentence", again.First("summary"));
        await Browser.SubmitAsync(page, null, again.Fields(("_intent", "save")));
        Assert.DoesNotContain("These are your unsaved changes", await Browser.ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authors_cannot_approve_their_own_changes()
    {
        var author = await Host.AddCuratorAsync(CuratorRole.Reviewer, "author");
        var writing = await Host.SignInAsync(author);
        var id = await CreateAsync(Network(), author);
        await writing.SubmitAsync($"/entries/show/{id}", "Submit", ("revision", "1"));
        Assert.Equal(DraftState.InReview, (await RowAsync(id)).DraftState);

        var refused = await (await writing.SubmitAsync($"/reviews/{id}", "Approve", ("revision", "1"), ("note", "Read it twice"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("You edited this draft", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"Read it twice\"", refused, StringComparison.Ordinal);
        Assert.Equal(Listing.Unpublished, (await RowAsync(id)).Listing);
        Assert.Equal(HttpStatusCode.Forbidden, (await Browser.SubmitAsync($"/reviews/{id}", "Approve", ("revision", "1"))).StatusCode);

        var reviewer = await Host.SignInAsync(await Host.AddCuratorAsync(CuratorRole.Reviewer, "second"));
        var unsaid = await reviewer.SubmitAsync($"/reviews/{id}", "Return", ("revision", "1"), ("reason", " "));
        Assert.Contains("Enter a reason", await unsaid.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await reviewer.SubmitAsync($"/reviews/{id}", "Approve", ("revision", "1"))).StatusCode);
        Assert.Equal(Listing.Published, (await RowAsync(id)).Listing);
        var published = await new PublishedReader(Host.Database.As(DatabaseAccess.Public)).ReadAfterAsync(0, 10, Cancellation);
        Assert.Contains("Red de Apoyo", Assert.Single(published).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_names_the_entry_with_the_same_phone_number()
    {
        await CreateAsync(Network() with { Name = "شبكة الدعم" });
        var page = WebUtility.HtmlDecode(await Browser.ReadAsync($"/entries/edit/{await CreateAsync(Network())}"));
        Assert.Contains("as “\u2068شبكة الدعم\u2069”: (305) 555-01", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_revision_is_restored_as_a_new_draft()
    {
        var id = await CreateAsync(Network());
        await SaveAsync(id, 1, Network() with { Name = "Wrong name" });
        var html = await Browser.ReadAsync($"/entries/history/{id}?from=1&to=2");
        Assert.Contains("<del>Red", html[html.IndexOf("<table", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("<ins>Wrong", html, StringComparison.Ordinal);

        await Browser.SubmitAsync($"/entries/history/{id}", "Restore", ("number", "1"), ("basedOn", "2"));

        Assert.Equal("Red de Apoyo", (await LatestAsync(id)).Name);
        Assert.Equal(3, (await RowAsync(id)).LatestRevision);
    }

    [Fact]
    public async Task A_ZIP_code_fills_in_empty_fields()
    {
        var attorney = new Attorney { Name = "Legal Aid", Locations = [new Location { Visibility = Visibility.Public, PostalCode = "33130", City = "Miami" }] };
        var id = await CreateAsync(attorney);
        var values = FormOnPage.Read(await Browser.ReadAsync($"/entries/edit/{id}"));
        await Browser.SubmitAsync($"/entries/edit/{id}", null, values.Fields(("_intent", "unfinished")));

        var place = Assert.IsType<Attorney>(await LatestAsync(id)).Locations[0];
        Assert.Equal(("Miami-Dade County", "FL", "Miami"), (place.County, place.StateProvince, place.City));
        Assert.InRange(place.Latitude!.Value, 25.5, 26);
        Assert.InRange(place.Longitude!.Value, -80.5, -80);
    }

    private static Organization Network() => new()
    {
        Name = "Red de Apoyo",
        Phones = [new Phone { Number = "+13055550141" }, new Phone { Number = "+13055550142", Type = "text" }],
    };

    private Task<Guid> CreateAsync(Entry entry, Curator? author = null) => Host.Database.TransactAsync(
        s => Stores.Entries.CreateAsync(s, entry, Actor.Curator((author ?? Writer).CuratorId), null, null, Cancellation), Cancellation);

    private Task SaveAsync(Guid id, int basedOn, Entry entry) => Host.Database.TransactAsync(
        s => Stores.Entries.SaveAsync(s, id, basedOn, entry, Actor.System("test"), null, Cancellation), Cancellation);

    private Task<EntryRow> RowAsync(Guid id) => Host.Database.TransactAsync(s => EntryStore.ReadAsync(s, id, Cancellation), Cancellation);

    private async Task<Entry> LatestAsync(Guid id) => await Host.Database.TransactAsync(
        async s => EntryJson.Read((await EntryStore.ReadRevisionAsync(s, id, (await EntryStore.ReadAsync(s, id, Cancellation)).LatestRevision, Cancellation)).Body),
        Cancellation);

    [GeneratedRegex("name=\"kept\" value=\"([0-9]+)\"")]
    private static partial Regex Kept();
}
