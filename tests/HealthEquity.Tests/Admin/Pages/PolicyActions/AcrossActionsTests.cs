using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;

namespace HealthEquity.Tests.Admin.Pages.PolicyActions;

/// <summary>The matrix across actions, a jurisdiction's page, and editing adoptions there.</summary>
public sealed partial class AcrossActionsTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private static readonly PolicyAction Welcome = new()
    {
        Name = "Pass a welcoming resolution",
        Theme = "sanctuary",
        Actors = ["schoolBoard"],
        Provisions = [new() { Code = "no-agents", Text = "No agents on campus." }, new() { Code = "no-status", Text = "No questions about status." }],
        Adoptions = [At("Los Angeles", "city", "CA", "adopted", ["no-agents"], new(2016, 2, 9)), At("Albany", "city", "NY", "proposed", [], new(2025, 1, 15))],
    };

    private static readonly PolicyAction Records = new()
    {
        Name = "Keep status out of records",
        Theme = "sanctuary",
        Actors = ["hospital"],
        Provisions = [new() { Code = "no-chart", Text = "Status is not charted." }],
        Adoptions = [At("California", "state", "CA", "inForce", ["no-chart"], new(2018, 1, 1)), At("Los Angeles", "city", "CA", "repealed", ["no-chart"], new(2020, 5, 1))],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_matrix_shows_all_actions_and_is_filtered()
    {
        var host = await console.BeginAsync();
        await AddAsync(host, Welcome);
        await AddAsync(host, Records);
        await AddAsync(host, Welcome with { Name = "Train staff", Theme = "training", Provisions = [], Adoptions = [] });
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));

        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/policy-actions/matrix"));
        Assert.Equal(["California: In force, ✓ ;   ", "Los Angeles, CA: Repealed, ✕ ; Adopted, ✓  ", "Albany, NY:  ; Proposed,   "], RowsOf(page));
        Assert.DoesNotContain("data-cell", page, StringComparison.Ordinal);
        Assert.Contains("Train staff", await browser.ReadAsync("/policy-actions/matrix?theme=training"), StringComparison.Ordinal);

        foreach (var (filter, places) in new[]
        {
            ("state=NY", "Albany, NY"), ("status=proposed", "Albany, NY"), ("actor=hospital", "California; Los Angeles, CA"), ("level=state", "California"), ("place=angel", "Los Angeles, CA"), ("state=TX", ""),
        })
        {
            Assert.Equal(places, string.Join("; ", RowsOf(WebUtility.HtmlDecode(await browser.ReadAsync($"/policy-actions/matrix?{filter}"))).Select(r => r.Split(": ")[0])));
        }

        var csv = await (await browser.GetAsync("/policy-actions/matrix?handler=csv&state=CA")).Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(
            "place,level,state,fips,keep-status-out-of-records: no-chart,pass-a-welcoming-resolution: no-agents,pass-a-welcoming-resolution: no-status\r\n"
            + "California,state,CA,,inForce,,\r\nLos Angeles,city,CA,,repealed,adopted,\r\n",
            csv.TrimStart('\uFEFF'));
    }

    [Fact]
    public async Task A_jurisdiction_shows_everything_it_adopted()
    {
        var host = await console.BeginAsync();
        await AddAsync(host, Welcome);
        await AddAsync(host, Records);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));
        var page = await browser.ReadAsync("/policy-actions/places/los-angeles-ca");
        Assert.Contains("Repealed, May 1, 2020", page, StringComparison.Ordinal);
        Assert.Contains("Adopted, Feb 9, 2016", page, StringComparison.Ordinal);
        Assert.DoesNotContain("policy-actions/adoption", page, StringComparison.Ordinal);
        Assert.Contains("Los Angeles,city,CA,,keep-status-out-of-records,", await (await browser.GetAsync("/policy-actions/places/los-angeles-ca?handler=csv")).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusAsync("/policy-actions/places/atlantis"));
    }

    [Fact]
    public async Task An_adoption_is_changed_in_a_cell_and_goes_through_review()
    {
        var host = await console.BeginAsync();
        var id = await AddAsync(host, Welcome);
        await host.Database.TransactAsync(s => host.Stores.Publisher.PublishAsync(s, id, 1, "publish", Actor.System("test"), null, Cancellation), Cancellation);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Reviewer));
        var link = CellLink().Match(WebUtility.HtmlDecode(await browser.ReadAsync("/policy-actions/matrix?state=NY"))).Groups[1].Value;
        var form = WebUtility.HtmlDecode(await browser.ReadAsync(link));
        Assert.Contains("value=\"Albany\"", form, StringComparison.Ordinal);
        Assert.Contains("value=\"2025-01-15\"", form, StringComparison.Ordinal);

        (string, string)[] edit =
        [
            ("revision", "1"), ("Input.Name", "Albany"), ("Input.Level", "city"), ("Input.State", "ny"), ("Input.Status", "adopted"), ("Input.Since", "2026-03-02"), ("Input.Provisions", "no-status"),
            ("Input.SourceName", "Council minutes"), ("Input.SourceUrl", "https://albany.example/minutes"),
        ];
        var refused = WebUtility.HtmlDecode(await (await browser.SubmitAsync(link, null, [.. edit[..^1], ("Input.SourceUrl", "minutes"), ("intent", "submit")])).Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("id=\"Input_SourceUrl-error\"", refused, StringComparison.Ordinal);
        Assert.Equal(1, (await RowAsync(host, id)).LatestRevision);

        var saved = await browser.SubmitAsync(link, null, [.. edit, ("intent", "submit")]);
        Assert.Equal("/policy-actions/matrix?theme=sanctuary&state=NY#albany-ny", saved.Headers.Location?.ToString());
        var row = await RowAsync(host, id);
        Assert.Equal((2, 1, DraftState.InReview), (row.LatestRevision, row.PublishedRevision, row.DraftState));
        var albany = (await TextAsync(host, row)).Adoptions.Single(a => a.Jurisdiction.Name == "Albany");
        Assert.Equal(("adopted", "NY", "no-status", "Council minutes"), (albany.Status, albany.Jurisdiction.State, Assert.Single(albany.Provisions), albany.Source.Name));
        Assert.Equal(["proposed 2025-01-15", "adopted 2026-03-02"], albany.History.Select(h => $"{h.Status} {h.On:yyyy-MM-dd}"));
        // The author can't approve it, and the public still sees the former status.
        var own = await (await browser.SubmitAsync($"/reviews/{id}", "Approve", ("revision", "2"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("someone else must approve it", own, StringComparison.Ordinal);
        Assert.Contains("Albany, NY: Adopted", string.Join('|', RowsOf(WebUtility.HtmlDecode(await browser.ReadAsync("/policy-actions/matrix?state=NY")))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_adoption_is_added_for_a_known_jurisdiction_and_removed_again()
    {
        var host = await console.BeginAsync();
        var id = await AddAsync(host, Records);
        await AddAsync(host, Welcome);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var form = await browser.ReadAsync($"/policy-actions/adoption?action={id}&place=albany-ny");
        Assert.Contains("value=\"Albany\"", form, StringComparison.Ordinal);
        Assert.Contains("value=\"NY\"", form, StringComparison.Ordinal);
        // What is known need not be read again.
        Assert.Contains("<details>\n    <summary>Jurisdiction: Albany</summary>", form.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("<details open=\"open\">\n    <summary>Jurisdiction</summary>", (await browser.ReadAsync($"/policy-actions/adoption?action={id}")).ReplaceLineEndings("\n"), StringComparison.Ordinal);

        var address = $"/policy-actions/adoption/{id}?place=albany-ny&back=%2Fpolicy-actions%2Fplaces%2Falbany-ny";
        (string, string)[] fields = [("revision", "1"), ("Input.Name", "Albany"), ("Input.Level", "city"), ("Input.State", "New York"), ("Input.Status", "proposed"), ("Input.SourceName", "Minutes"), ("intent", "save")];
        var saved = await browser.SubmitAsync(address, null, fields);
        Assert.Equal("/policy-actions/places/albany-ny", saved.Headers.Location?.ToString());
        var row = await RowAsync(host, id);
        Assert.Equal((2, DraftState.Draft, 3), (row.LatestRevision, row.DraftState, (await TextAsync(host, row)).Adoptions.Count));
        Assert.Equal("NY", (await TextAsync(host, row)).Adoptions[2].Jurisdiction.State);

        var removed = await browser.SubmitAsync($"/policy-actions/adoption/{id}?place=albany-ny&at=2", null, ("revision", "2"), ("intent", "remove"));
        Assert.Equal("/policy-actions/matrix", removed.Headers.Location?.ToString());
        Assert.Equal(Records.Adoptions.Count, (await TextAsync(host, await RowAsync(host, id))).Adoptions.Count);
        // An address of another site is not followed.
        Assert.Equal("/policy-actions/matrix", (await browser.SubmitAsync($"/policy-actions/adoption/{id}?back=https%3A%2F%2Fevil.example", null, [("revision", "3"), .. fields[1..]])).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_change_meanwhile_is_kept_and_one_of_the_same_adoption_is_shown_first()
    {
        var host = await console.BeginAsync();
        var id = await AddAsync(host, Welcome);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        (string, string)[] fields = [("Input.Name", "Albany"), ("Input.Level", "city"), ("Input.State", "NY"), ("Input.Status", "adopted"), ("Input.Since", "2026-03-02"), ("Input.SourceName", "Minutes"), ("intent", "save")];
        var address = $"/policy-actions/adoption/{id}?place=albany-ny&at=1";

        // Somebody changes another adoption and inserts one above: both changes are kept.
        var third = At("Oakland", "city", "CA", "adopted", [], new(2019, 1, 1));
        await SaveAsync(host, id, 1, Welcome with { Summary = "Theirs", Adoptions = [third, .. Welcome.Adoptions] });
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(address, null, [("revision", "1"), .. fields])).StatusCode);
        var text = await TextAsync(host, await RowAsync(host, id));
        Assert.Equal(("Theirs", "Oakland, Los Angeles, Albany", "adopted"), (text.Summary, string.Join(", ", text.Adoptions.Select(a => a.Jurisdiction.Name)), text.Adoptions[2].Status));

        // Somebody changes the same adoption: nothing is overwritten until the curator has seen it.
        await SaveAsync(host, id, 3, text with { Adoptions = [.. text.Adoptions.Take(2), text.Adoptions[2] with { Status = "enjoined", Departures = "Their departures" }] });
        var conflict = WebUtility.HtmlDecode(await (await browser.SubmitAsync(address.Replace("at=1", "at=2", StringComparison.Ordinal), null, [("revision", "3"), .. fields])).Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("Somebody changed this adoption since you opened it", conflict, StringComparison.Ordinal);
        Assert.Contains("Their departures", conflict, StringComparison.Ordinal);
        Assert.Contains("value=\"2026-03-02\"", conflict, StringComparison.Ordinal);
        Assert.Equal(4, (await RowAsync(host, id)).LatestRevision);
        Assert.Contains("name=\"revision\" value=\"4\"", conflict, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(address.Replace("at=1", "at=2", StringComparison.Ordinal), null, [("revision", "4"), .. fields])).StatusCode);
        Assert.Equal("adopted", (await TextAsync(host, await RowAsync(host, id))).Adoptions[2].Status);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(51, 51)]
    [InlineData(700, 100)]
    public async Task The_matrix_stays_usable_with_any_number_of_jurisdictions(int places, int shown)
    {
        var host = await console.BeginAsync();
        await AddAsync(host, Welcome with { Adoptions = [.. Enumerable.Range(0, places).Select(AdoptionNo)] });
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var page = await browser.ReadAsync("/policy-actions/matrix?theme=sanctuary");
        Assert.Equal(shown, RowsOf(page).Count);
        Assert.Equal(places > 100, page.Contains("Page 1 of 7", StringComparison.Ordinal));
        Assert.Contains(places == 1 ? "1 jurisdiction," : $"{places} jurisdictions,", page, StringComparison.Ordinal);
        if (places == 700)
        {
            Assert.Contains("Page 7 of 7", await browser.ReadAsync("/policy-actions/matrix?theme=sanctuary&number=7"), StringComparison.Ordinal);
            Assert.Contains("14 jurisdictions", await browser.ReadAsync("/policy-actions/matrix?theme=sanctuary&state=CA"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_actions_are_shown_in_parts_and_found_by_name()
    {
        var host = await console.BeginAsync();
        var provisions = Enumerable.Range(0, 9).Select(n => new Provision { Code = $"p{n}", Text = $"Provision {n}." }).ToList();
        for (var n = 0; n < 101; n++)
        {
            await AddAsync(host, Welcome with { Name = string.Create(CultureInfo.InvariantCulture, $"Action {n:000}"), Provisions = provisions, Adoptions = n % 50 == 7 ? [AdoptionNo(n)] : [] });
        }

        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        var (first, second) = (await browser.ReadAsync("/policy-actions/matrix"), await browser.ReadAsync("/policy-actions/matrix?theme=sanctuary&part=2"));

        Assert.Contains("1 jurisdiction, actions 5 to 8 of 101", second, StringComparison.Ordinal);
        Assert.Contains("actions 1 to 4 of 101", first, StringComparison.Ordinal);
        Assert.Contains("href=\"/policy-actions/matrix?theme=sanctuary&amp;part=2\">Next actions", first, StringComparison.Ordinal);
        Assert.Contains("Action 007", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Action 008", second, StringComparison.Ordinal);
        // So many actions are no list to choose from.
        Assert.DoesNotContain("<select id=\"action\"", first, StringComparison.Ordinal);
        Assert.Contains("1 action<", await browser.ReadAsync("/policy-actions/matrix?theme=sanctuary&named=action%20057"), StringComparison.Ordinal);
        Assert.Contains("action-057", await (await browser.GetAsync("/policy-actions/matrix?handler=csv")).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static Adoption AdoptionNo(int number)
    {
        var state = States.All.Where(s => s.Code is not ("AS" or "GU" or "MP" or "PR" or "VI")).ElementAt(number % 51);
        return At(string.Create(CultureInfo.InvariantCulture, $"District {number} of {state.Name}"), "schoolDistrict", state.Code, "adopted", number % 2 == 0 ? ["no-agents", "no-status"] : [], new DateOnly(2020, 1, 1).AddDays(number));
    }

    private static Adoption At(string name, string level, string state, string status, IReadOnlyList<string> provisions, DateOnly on) => new()
    {
        Jurisdiction = new Jurisdiction { Name = name, Level = level, State = state },
        Status = status,
        History = [new AdoptionEvent { On = on, Status = status }],
        Provisions = provisions,
        Source = new Source { Name = "The law", Url = "https://laws.example/" },
    };

    /// <summary>The rows as text: "California: In force, ✓ ;   ": per action the status and the marks of its provisions.</summary>
    private static IReadOnlyList<string> RowsOf(string page) =>
    [
        .. Row().Matches(page).Select(m => Place().Match(m.Value).Groups[1].Value + ": " + string.Concat(Cell().Matches(m.Value).Select((c, at) =>
            c.Value.StartsWith("<td class=\"mark\"", StringComparison.Ordinal)
                ? (c.Value.Contains('✓', StringComparison.Ordinal) ? "✓" : c.Value.Contains('✕', StringComparison.Ordinal) ? "✕" : c.Value.Contains('○', StringComparison.Ordinal) ? "○" : "") + " "
                : (at == 0 ? "" : "; ") + (Status().Match(c.Value) is { Success: true } status ? status.Groups[1].Value + ", " : "")))),
    ];

    private static Task<Guid> AddAsync(ConsoleHost host, PolicyAction action) => host.Database.TransactAsync(
        s => host.Stores.Entries.CreateAsync(s, action, Actor.System("test"), null, null, Cancellation), Cancellation);

    private static Task SaveAsync(ConsoleHost host, Guid id, int basedOn, PolicyAction action) => host.Database.TransactAsync(
        s => host.Stores.Entries.SaveAsync(s, id, basedOn, action, Actor.System("test"), null, Cancellation), Cancellation);

    private static Task<EntryRow> RowAsync(ConsoleHost host, Guid id) => host.Database.TransactAsync(s => EntryStore.ReadAsync(s, id, Cancellation), Cancellation);

    private static async Task<PolicyAction> TextAsync(ConsoleHost host, EntryRow row) => (PolicyAction)EntryJson.Read(
        (await host.Database.TransactAsync(s => EntryStore.ReadRevisionAsync(s, row.EntryId, row.LatestRevision, Cancellation), Cancellation)).Body);

    [GeneratedRegex("href=\"(/policy-actions/adoption/[^\"]*at=[^\"]*)\"")]
    private static partial Regex CellLink();

    [GeneratedRegex("<tr id=.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<bdi>(.*?)</bdi>")]
    private static partial Regex Place();

    [GeneratedRegex("<td.*?</td>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<(?:span|a[^>]*at=[^>]*)>([^<]+)<")]
    private static partial Regex Status();
}
