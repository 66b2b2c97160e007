using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Presence;

namespace HealthEquity.Tests.Admin.Pages.Entries;

/// <summary>A curator sees at once who else has an entry open.</summary>
public sealed partial class PresenceTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private ConsoleHost _host = null!;
    private ConsoleBrowser _ana = null!;
    private ConsoleBrowser _ben = null!;
    private Guid _entry;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _ana = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator, "ana"));
        _ben = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator, "ben"));
        _entry = await _host.Database.TransactAsync(
            s => _host.Stores.Entries.CreateAsync(s, new Organization { Name = "Red de Apoyo" }, Actor.System("test"), null, null, Cancellation), Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_page_of_an_entry_says_who_has_it_open()
    {
        Assert.DoesNotContain("has had", await _ana.ReadAsync($"/entries/edit/{_entry}"), StringComparison.Ordinal);
        foreach (var path in new[] { "/entries/edit", "/entries/show", "/verify" })
        {
            Assert.Matches("<bdi>The ana</bdi> has had this entry open since <time [^>]+>[0-9:]+ [AP]M", await _ben.ReadAsync($"{path}/{_entry}"));
        }

        Assert.Contains("<span class=\"tag warn\">open: <bdi>The ana</bdi></span>", await _ben.ReadAsync("/entries"), StringComparison.Ordinal);
        Assert.Contains("<bdi>The ana</bdi> has had this entry open", await _ben.ReadAsync($"/entries?handler=Peek&id={_entry}"), StringComparison.Ordinal);
        // Ben has the form and the call sheet open; showing the entry is not working on it.
        var seen = await _ana.ReadAsync($"/entries/show/{_entry}");
        Assert.Contains("<bdi>The ben</bdi> has had this entry open", seen, StringComparison.Ordinal);
        Assert.Contains("<bdi>The ben</bdi> has had this call sheet open", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("The ana</bdi> has had", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_scripts_counts_for_a_few_minutes()
    {
        await _ana.ReadAsync($"/entries/edit/{_entry}");
        _host.Clock.Advance(PresenceStore.PageLifetime - TimeSpan.FromSeconds(1));
        Assert.Contains("The ana</bdi> has had", await _ben.ReadAsync($"/entries/show/{_entry}"), StringComparison.Ordinal);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("The ana</bdi> has had", await _ben.ReadAsync($"/entries/show/{_entry}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_window_reports_until_it_is_closed_and_learns_who_came()
    {
        var page = await _ana.ReadAsync($"/entries/edit/{_entry}");
        var (token, window) = (await _ana.TokenAsync("/sign-out"), Window().Match(page).Groups[1].Value);
        (string, string)[] fields = [("activity", PresenceStore.Editing), ("page", window)];
        for (var n = 0; n < 5; n++)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal("", (await TextAsync(await _ana.PostAsync($"/entries/presence/{_entry}", token, fields))).Trim());
        }

        await _ben.ReadAsync($"/verify/{_entry}");
        Assert.Contains("The ben</bdi> has had this call sheet open", await TextAsync(await _ana.PostAsync($"/entries/presence/{_entry}", token, fields)), StringComparison.Ordinal);
        Assert.Contains("The ana</bdi> has had this entry open", await _ben.ReadAsync($"/entries/presence/{_entry}"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await _ana.PostAsync($"/entries/presence/{_entry}?handler=Leave", token, fields)).StatusCode);
        Assert.Equal("", (await _ben.ReadAsync($"/entries/presence/{_entry}")).Trim());
        Assert.Equal(HttpStatusCode.BadRequest, (await _ana.PostAsync($"/entries/presence/{_entry}", token, ("activity", "reading"), ("page", window))).StatusCode);
    }

    [Fact]
    public async Task Reports_do_not_keep_a_session_alive()
    {
        await _ana.ReadAsync($"/entries/edit/{_entry}");
        var token = await _ana.TokenAsync("/sign-out");
        for (var n = 0; n < 16; n++)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(2));
            await _ana.PostAsync($"/entries/presence/{_entry}", token, ("activity", PresenceStore.Editing), ("page", Guid.NewGuid().ToString()));
            await _ana.GetAsync($"/entries/presence/{_entry}");
        }

        Assert.False(await _ana.IsSignedInAsync());
    }

    [Fact]
    public async Task Curators_on_different_nodes_see_each_other()
    {
        await using var other = _host.AddNode();
        var cleo = await other.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Curator, "cleo"));
        await _ana.ReadAsync($"/entries/edit/{_entry}");
        Assert.Contains("The ana</bdi> has had this entry open", await cleo.ReadAsync($"/entries/edit/{_entry}"), StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync(Cancellation);

    [GeneratedRegex("name=\"page\" value=\"([^\"]+)\"")]
    private static partial Regex Window();
}
