using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Admin.Directory;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>The list of entries without JavaScript: search, sorting, columns, and bulk changes.</summary>
public sealed partial class EntryListTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private static readonly string[] DefaultHeadings =
        ["Name", "Status", "City", "Phone", "Languages", "Cost", "Immigration status", "Last confirmed", "Check due", "Assigned to"];

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
        await _host.Services.GetRequiredService<EditorialDirectory>().CatchUpAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Saved_entries_are_found_immediately_and_the_best_match_comes_first()
    {
        await CreateAsync("Alba", o => o with { Summary = "Counsellors for refugees." });
        await CreateAsync("Refugio", o => o with { AlternateNames = ["Refugee House"] });

        Assert.Equal(["Refugio", "Alba"], await ListAsync("/entries?text=refugee"));
        Assert.Equal(["Refugio", "Alba"], await ListAsync("/entries?text=refuge&kind=organization&draft=draft"));
        Assert.Equal(["Alba", "Refugio"], await ListAsync("/entries?text=refugee&sort=name"));
        Assert.Empty(await ListAsync("/entries?text=refugee&listing=published"));
        Assert.DoesNotContain("not ready yet", await _browser.ReadAsync("/entries?text=refugee"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_index_is_ready_the_list_searches_names_and_says_so()
    {
        await using var host = await ConsoleHost.StartAsync(services: services =>
            services.Remove(services.First(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(EntrySearchFeed))));
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));
        await host.Database.TransactAsync(s => host.Stores.Entries.CreateAsync(
            s, new Organization { Name = "Refugio" }, Actor.System("test"), null, null, Cancellation), Cancellation);

        var html = await browser.ReadAsync("/entries?text=refug");

        Assert.Equal(["Refugio"], Names(html));
        Assert.Contains("The search index is not ready yet", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_heading_sorts_and_then_reverses_the_order()
    {
        await CreateAsync("Alba");
        await CreateAsync("Bosque");

        var html = await _browser.ReadAsync("/entries?kind=organization");
        Assert.Equal(["Alba", "Bosque"], Names(html));
        Assert.Single(AriaSort().Matches(html));
        var down = Heading(html, "Name");
        Assert.Equal("/entries?kind=organization&sort=name&desc=true", down);
        html = await _browser.ReadAsync(down);
        Assert.Equal(["Bosque", "Alba"], Names(html));
        Assert.Equal("descending", AriaSort().Match(html).Groups[1].Value);
        Assert.Equal("/entries?kind=organization&sort=name", Heading(html, "Name"));
        // Unpublished entries have no due date but are still listed.
        Assert.Equal(["Alba", "Bosque"], (await ListAsync(Heading(html, "Check due"))).Order());
    }

    [Fact]
    public async Task Common_county_formats_are_accepted_and_unknown_counties_are_reported()
    {
        await CreateAsync("Alba", o => o with { ServiceArea = new ServiceArea { Counties = ["FL:Miami-Dade County"] } });
        await CreateAsync("Bosque", o => o with { ServiceArea = new ServiceArea { Counties = ["FL:Orange County"] } });
        Assert.Equal(["Alba"], await ListAsync("/entries?county=miami+dade"));
        Assert.Equal(["Bosque"], await ListAsync("/entries?county=Orange,%20Florida"));
        Assert.Equal(["Bosque"], await ListAsync("/entries?county=orange&state=florida"));
        var html = await _browser.ReadAsync("/entries?county=Atlantis");
        Assert.Contains("Unknown county", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#County\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"County-error\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Atlantis\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saved_columns_are_per_curator_and_the_URL_overrides_them()
    {
        await CreateAsync("Alba");
        await _browser.SubmitAsync("/entries?columns=slug&columns=kind&columns=made-up", "Columns");

        Assert.Equal(["Name", "Kind", "Web address"], Headings(await _browser.ReadAsync("/entries")));
        Assert.Equal(["Name", "Last changed"], Headings(await _browser.ReadAsync("/entries?columns=changed")));
        var other = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Viewer, "other"));
        Assert.Equal(DefaultHeadings, Headings(await other.ReadAsync("/entries")));
        await _browser.SubmitAsync("/entries", "Columns");
        Assert.Equal(DefaultHeadings, Headings(await _browser.ReadAsync("/entries")));
    }

    [Fact]
    public async Task One_reason_for_many_entries_is_said_once()
    {
        var ids = await CreateManyAsync("Tagged", 5);
        async Task<string> TagAsync() => WebUtility.HtmlDecode(await ReadAsync(await _browser.SubmitAsync("/entries", "Tag", [.. ids.Select(id => ("chosen", id.ToString())), ("confirmed", "true"), ("tag", "sample")])));
        await TagAsync();
        var again = await TagAsync();
        Assert.Single(Regex.Matches(again, "it is so already"));
        Assert.Contains("<summary>5 entries</summary>", again, StringComparison.Ordinal);
        Assert.Contains($"/entries/show/{ids[0]}", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_search_results_are_changed_in_batches_after_confirmation()
    {
        var others = await CreateManyAsync("Other", 3);
        var found = await CreateManyAsync("Found", 260);
        const string page = "/entries?text=found";
        Assert.Contains("Select all 260 search results", await _browser.ReadAsync(page), StringComparison.Ordinal);

        var asked = await ReadAsync(await _browser.SubmitAsync(page, "Assign", ("all", "true"), ("curator", _curator.CuratorId.ToString())));
        Assert.Contains("Assign 260 entries?", asked, StringComparison.Ordinal);
        // The script clicks this button by itself, but only after confirmation.
        Assert.DoesNotContain("go-on", asked, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(new EntryFilter { AssignedTo = _curator.CuratorId }));

        Assert.Equal(10, NamedBefore().Matches(asked).Count(m => m.Groups[1].Value.StartsWith("Found ", StringComparison.Ordinal)));
        Assert.Contains("and 250 more", asked, StringComparison.Ordinal);
        var (path, fields) = Question(asked);
        var begun = await _browser.PostAsync(path, await _browser.TokenAsync(page), fields);
        var change = begun.Headers.Location!.ToString();
        Assert.Contains("id=\"go-on\"", await _browser.ReadAsync(change), StringComparison.Ordinal);
        await _browser.SubmitAsync(change, "Continue");
        Assert.Contains("Changed: 250. Not changed yet: 10.", await _browser.ReadAsync(change), StringComparison.Ordinal);
        await _browser.SubmitAsync(change, "Continue");

        Assert.Contains("<p role=\"status\">Changed: 260.</p>", await _browser.ReadAsync(change), StringComparison.Ordinal);
        Assert.Equal(260, await CountAsync(new EntryFilter { AssignedTo = _curator.CuratorId }));
        Assert.All(others, async id => Assert.Null((await RowAsync(id)).AssignedTo));
        Assert.Equal(260, found.Count);

        // All of it is undone as one.
        await _browser.SubmitAsync(change, "Undo");
        await _browser.SubmitAsync(change, "Continue");
        Assert.Equal(0, await CountAsync(new EntryFilter { AssignedTo = _curator.CuratorId }));
    }

    [Fact]
    public async Task A_language_can_be_entered_by_name()
    {
        await CreateAsync("Alba", o => o with { Languages = [new LanguageOffered { Language = "es", How = ["staff"] }] });
        await CreateAsync("Bosque");
        Assert.Equal(["Alba"], await ListAsync("/entries?language=es"));
        Assert.Equal(["Alba"], await ListAsync("/entries?language=spanish"));
        Assert.Empty(await ListAsync("/entries?language=klingonese"));
    }

    [Fact]
    public async Task Missing_bulk_change_input_is_reported_at_its_field()
    {
        var id = await CreateAsync("Alba");
        Assert.Contains("id=\"suspend-reason-error\"", await ReadAsync(await _browser.SubmitAsync("/entries", "Suspend", ("chosen", id.ToString()))), StringComparison.Ordinal);
        Assert.Contains("id=\"new-tag-error\"", await ReadAsync(await _browser.SubmitAsync("/entries", "Tag", ("chosen", id.ToString()))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulk_tagging_sends_new_drafts_to_review_and_leaves_unfinished_ones()
    {
        var ids = await CreateManyAsync("Found", 60);
        await _host.Database.TransactAsync(s => Stores.Reviews.SubmitAsync(s, ids[0], 1, Actor.System("test"), null, Cancellation), Cancellation);

        var asked = await ReadAsync(await _browser.SubmitAsync("/entries", "Tag", ("all", "true"), ("tag", "sample")));
        Assert.Contains("Add tag “Sample”: 60 entries?", WebUtility.HtmlDecode(asked), StringComparison.Ordinal);
        Assert.Contains("Drafts that are not finished get the change and stay drafts: 59.", asked, StringComparison.Ordinal);
        Assert.Equal(1, (await RowAsync(ids[0])).LatestRevision);

        await _browser.SubmitAsync("/entries", "Tag", ("chosen", ids[0].ToString()), ("chosen", ids[1].ToString()), ("confirmed", "true"), ("tag", "sample"));
        Assert.Contains("2 entries changed.", await _browser.ReadAsync("/entries"), StringComparison.Ordinal);
        Assert.Equal((2, DraftState.InReview), ((await RowAsync(ids[0])).LatestRevision, (await RowAsync(ids[0])).DraftState));
        Assert.Equal((2, DraftState.Draft), ((await RowAsync(ids[1])).LatestRevision, (await RowAsync(ids[1])).DraftState));
    }

    [Fact]
    public async Task A_change_of_several_selected_entries_says_first_what_it_will_do()
    {
        var ids = await CreateManyAsync("Found", 3);
        await _host.Database.TransactAsync(s => Stores.Publisher.PublishAsync(s, ids[0], 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        await _host.Database.TransactAsync(s => Stores.Publisher.PublishAsync(s, ids[1], 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        (string, string)[] chosen = [.. ids.Select(id => ("chosen", id.ToString())), ("reason", "Flood.")];

        var asked = await ReadAsync(await _browser.SubmitAsync("/entries?text=Found", "Suspend", chosen));
        Assert.Contains("Suspend 2 entries?", asked, StringComparison.Ordinal);
        Assert.Contains("They will no longer be visible to the public.", asked, StringComparison.Ordinal);
        Assert.Equal(["Found 0", "Found 1"], NamedBefore().Matches(asked).Select(m => m.Groups[1].Value));
        Assert.Equal(Listing.Published, (await RowAsync(ids[0])).Listing);

        var (path, fields) = Question(asked);
        await _browser.PostAsync(path, await _browser.TokenAsync("/entries"), fields);
        Assert.Equal([Listing.Suspended, Listing.Suspended, Listing.Unpublished], [(await RowAsync(ids[0])).Listing, (await RowAsync(ids[1])).Listing, (await RowAsync(ids[2])).Listing]);
        Assert.Contains("None of the selected entries has a status", await ReadAsync(await _browser.SubmitAsync("/entries", "Suspend", chosen)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_drafts_are_sent_to_review_in_bulk()
    {
        var ids = await CreateManyAsync("Found", 60);
        await _host.Database.TransactAsync(s => Stores.Publisher.PublishAsync(s, ids[0], 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);

        var asked = await ReadAsync(await _browser.SubmitAsync("/entries", "Review", ("all", "true")));
        Assert.Contains("Send 59 entries to review?", asked, StringComparison.Ordinal);
        var (path, fields) = Question(asked);
        await _browser.PostAsync(path, await _browser.TokenAsync("/entries"), fields);

        Assert.Equal(59, await CountAsync(new EntryFilter { Draft = DraftState.InReview }));
        Assert.Equal(DraftState.None, (await RowAsync(ids[0])).DraftState);
        // A bulk suspension includes only public entries.
        var suspend = await ReadAsync(await _browser.SubmitAsync("/entries", "Suspend", ("all", "true"), ("reason", "Flood.")));
        Assert.Contains("Suspend 1 entry?", suspend, StringComparison.Ordinal);
        Assert.Contains("No entries to change", await ReadAsync(await _browser.SubmitAsync("/entries?listing=retired", "Suspend", ("all", "true"), ("reason", "x"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_are_assigned_only_to_users_who_can_edit()
    {
        var viewer = await _host.AddCuratorAsync(CuratorRole.Viewer, "onlooker");
        var id = await CreateAsync("Alba");
        var html = await _browser.ReadAsync("/entries");
        var editors = html[html.IndexOf("id=\"editors\"", StringComparison.Ordinal)..];
        Assert.Contains($"<option value=\"{_curator.DisplayName}\"", editors[..editors.IndexOf("</datalist>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain($"<option value=\"{viewer.DisplayName}\"", editors[..editors.IndexOf("</datalist>", StringComparison.Ordinal)], StringComparison.Ordinal);
        var entry = await _browser.ReadAsync($"/entries/show/{id}");
        var assign = entry[entry.IndexOf("id=\"assign\"", StringComparison.Ordinal)..];
        Assert.DoesNotContain(viewer.CuratorId.ToString(), assign[..assign.IndexOf("</form>", StringComparison.Ordinal)], StringComparison.Ordinal);

        var answer = await ReadAsync(await _browser.SubmitAsync("/entries", "Assign", ("chosen", id.ToString()), ("curator", viewer.CuratorId.ToString())));

        Assert.Contains("Choose a curator who can edit entries.", answer, StringComparison.Ordinal);
        Assert.Null((await RowAsync(id)).AssignedTo);
    }

    private static Task<string> ReadAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancellation);

    private async Task<IReadOnlyList<string>> ListAsync(string path) => Names(await _browser.ReadAsync(path));

    private static IReadOnlyList<string> Names(string html) => [.. Name().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    private static IReadOnlyList<string> Headings(string html) => [.. HeadingLink().Matches(html).Select(m => m.Groups[2].Value)];

    private static string Heading(string html, string name) =>
        "/entries" + WebUtility.HtmlDecode(HeadingLink().Matches(html).Single(m => m.Groups[2].Value == name).Groups[1].Value);

    /// <summary>Returns the action and fields of the confirmation form.</summary>
    private static (string Path, (string, string)[] Fields) Question(string html)
    {
        var form = QuestionForm().Match(html);
        return (WebUtility.HtmlDecode(form.Groups[1].Value),
            [.. Hidden().Matches(form.Groups[2].Value).Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).Where(f => f.Item1 != "formToken")]);
    }

    private async Task<Guid> CreateAsync(string name, Func<Organization, Organization>? with = null) => await _host.Database.TransactAsync(
        s => Stores.Entries.CreateAsync(s, (with ?? (o => o))(new Organization { Name = name, Phones = [new Phone { Number = "+13055550141" }] }), Actor.System("test"), null, null, Cancellation), Cancellation);

    private Task<IReadOnlyList<Guid>> CreateManyAsync(string name, int number) => _host.Database.TransactAsync(
        s => Stores.Entries.CreateAsync(
            s, [.. Enumerable.Range(0, number).Select(n => new NewEntry(new Organization { Name = $"{name} {n}", Phones = [new Phone { Number = "+13055550141" }] }))], Actor.System("test"), null, Cancellation),
        Cancellation);

    private Task<int> CountAsync(EntryFilter filter) => _host.Database.TransactAsync(s => EntryFinder.CountAsync(s, filter, Cancellation), Cancellation);

    private Task<EntryRow> RowAsync(Guid id) => _host.Database.TransactAsync(s => EntryStore.ReadAsync(s, id, Cancellation), Cancellation);

    [GeneratedRegex("<th scope=\"row\"><a href=\"/entries/show/[^\"]+\"><bdi>([^<]*)</bdi>")]
    private static partial Regex Name();

    [GeneratedRegex("<th scope=\"col\"[^>]*>(?:<a href=\"([^\"]+)\">)?([^<]+)<")]
    private static partial Regex HeadingLink();

    [GeneratedRegex("<li><bdi>([^<]+)</bdi></li>")]
    private static partial Regex NamedBefore();

    [GeneratedRegex("aria-sort=\"([a-z]+)\"")]
    private static partial Regex AriaSort();

    [GeneratedRegex("<section class=\"notice\"[^>]*id=\"bulk\".*?<form[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex QuestionForm();

    [GeneratedRegex("<input[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
