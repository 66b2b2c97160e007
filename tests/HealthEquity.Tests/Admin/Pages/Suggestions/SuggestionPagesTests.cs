using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Admin.Pages.Entries;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Suggestions;
using HealthEquity.Tests.Admin.Pages.Entries;
using HealthEquity.Tests.Store;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.Pages.Suggestions;

/// <summary>Handling suggestions from the public.</summary>
public sealed partial class SuggestionPagesTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private ConsoleHost _host = null!;
    private ConsoleBrowser _browser = null!;
    private Guid _entry;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _browser = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator));
        var network = new Organization { Name = "Red de Apoyo", Summary = "Old", Phones = [new Phone { Number = "+13055550141" }] };
        _entry = await _host.Database.TransactAsync(s => Stores.Entries.CreateAsync(s, network, Actor.System("test"), null, null, Cancellation), Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_suggestion_is_applied_field_by_field_and_then_settled()
    {
        var id = await SuggestAsync("phones", "The number is 305 555 0142, and the summary is old.");
        var page = $"/suggestions/{id}";
        Assert.Contains("1", await _browser.ReadAsync("/suggestions"), StringComparison.Ordinal);

        // The form starts with the field that the suggestion names.
        Assert.Contains("value=\"phones[0].number\"", await _browser.ReadAsync(page), StringComparison.Ordinal);
        var first = await _browser.SubmitAsync(page, "Apply", ("field", "phones[0].number"), ("text", "+13055550142"), ("basedOn", "1"), ("more", "true"));
        Assert.Equal(page, first.Headers.Location!.ToString());
        Assert.Equal("open", (await ReadAsync(id)).State);

        var last = await _browser.SubmitAsync(page + "?field=summary", "Apply", ("field", "summary"), ("text", "New <b>"), ("basedOn", "2"));
        Assert.Equal($"/entries/show/{_entry}", last.Headers.Location!.ToString());
        var settled = await ReadAsync(id);
        Assert.Equal(("settled", "Added to a draft."), (settled.State, settled.Reason));
        var entry = Assert.IsType<Organization>(await LatestAsync());
        Assert.Equal(("+13055550142", "New <b>"), (entry.Phones[0].Number, entry.Summary));
        Assert.Contains("This suggestion is settled", await _browser.ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Danger_and_papers_come_first_and_reports_are_grouped_by_entry_with_nearly_the_same_ones_together()
    {
        var other = await PublishAsync("Clinic");
        var third = await PublishAsync("Shelter");
        await SuggestAsync(null, "They moved to Main Street.");
        await SuggestAsync("made.up", "The number is wrong.");
        await SuggestAsync("made.up", "the number is wrong!");
        await SuggestAsync(other, "phones", "Me pidieron papeles en la entrada.");
        await SuggestAsync(third, null, "La migra estaba afuera.");

        var html = WebUtility.HtmlDecode(await _browser.ReadAsync("/suggestions"));

        Assert.Equal(["Shelter", "Clinic", "Red de Apoyo"], Headings().Matches(html).Select(m => m.Groups[1].Value));
        Assert.Equal(["Danger", "They asked for papers"], Tags().Matches(html).Select(m => m.Groups[1].Value));
        Assert.Contains("· 3 reports", html, StringComparison.Ordinal);
        Assert.Contains("2 people said nearly the same", html, StringComparison.Ordinal);
        // A field that does not exist is not named.
        Assert.DoesNotContain("about made.up", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("the number is wrong", StringSplitOptions.None).Length + html.Split("The number is wrong", StringSplitOptions.None).Length - 2);
    }

    [Fact]
    public async Task A_suggested_number_is_accepted_with_one_click_and_goes_to_review()
    {
        var clinic = await PublishAsync("Clinic");
        var id = await SuggestAsync(clinic, "phones", "The new number is (305) 555-0142.");
        var same = await SuggestAsync(clinic, "phones", "It is 305-555-0142 now");
        var unclear = await SuggestAsync(clinic, "phones", "Either 305-555-0142 or 305-555-0143");
        var html = await _browser.ReadAsync("/suggestions");
        Assert.Contains("Accept (305) 555-0142", html, StringComparison.Ordinal);
        Assert.Contains("Suspend now", html, StringComparison.Ordinal);

        await _browser.SubmitAsync("/suggestions", "Accept", ("id", id.ToString()));

        var row = await _host.Database.TransactAsync(s => EntryStore.ReadAsync(s, clinic, Cancellation), Cancellation);
        Assert.Equal((DraftState.InReview, 2, 1), (row.DraftState, row.LatestRevision, row.PublishedRevision));
        var draft = (Organization)EntryJson.Read((await _host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, clinic, 2, Cancellation), Cancellation)).Body);
        Assert.Equal(["+13055550142"], draft.Phones.Select(p => p.Number));
        Assert.Equal(("settled", "settled", "open"), ((await ReadAsync(id)).State, (await ReadAsync(same)).State, (await ReadAsync(unclear)).State));
        var refused = await (await _browser.SubmitAsync("/suggestions", "Accept", ("id", unclear.ToString()))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("This report contains no value that can be accepted.", refused, StringComparison.Ordinal);

        await _browser.SubmitAsync("/suggestions", "Suspend", ("id", unclear.ToString()));
        row = await _host.Database.TransactAsync(s => EntryStore.ReadAsync(s, clinic, Cancellation), Cancellation);
        Assert.Equal((Listing.Suspended, "The public reported a problem."), (row.Listing, row.ListingReason));
    }

    [Fact]
    public async Task Spam_is_dismissed_in_bulk()
    {
        var spam = new List<Guid>();
        for (var n = 0; n < 5; n++)
        {
            spam.Add(await SuggestAsync(null, $"Buy cheap watches at example.com now {n}"));
        }

        var kept = await SuggestAsync(null, "They moved.");
        Assert.Contains("Select at least one report.", await (await _browser.SubmitAsync("/suggestions", "Dismiss", ("reason", "Spam"))).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        // Nearly the same reports have one box.
        var box = Chosen().Matches(await _browser.ReadAsync("/suggestions")).Select(m => m.Groups[1].Value).Single(v => v.Contains(spam[0].ToString(), StringComparison.Ordinal));
        await _browser.SubmitAsync("/suggestions", "Dismiss", ("chosen", box), ("reason", "Spam"));

        Assert.Contains("5 reports dismissed.", await _browser.ReadAsync("/suggestions"), StringComparison.Ordinal);
        foreach (var id in spam)
        {
            Assert.Equal(("dismissed", "Spam"), ((await ReadAsync(id)).State, (await ReadAsync(id)).Reason));
        }

        Assert.Equal("open", (await ReadAsync(kept)).State);
    }

    [Fact]
    public async Task Choice_fields_can_be_corrected()
    {
        var page = $"/suggestions/{await SuggestAsync("tags", "They are new, and it is a text line.")}";
        var tags = await _browser.ReadAsync(page + "?field=tags");
        Assert.Contains("name=\"codes\" value=\"sample\"", tags, StringComparison.Ordinal);
        await _browser.SubmitAsync(page + "?field=tags", "Apply", ("field", "tags"), ("codes", "sample"), ("basedOn", "1"), ("more", "true"));
        await _browser.SubmitAsync(page + "?field=phones[0].type", "Apply", ("field", "phones[0].type"), ("text", "text"), ("basedOn", "2"));

        var entry = Assert.IsType<Organization>(await LatestAsync());
        Assert.Equal(["sample"], entry.Tags);
        Assert.Equal("text", entry.Phones[0].Type);
    }

    [Fact]
    public async Task Creating_an_entry_from_a_suggestion_settles_it()
    {
        var id = await _host.Database.TransactAsync(
            s => _host.Services.GetRequiredService<SuggestionStore>().AddAsync(s, null, EntryKind.Organization, null, "A new hotline: <Línea>", Cancellation), Cancellation);
        var made = $"/entries/new?suggestion={id}&kind=organization";
        Assert.Contains(WebUtility.HtmlEncode(made), await _browser.ReadAsync($"/suggestions/{id}"), StringComparison.Ordinal);
        var page = made + "&key=01890000-0000-7000-8000-000000000079";
        var html = await _browser.ReadAsync(page);
        Assert.Contains("A new hotline: &lt;L&#xED;nea&gt;", html, StringComparison.Ordinal);
        var values = FormOnPage.Read(html);

        // Start the entry, leave it, and resume it from the list of unsaved drafts.
        await _browser.SubmitAsync(page, "Autosave", values.Fields());
        Assert.Contains(WebUtility.HtmlEncode($"?kind=organization&key=01890000-0000-7000-8000-000000000079&suggestion={id}"), await _browser.ReadAsync("/entries/new"), StringComparison.Ordinal);
        values = FormOnPage.Read(await _browser.ReadAsync(page));
        values.Set("name", "Línea");

        await _browser.SubmitAsync(page, null, values.Fields(("_intent", "save")));

        var settled = await ReadAsync(id);
        Assert.Equal(("settled", "Created a new entry."), (settled.State, settled.Reason));
    }

    [Fact]
    public async Task The_full_form_shows_the_suggestion_until_saving_settles_it()
    {
        var id = await SuggestAsync("phones", "They have a second <phone>: 305 555 0142.");
        var other = await SuggestAsync(null, "They moved.");
        var page = $"/entries/edit/{_entry}?suggestion={id}";
        Assert.Contains($"href=\"{page}\"", await _browser.ReadAsync($"/suggestions/{id}"), StringComparison.Ordinal);
        var values = FormOnPage.Read(await SaidAsync(await _browser.GetAsync(page)));
        Assert.Equal([id.ToString()], values.GetAll(EntryFormPage.SettlesName));

        // The suggestion and its check box stay after adding an item and after a validation error.
        values = FormOnPage.Read(await SaidAsync(await PostAsync(values, ("_command", "add:phones"))));
        values.Set("phones[1].number", "call us");
        values = FormOnPage.Read(await SaidAsync(await PostAsync(values, ("_intent", "save"))));
        Assert.Equal("open", (await ReadAsync(id)).State);

        // Later: the unsaved draft still includes the suggestion, even without it in the URL.
        values = FormOnPage.Read(await SaidAsync(await _browser.GetAsync($"/entries/edit/{_entry}")));
        Assert.Equal((id.ToString(), "call us"), (Assert.Single(values.GetAll(EntryFormPage.SettlesName)), values.First("phones[1].number")));
        values.Set("phones[1].number", "+1 305 555 0142");
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(values, ("_intent", "save"))).StatusCode);

        Assert.Equal(["+13055550141", "+13055550142"], Assert.IsType<Organization>(await LatestAsync()).Phones.Select(p => p.Number));
        var settled = await ReadAsync(id);
        Assert.Equal(("settled", "Added to a draft.", "open"), (settled.State, settled.Reason, (await ReadAsync(other)).State));
    }

    [Fact]
    public async Task Saving_does_not_settle_unselected_or_unrelated_suggestions()
    {
        var mine = await SuggestAsync(null, "They moved.");
        var elsewhere = await _host.Database.TransactAsync(
            s => _host.Services.GetRequiredService<SuggestionStore>().AddAsync(s, null, EntryKind.Organization, null, "Something new.", Cancellation), Cancellation);
        var values = FormOnPage.Read(await _browser.ReadAsync($"/entries/edit/{_entry}"));
        Assert.Empty(values.GetAll(EntryFormPage.SettlesName));
        values.Set("summary", "New");
        await PostAsync(values, ("_intent", "save"), (EntryFormPage.SettlesName, elsewhere.ToString()), (EntryFormPage.SettlesName, "nothing"));

        Assert.Equal("New", (await LatestAsync()).Summary);
        Assert.Equal(("open", "open"), ((await ReadAsync(mine)).State, (await ReadAsync(elsewhere)).State));
    }

    [Fact]
    public async Task Resolving_an_edit_conflict_settles_the_suggestion()
    {
        var id = await SuggestAsync("summary", "The summary is old.");
        var values = FormOnPage.Read(await _browser.ReadAsync($"/entries/edit/{_entry}?suggestion={id}"));
        values.Set("summary", "Mine");
        var theirs = await LatestAsync() with { Description = "Theirs" };
        await _host.Database.TransactAsync(s => Stores.Entries.SaveAsync(s, _entry, 1, theirs, Actor.System("test"), null, Cancellation), Cancellation);
        var sent = await PostAsync(values, ("_intent", "save"));
        var conflict = $"/entries/conflict/{_entry}";
        Assert.Equal((conflict, "open"), (sent.Headers.Location!.ToString(), (await ReadAsync(id)).State));

        var choice = FormOnPage.Read(await _browser.ReadAsync(conflict), "name=\"winner\"");
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.SubmitAsync(
            conflict, null, ("winner", "2"), ("kept", choice.First("kept")), ("take:summary", "mine"), ("take:description", "theirs"))).StatusCode);

        var merged = await LatestAsync();
        Assert.Equal(("Mine", "Theirs"), (merged.Summary, merged.Description));
        Assert.Equal("settled", (await ReadAsync(id)).State);
    }

    [Fact]
    public async Task Invalid_or_late_corrections_are_refused_and_keep_the_input()
    {
        var id = await SuggestAsync("phones[0].number", "Wrong number");
        var page = $"/suggestions/{id}";
        var wrong = await (await _browser.SubmitAsync(page, "Apply", ("field", "phones[0].number"), ("text", "call us"), ("basedOn", "1"), ("more", "true"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("value=\"call us\"", wrong, StringComparison.Ordinal);
        Assert.Contains("id=\"error-summary\"", wrong, StringComparison.Ordinal);

        var theirs = await LatestAsync() with { Summary = "Theirs" };
        await _host.Database.TransactAsync(s => Stores.Entries.SaveAsync(s, _entry, 1, theirs, Actor.System("test"), null, Cancellation), Cancellation);
        Assert.Matches("id=\"more\"[^>]* checked", wrong);
        var late = await (await _browser.SubmitAsync(page, "Apply", ("field", "phones[0].number"), ("text", "+13055550142"), ("basedOn", "1"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Someone else saved revision 2 in the meantime", late, StringComparison.Ordinal);
        Assert.Contains("value=\"&#x2B;13055550142\"", late, StringComparison.Ordinal);
        Assert.Equal("open", (await ReadAsync(id)).State);
        Assert.Equal("Theirs", (await LatestAsync()).Summary);
    }

    [Fact]
    public async Task A_suggestion_is_dismissed_once_with_a_reason()
    {
        var id = await SuggestAsync(null, "Buy now");
        var page = $"/suggestions/{id}";
        var unsaid = await (await _browser.SubmitAsync(page, "Dismiss", ("reason", " "))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Enter a reason for dismissing it.", unsaid, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.SubmitAsync(page, "Dismiss", ("reason", "An advertisement"))).StatusCode);
        var token = await _browser.TokenAsync("/account/password");
        var again = await (await _browser.PostAsync(page + "?handler=Settle", token)).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Someone else already dismissed this suggestion.", again, StringComparison.Ordinal);
        var item = await ReadAsync(id);
        Assert.Equal(("dismissed", "An advertisement"), (item.State, item.Reason));
        Assert.DoesNotContain("Buy now", await _browser.ReadAsync("/suggestions"), StringComparison.Ordinal);
    }

    /// <summary>Reads the page and checks that it shows the suggestion next to the form.</summary>
    private static async Task<string> SaidAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("They have a second &lt;phone&gt;: 305 555 0142.", html, StringComparison.Ordinal);
        return html;
    }

    private Task<HttpResponseMessage> PostAsync(FormValues values, params (string Name, string Value)[] more) =>
        _browser.SubmitAsync($"/entries/edit/{_entry}", null, values.Fields(more));

    private Task<Guid> SuggestAsync(string? field, string text) => _host.Database.TransactAsync(
        s => _host.Services.GetRequiredService<SuggestionStore>().AddAsync(s, _entry, null, field, text, Cancellation), Cancellation);

    private Task<Guid> SuggestAsync(Guid entry, string? field, string message) =>
        _host.Database.TransactAsync(s => _host.Services.GetRequiredService<SuggestionStore>().AddAsync(s, entry, null, field, message, Cancellation), Cancellation);

    private async Task<Guid> PublishAsync(string name)
    {
        var network = new Organization { Name = name, Phones = [new Phone { Number = "+13055550141" }] };
        var id = await _host.Database.TransactAsync(s => Stores.Entries.CreateAsync(s, network, Actor.System("test"), null, null, Cancellation), Cancellation);
        await _host.Database.TransactAsync(s => Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        return id;
    }

    private Task<Suggestion> ReadAsync(Guid id) => _host.Database.TransactAsync(s => SuggestionStore.ReadAsync(s, id, Cancellation), Cancellation);

    private async Task<Entry> LatestAsync() => await _host.Database.TransactAsync(
        async s => EntryJson.Read((await EntryStore.ReadRevisionAsync(s, _entry, (await EntryStore.ReadAsync(s, _entry, Cancellation)).LatestRevision, Cancellation)).Body), Cancellation);

    [GeneratedRegex("name=\"chosen\" value=\"([^\"]+)\"")]
    private static partial Regex Chosen();

    [GeneratedRegex("<h2><a [^>]*><bdi>([^<]+)</bdi>")]
    private static partial Regex Headings();

    [GeneratedRegex("<span class=\"tag bad\">([^<]+)</span>")]
    private static partial Regex Tags();
}
