using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>Editing one field in its cell of the list: a draft, validated like the form, with and without scripts.</summary>
public sealed partial class CellTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private const string Columns = "?columns=state&columns=city&columns=zip&columns=phone&columns=email&columns=website&columns=summary&columns=languages&columns=cost"
        + "&columns=immigration&columns=availability&columns=tags&columns=assigned";

    private ConsoleHost _host = null!;
    private Curator _curator = null!;
    private ConsoleBrowser _browser = null!;
    private Guid _clinic;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Organization Clinic => new()
    {
        Name = "Clinic",
        Phones = [new Phone { Number = "+13055550141", Label = "Front desk" }, new Phone { Number = "+13055550142" }],
        Locations = [new Location { Visibility = Visibility.Public, Address1 = "1 Main Street", City = "Miami", StateProvince = "FL", PostalCode = "33125" }],
        Languages = [new LanguageOffered { Language = "es", Note = "Mondays" }, new LanguageOffered { Language = "vi" }],
        Cost = new Cost { Options = ["medicaid", "free"], Insurers = ["Sunshine"] },
    };

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _curator = await _host.AddCuratorAsync(CuratorRole.Curator);
        _browser = await _host.SignInAsync(_curator);
        _clinic = await PublishAsync(Clinic);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("phone", "(305) 555-0199", "(305) 555-0199 +1")]
    [InlineData("email", "desk@clinic.example", "desk@clinic.example")]
    [InlineData("website", "clinic.example", "https://clinic.example")]
    [InlineData("summary", "Walk in.", "Walk in.")]
    [InlineData("summary", "我们免费提供法律咨询和心理健康服务我们免费提供法律咨询和心理健康服务我们免费提供法律咨询和心理健康服务我们免费提供法律咨询和心理健康服务我们免费提供法律咨询和心理健康服务我们免费提供法律咨询和心理健康服务", "我们免费提供法律咨询和心理健康服务我们免费提供法律咨询和心理健康服务我们免费提供法律咨询和心理健康服务我们免费提供法律咨询和心理健康服务我们免费提供法律咨询和心理健康服务我们免费提…")]
    [InlineData("city", "Hialeah", "Hialeah, FL")]
    [InlineData("zip", "33012", "33012")]
    [InlineData("languages", "Spanish, Haitian Creole", "Spanish, Haitian Creole")]
    [InlineData("cost", "free", "Free")]
    [InlineData("availability", "waitlist", "Waiting list")]
    [InlineData("tags", "sample", "Sample")]
    public async Task A_value_is_saved_as_a_draft_and_shown_in_the_row(string column, string typed, string shown)
    {
        var answer = await PostAsync(column, 1, ("v0", typed));

        Assert.Equal((HttpStatusCode.OK, "Saved as a draft."), (answer.StatusCode, answer.Headers.GetValues("Cell-Status").Single()));
        Assert.Contains($">{shown} <span class=\"tag warn\">draft</span>", WebUtility.HtmlDecode(await TextAsync(answer)), StringComparison.Ordinal);
        var row = await RowAsync();
        Assert.Equal((DraftState.Draft, 2, 1), (row.DraftState, row.LatestRevision, row.PublishedRevision));
        // Only this cell of the list differs from what the public reads.
        Assert.Single(Marks().Matches(await _browser.ReadAsync("/entries" + Columns)));
    }

    [Fact]
    public async Task All_other_fields_stay_as_they_were()
    {
        await PostAsync("languages", 1, ("v0", "Vietnamese, spanish, Haitian Creole"));
        await PostAsync("cost", 2, ("v0", "free"), ("v0", "medicaid"), ("v0", "slidingScale"));
        await PostAsync("immigration", 3, ("v0", "notAsked"), ("v1", "Said in a call."));
        await PostAsync("phone", 4, ("v0", ""));

        var wanted = Clinic with
        {
            Languages = [Clinic.Languages[1], Clinic.Languages[0], new LanguageOffered { Language = "ht" }],
            Cost = Clinic.Cost! with { Options = ["medicaid", "free", "slidingScale"] },
            Eligibility = new Eligibility { ImmigrationStatus = "notAsked", ImmigrationStatusEvidence = "Said in a call." },
        };
        // The first number has a label, so it can't be removed in the cell.
        Assert.Equal(EntryJson.Write(wanted), EntryJson.Write(EntryJson.Read((await LatestAsync()).Body)));
        // The same value again makes no draft.
        Assert.Equal("Nothing was changed.", (await PostAsync("cost", 4, ("v0", "medicaid"), ("v0", "free"), ("v0", "slidingScale"))).Headers.GetValues("Cell-Status").Single());
        Assert.Equal(4, (await LatestAsync()).Number);
    }

    [Theory]
    [InlineData("phone", "call us", "phone number")]
    [InlineData("website", "not a site", "web address")]
    [InlineData("languages", "Spanish, Klingonese", "Unknown language 'Klingonese'")]
    [InlineData("cost", "made-up", "made-up")]
    public async Task A_refused_value_is_reported_at_the_cell_and_kept(string column, string typed, string error)
    {
        var answer = await PostAsync(column, 1, ("v0", typed));
        var html = WebUtility.HtmlDecode(await TextAsync(answer));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(error, Error().Match(html).Value, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"value=\"{typed}\"", html, StringComparison.Ordinal);
        Assert.Equal(1, (await LatestAsync()).Number);
    }

    [Fact]
    public async Task A_conflict_says_who_changed_what_and_saving_again_adds_the_change()
    {
        var ana = await _host.AddCuratorAsync(CuratorRole.Curator, "ana");
        await _host.Database.TransactAsync(s => _host.Stores.Entries.SaveAsync(s, _clinic, 1, Clinic with { Website = "https://theirs.example" }, Actor.Curator(ana.CuratorId), null, Cancellation), Cancellation);

        var answer = await PostAsync("website", 1, ("v0", "https://mine.example"));
        var html = WebUtility.HtmlDecode(await TextAsync(answer));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains($"{ana.DisplayName} saved this entry in the meantime. This field is now: https://theirs.example. Save again to replace it with yours.", html, StringComparison.Ordinal);
        Assert.Contains("name=\"revision\" value=\"2\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"https://mine.example\"", html, StringComparison.Ordinal);
        Assert.Contains("This field was not changed.", WebUtility.HtmlDecode(await TextAsync(await PostAsync("city", 1, ("v0", "Hialeah")))), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync("city", 2, ("v0", "Hialeah"))).StatusCode);
        var saved = (Organization)EntryJson.Read((await LatestAsync()).Body);
        Assert.Equal(("https://theirs.example", "Hialeah"), (saved.Website, saved.Locations[0].City));
    }

    [Fact]
    public async Task Without_scripts_the_cell_has_a_page_that_returns_to_the_list()
    {
        var list = await _browser.ReadAsync("/entries?text=clinic&columns=phone");
        var address = WebUtility.HtmlDecode(Link().Match(list).Groups[1].Value);
        Assert.Equal($"/entries/cell/{_clinic}/phone?list=%3Ftext%3Dclinic%26columns%3Dphone", address);
        Assert.Contains("value=\"(305) 555-0141\"", await _browser.ReadAsync(address), StringComparison.Ordinal);

        var refused = await _browser.SubmitAsync(address, null, ("revision", "1"), ("v0", "call us"));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains("aria-invalid=\"true\"", await TextAsync(refused), StringComparison.Ordinal);
        var saved = await _browser.SubmitAsync(address, null, ("revision", "1"), ("v0", "305 555 0199"));
        Assert.Equal("/entries?text=clinic&columns=phone", saved.Headers.Location!.ToString());
        Assert.Contains("Clinic, Phone: Saved as a draft.", await _browser.ReadAsync("/entries"), StringComparison.Ordinal);
        // Another site is no list.
        var elsewhere = await _browser.SubmitAsync($"/entries/cell/{_clinic}/city?list=//evil.example", null, ("revision", "2"), ("v0", "Hialeah"));
        Assert.Equal("/entries", elsewhere.Headers.Location!.ToString());
    }

    [Fact]
    public async Task An_entry_is_assigned_in_its_cell_without_a_draft()
    {
        var answer = await PostAsync("assigned", 1, ("v0", _curator.CuratorId.ToString()));
        Assert.Contains(_curator.DisplayName, await TextAsync(answer), StringComparison.Ordinal);
        Assert.Equal((_curator.CuratorId, DraftState.None), ((await RowAsync()).AssignedTo, (await RowAsync()).DraftState));
        var viewer = await _host.AddCuratorAsync(CuratorRole.Viewer, "viewer");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync("assigned", 1, ("v0", viewer.CuratorId.ToString()))).StatusCode);
    }

    [Fact]
    public async Task Only_cells_with_a_single_value_can_be_edited_and_only_by_curators()
    {
        var two = await PublishAsync(Clinic with { Name = "Two places", Locations = [Clinic.Locations[0], Clinic.Locations[0] with { City = "Doral" }] });
        var card = await PublishAsync(new Material { Name = "Card", MaterialType = "card", Editions = [] });
        Assert.Equal(HttpStatusCode.NotFound, await _browser.StatusAsync($"/entries/cell/{two}/city"));
        Assert.Equal(HttpStatusCode.OK, await _browser.StatusAsync($"/entries/cell/{two}/phone"));
        Assert.Equal(HttpStatusCode.NotFound, await _browser.StatusAsync($"/entries/cell/{card}/phone"));
        Assert.Equal(HttpStatusCode.NotFound, await _browser.StatusAsync($"/entries/cell/{_clinic}/slug"));
        Assert.DoesNotContain($"/entries/cell/{card}/phone", await _browser.ReadAsync("/entries" + Columns), StringComparison.Ordinal);
        var viewer = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Viewer, "viewer"));
        Assert.DoesNotContain("/entries/cell/", await viewer.ReadAsync("/entries" + Columns), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(string column, int revision, params (string Name, string Value)[] fields) =>
        await _browser.PostAsync(
            $"/entries/cell/{_clinic}/{column}?inPlace=true&list={Uri.EscapeDataString(Columns)}", await _browser.TokenAsync("/entries"), [("revision", $"{revision}"), .. fields]);

    private Task<EntryRow> RowAsync() => _host.Database.TransactAsync(s => EntryStore.ReadAsync(s, _clinic, Cancellation), Cancellation);

    private async Task<Revision> LatestAsync()
    {
        var row = await RowAsync();
        return await _host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, _clinic, row.LatestRevision, Cancellation), Cancellation);
    }

    private Task<Guid> PublishAsync(Entry entry) => _host.Database.TransactAsync(
        async s =>
        {
            var id = await _host.Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, null, Cancellation);
            await _host.Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation);
            return id;
        },
        Cancellation);

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancellation);

    [GeneratedRegex("<span class=\"tag warn\">draft</span>")]
    private static partial Regex Marks();

    [GeneratedRegex("<p class=\"error\".*?</p>", RegexOptions.Singleline)]
    private static partial Regex Error();

    [GeneratedRegex("<a class=\"edit\" href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
