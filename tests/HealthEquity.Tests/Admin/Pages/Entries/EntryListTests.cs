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

/// <summary>The list of entries: found, sorted, its columns, and changes to many at once, without a script.</summary>
public sealed partial class EntryListTests : IAsyncLifetime
{
    private ConsoleHost _host = null!;
    private Curator _curator = null!;
    private ConsoleBrowser _browser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStores Stores => _host.Stores;

    public async ValueTask InitializeAsync()
    {
        _host = await ConsoleHost.StartAsync();
        _curator = await _host.AddCuratorAsync(CuratorRole.Curator);
        _browser = await _host.SignInAsync(_curator);
        await _host.Services.GetRequiredService<EditorialDirectory>().CatchUpAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_was_saved_is_found_at_once_by_other_words_and_the_best_stands_first()
    {
        await CreateAsync("Alba", o => o with { Summary = "Counsellors for refugees." });
        await CreateAsync("Refugio", o => o with { AlternateNames = ["Refugee House"] });

        Assert.Equal(["Refugio", "Alba"], await ListAsync("/entries?text=refugee"));
        Assert.Equal(["Refugio", "Alba"], await ListAsync("/entries?text=refuge&kind=organization&draft=draft"));
        Assert.Equal(["Alba", "Refugio"], await ListAsync("/entries?text=refugee&sort=name"));
        Assert.Empty(await ListAsync("/entries?text=refugee&listing=published"));
        Assert.DoesNotContain("is being built", await _browser.ReadAsync("/entries?text=refugee"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_the_index_is_built_the_list_searches_names_and_says_so()
    {
        await using var host = await ConsoleHost.StartAsync(services: services =>
            services.Remove(services.First(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(EntrySearchFeed))));
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));
        await host.Database.TransactAsync(s => host.Stores.Entries.CreateAsync(
            s, new Organization { Name = "Refugio" }, Actor.System("test"), null, null, Cancellation), Cancellation);

        var html = await browser.ReadAsync("/entries?text=refug");

        Assert.Equal(["Refugio"], Names(html));
        Assert.Contains("The search index is being built", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heading_sorts_and_a_second_time_the_other_way_round()
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
        // Neither was published, so neither is due; both are there all the same.
        Assert.Equal(["Alba", "Bosque"], (await ListAsync(Heading(html, "Check due"))).Order());
    }

    [Fact]
    public async Task A_county_is_understood_as_people_type_it_and_one_that_is_none_is_said()
    {
        await CreateAsync("Alba", o => o with { ServiceArea = new ServiceArea { Counties = ["FL:Miami-Dade County"] } });
        await CreateAsync("Bosque", o => o with { ServiceArea = new ServiceArea { Counties = ["FL:Orange County"] } });
        Assert.Equal(["Alba"], await ListAsync("/entries?county=miami+dade"));
        Assert.Equal(["Bosque"], await ListAsync("/entries?county=Orange,%20Florida"));
        Assert.Equal(["Bosque"], await ListAsync("/entries?county=orange&state=florida"));
        var html = await _browser.ReadAsync("/entries?county=Atlantis");
        Assert.Contains("No county is called", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#County\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"County-error\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Atlantis\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_columns_are_the_curators_own_and_an_address_that_names_some_wins()
    {
        await CreateAsync("Alba");
        await _browser.SubmitAsync("/entries?columns=slug&columns=kind&columns=made-up", "Columns");

        Assert.Equal(["Name", "Kind", "Web address"], Headings(await _browser.ReadAsync("/entries")));
        Assert.Equal(["Name", "Changed"], Headings(await _browser.ReadAsync("/entries?columns=changed")));
        var other = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Viewer, "other"));
        Assert.Equal(["Name", "Status", "Check due", "Looked after by", "Changed"], Headings(await other.ReadAsync("/entries")));
        await _browser.SubmitAsync("/entries", "Columns");
        Assert.Equal(["Name", "Status", "Check due", "Looked after by", "Changed"], Headings(await _browser.ReadAsync("/entries")));
    }

    [Fact]
    public async Task All_that_a_search_finds_is_changed_after_a_question_batch_by_batch()
    {
        var others = await CreateManyAsync("Other", 3);
        var found = await CreateManyAsync("Found", 260);
        const string page = "/entries?text=found";
        Assert.Contains("With all 260 that the search finds", await _browser.ReadAsync(page), StringComparison.Ordinal);

        var asked = await ReadAsync(await _browser.SubmitAsync(page, "Assign", ("all", "true"), ("curator", _curator.CuratorId.ToString())));
        Assert.Contains("Assign 260 entries?", asked, StringComparison.Ordinal);
        // The script presses the button of that name by itself: not before somebody has said yes.
        Assert.DoesNotContain("go-on", asked, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(new EntryFilter { AssignedTo = _curator.CuratorId }));

        var (path, fields) = Question(asked);
        var first = await ReadAsync(await _browser.PostAsync(path, await _browser.TokenAsync(page), fields));
        Assert.Contains("250 of 260 done", first, StringComparison.Ordinal);
        Assert.Contains("id=\"go-on\"", first, StringComparison.Ordinal);
        (path, fields) = Question(first);
        var last = await _browser.PostAsync(path, await _browser.TokenAsync(page), fields);

        Assert.Equal(HttpStatusCode.Redirect, last.StatusCode);
        Assert.Contains("260 entries assigned.", await _browser.ReadAsync(page), StringComparison.Ordinal);
        Assert.Equal(260, await CountAsync(new EntryFilter { AssignedTo = _curator.CuratorId }));
        Assert.All(others, async id => Assert.Null((await RowAsync(id)).AssignedTo));
        Assert.Equal(260, found.Count);
    }

    [Fact]
    public async Task A_language_is_understood_by_its_name()
    {
        await CreateAsync("Alba", o => o with { Languages = [new LanguageOffered { Language = "es", How = ["staff"] }] });
        await CreateAsync("Bosque");
        Assert.Equal(["Alba"], await ListAsync("/entries?language=es"));
        Assert.Equal(["Alba"], await ListAsync("/entries?language=spanish"));
        Assert.Empty(await ListAsync("/entries?language=klingonese"));
    }

    [Fact]
    public async Task What_a_change_to_many_lacks_is_said_beside_its_field()
    {
        var id = await CreateAsync("Alba");
        Assert.Contains("id=\"suspend-reason-error\"", await ReadAsync(await _browser.SubmitAsync("/entries", "Suspend", ("chosen", id.ToString()))), StringComparison.Ordinal);
        Assert.Contains("id=\"new-tag-error\"", await ReadAsync(await _browser.SubmitAsync("/entries", "Tag", ("chosen", id.ToString()))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tagging_says_that_it_makes_drafts_and_what_leaves_review()
    {
        var ids = await CreateManyAsync("Found", 60);
        await _host.Database.TransactAsync(s => Stores.Reviews.SubmitAsync(s, ids[0], 1, Actor.System("test"), null, Cancellation), Cancellation);

        var asked = await ReadAsync(await _browser.SubmitAsync("/entries", "Tag", ("all", "true"), ("tag", "sample")));
        Assert.Contains("Each gets a new draft", asked, StringComparison.Ordinal);
        Assert.Contains("One entry in review become", asked, StringComparison.Ordinal);
        Assert.Equal(DraftState.InReview, (await RowAsync(ids[0])).DraftState);

        await _browser.SubmitAsync("/entries", "Tag", ("chosen", ids[0].ToString()), ("chosen", ids[1].ToString()), ("tag", "sample"));
        Assert.Contains("2 entries tagged, as drafts. One entry of them left review.", await _browser.ReadAsync("/entries"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drafts_are_sent_to_review_together_and_what_is_none_is_passed_over()
    {
        var ids = await CreateManyAsync("Found", 60);
        await _host.Database.TransactAsync(s => Stores.Publisher.PublishAsync(s, ids[0], 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);

        var asked = await ReadAsync(await _browser.SubmitAsync("/entries", "Review", ("all", "true")));
        Assert.Contains("Send to review 59 entries?", asked, StringComparison.Ordinal);
        var (path, fields) = Question(asked);
        await _browser.PostAsync(path, await _browser.TokenAsync("/entries"), fields);

        Assert.Equal(59, await CountAsync(new EntryFilter { Draft = DraftState.InReview }));
        Assert.Equal(DraftState.None, (await RowAsync(ids[0])).DraftState);
        // Suspending all asks only about what is public.
        var suspend = await ReadAsync(await _browser.SubmitAsync("/entries", "Suspend", ("all", "true"), ("reason", "Flood.")));
        Assert.Contains("Suspend one entry?", suspend, StringComparison.Ordinal);
        Assert.Contains("There is nothing", await ReadAsync(await _browser.SubmitAsync("/entries?listing=retired", "Suspend", ("all", "true"), ("reason", "x"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_are_given_only_to_who_may_edit_them()
    {
        var viewer = await _host.AddCuratorAsync(CuratorRole.Viewer, "onlooker");
        var id = await CreateAsync("Alba");
        var html = await _browser.ReadAsync("/entries");
        Assert.DoesNotContain($"<option value=\"{viewer.CuratorId}\"", html[html.IndexOf("to-curator", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain(viewer.CuratorId.ToString(), await _browser.ReadAsync($"/entries/show/{id}"), StringComparison.Ordinal);

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

    /// <summary>The form that asks: where it goes, and its fields.</summary>
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

    [GeneratedRegex("<th scope=\"col\"[^>]*><a href=\"([^\"]+)\">([^<]+)<")]
    private static partial Regex HeadingLink();

    [GeneratedRegex("aria-sort=\"([a-z]+)\"")]
    private static partial Regex AriaSort();

    [GeneratedRegex("<section class=\"notice\"[^>]*id=\"bulk\".*?<form[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex QuestionForm();

    [GeneratedRegex("<input[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
