using System.Net;
using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Admin.Pages.Entries;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.SignIn;

/// <summary>Submitting a form after the session has expired.</summary>
public sealed partial class UnsentFormTests(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    private ConsoleHost _host = null!;
    private Curator _writer = null!;
    private ConsoleBrowser _browser = null!;
    private Guid _entry;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await console.BeginAsync();
        _writer = await _host.AddCuratorAsync(CuratorRole.Curator);
        _browser = await _host.SignInAsync(_writer);
        var stores = _host.Stores;
        _entry = await _host.Database.TransactAsync(
            s => stores.Entries.CreateAsync(s, new Organization { Name = "Red de Apoyo" }, Actor.System("test"), null, null, Cancellation), Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(31)]
    [InlineData(13 * 60)]
    [InlineData(3 * 24 * 60)]
    public async Task An_entry_form_reopens_with_its_input_unsaved(int minutes)
    {
        var page = $"/entries/edit/{_entry}";
        var offered = await SendLateAsync(page, TimeSpan.FromMinutes(minutes), ("summary", "half a day's <work>"), ("_intent", "save"));

        Assert.StartsWith("/unsent/", offered, StringComparison.Ordinal);
        Assert.Contains("Your input was saved", await _browser.ReadAsync($"/sign-in?returnUrl={offered}"), StringComparison.Ordinal);
        await _browser.SignInAsync(_writer, page: $"/sign-in?returnUrl={offered}");
        Assert.Contains(offered, await _browser.ReadAsync("/"), StringComparison.Ordinal);
        var form = await SendAgainAsync(offered);
        Assert.Equal("half a day's <work>", FormOnPage.Read(form).First("summary"));
        Assert.Equal(1, await RevisionsAsync());
        // From now on, it is a normal unsaved draft and exists only once.
        Assert.Equal("half a day's <work>", FormOnPage.Read(await _browser.ReadAsync(page + "?unsaved=true")).First("summary"));
        Assert.Contains("No saved form", await _browser.ReadAsync(offered), StringComparison.Ordinal);

        await _browser.SubmitAsync(page, null, FormOnPage.Read(form).Fields(("_intent", "save")));
        Assert.Equal(2, await RevisionsAsync());
    }

    [Fact]
    public async Task New_entry_forms_and_other_forms_are_saved_too()
    {
        var page = "/entries/new?kind=organization&key=01890000-0000-7000-8000-000000000079";
        var offered = await SendLateAsync(page, TimeSpan.FromMinutes(31), ("name", "Red Nueva"), ("_intent", "save"));
        await _browser.SignInAsync(_writer);
        Assert.Equal("Red Nueva", FormOnPage.Read(await SendAgainAsync(offered)).First("name"));

        var check = $"/verify/{_entry}?handler=End";
        offered = await SendLateAsync(check, TimeSpan.FromMinutes(31), ("Revision", "1"), ("outcome", "unreachable"), ("CheckedOn", "2026-01-01"), ("Remark", "rang twice"));
        await _browser.SignInAsync(_writer);
        Assert.Contains("rang twice", await _browser.ReadAsync(offered), StringComparison.Ordinal);
        Assert.Empty(await ChecksAsync());
        await SendAgainAsync(offered);
        Assert.Equal("rang twice", Assert.Single(await ChecksAsync()).Note);
    }

    [Fact]
    public async Task While_the_database_is_busy_the_page_keeps_the_form_until_it_can_be_saved()
    {
        var page = $"/entries/edit/{_entry}";
        var token = await _browser.TokenAsync(page);
        var values = FormOnPage.Read(await _browser.ReadAsync(page));
        values.Set("summary", "half a day's <work>");
        _host.Clock.Advance(TimeSpan.FromMinutes(31));
        string busy;
        await using (var other = new SqliteConnection($"Data Source={_host.Database.FilePath}"))
        {
            await other.OpenAsync(Cancellation);
            await using var writing = other.BeginTransaction(deferred: false);
            var refused = await _browser.PostAsync(page, token, values.Fields(("_intent", "save")));
            busy = await refused.Content.ReadAsStringAsync(Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("The database is busy; your text is kept", busy, StringComparison.Ordinal);
            Assert.DoesNotContain("/sign-out", busy, StringComparison.Ordinal);
        }

        // "Try again" sends what the page has, and nothing else.
        Assert.Contains($"action=\"{page}\"", busy, StringComparison.Ordinal);
        var fields = Field().Matches(busy).Select(m => (Name: WebUtility.HtmlDecode(m.Groups[1].Value), Value: WebUtility.HtmlDecode(m.Groups[2].Value))).ToList();
        Assert.Contains(("summary", "half a day's <work>"), fields);
        Assert.Equal(token, Assert.Single(fields, f => f.Name == "formToken").Value);
        Assert.Single(Regex.Matches(busy, "formToken"));
        var offered = ReturnUrl(await _browser.PostAsync(page, token, [.. fields.Where(f => f.Name != "formToken")]));
        Assert.StartsWith("/unsent/", offered, StringComparison.Ordinal);
        await _browser.SignInAsync(_writer);
        Assert.Equal("half a day's <work>", FormOnPage.Read(await SendAgainAsync(offered)).First("summary"));
    }

    [Fact]
    public async Task Only_the_author_can_see_and_discard_the_form()
    {
        var offered = await SendLateAsync($"/entries/edit/{_entry}", TimeSpan.FromMinutes(31), ("summary", "between us"));
        var other = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Administrator, "other"));
        Assert.DoesNotContain("between us", await other.ReadAsync(offered), StringComparison.Ordinal);
        Assert.DoesNotContain("unsent", await other.ReadAsync("/"), StringComparison.Ordinal);
        await other.SubmitAsync(offered, "Discard");

        await _browser.SignInAsync(_writer);
        Assert.Contains("between us", await _browser.ReadAsync(offered), StringComparison.Ordinal);
        await _browser.SubmitAsync(offered, "Discard");
        Assert.DoesNotContain("between us", await _browser.ReadAsync(offered), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_forged_forms_and_forms_of_ended_sessions_are_not_saved()
    {
        Assert.Equal("/account/password", await SendLateAsync("/account/password", TimeSpan.FromMinutes(31), ("Password", "the new one")));

        await _browser.SignInAsync(_writer);
        var page = $"/entries/edit/{_entry}";
        _host.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(page, ReturnUrl(await _browser.PostAsync(page, token: null, ("summary", "forged"))));

        await _browser.SignInAsync(_writer);
        var token = await _browser.TokenAsync(page);
        await _host.Database.TransactAsync(s => CuratorSessions.EndAllAsync(s, _writer.CuratorId, null, _host.Clock.GetUtcNow(), Cancellation), Cancellation);
        Assert.Equal(page, ReturnUrl(await _browser.PostAsync(page, token, ("summary", "stolen cookie"))));
        Assert.Empty(await _host.Database.TransactAsync(s => AutosavedDrafts.ListAsync(s, _writer.CuratorId, Cancellation), Cancellation));
    }

    [Fact]
    public async Task An_open_form_can_be_submitted_after_sign_in_in_another_window()
    {
        var page = $"/entries/edit/{_entry}";
        var values = FormOnPage.Read(await _browser.ReadAsync(page));
        var token = await _browser.TokenAsync(page);
        _host.Clock.Advance(TimeSpan.FromMinutes(31));
        await _browser.SignInAsync(_writer);
        values.Set("summary", "went on");
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.PostAsync(page, token, values.Fields(("_intent", "save")))).StatusCode);
        Assert.Equal(2, await RevisionsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Input_survives_an_expired_session_in_a_browser(bool javaScript)
    {
        await using var browser = await Chromium.OpenAsync();
        await using var host = await ConsoleHost.StartAsync(onPort: true);
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { BaseURL = host.Address, JavaScriptEnabled = javaScript });
        async Task SignInAsync()
        {
            await page.FillAsync("#UserName", curator.UserName);
            await page.FillAsync("#Password", ConsoleHost.Password);
            await page.ClickAsync("main button");
        }

        await page.GotoAsync("/sign-in");
        await SignInAsync();
        await page.GotoAsync("/entries/new?kind=organization");
        await page.FillAsync("#f-name", "شبكة الدعم");
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        await page.ClickAsync("text=Add a phone number");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/sign-in\\?"));
        Assert.Equal("Sign in", await page.TextContentAsync("h1"));
        await SignInAsync();
        await Chromium.KeepPictureAsync(page, $"unsent-{javaScript}");
        await page.ClickAsync("text=Open the form with my input");
        Assert.Equal("شبكة الدعم", await page.InputValueAsync("#f-name"));
        await page.ClickAsync("text=Save draft");
        Assert.Equal("شبكة الدعم", await page.TextContentAsync("h1"));
    }

    /// <summary>Opens a page, lets the session expire, submits its form, and returns the return URL of the sign-in page.</summary>
    private async Task<string> SendLateAsync(string page, TimeSpan later, params (string Name, string Value)[] fields)
    {
        var html = await _browser.ReadAsync(page);
        var token = await _browser.TokenAsync(page);
        var values = html.Contains("id=\"entry-form\"", StringComparison.Ordinal) ? FormOnPage.Read(html) : new();
        foreach (var (name, value) in fields)
        {
            values.Set(name, value);
        }

        _host.Clock.Advance(later);
        return ReturnUrl(await _browser.PostAsync(page, token, values.Fields()));
    }

    /// <summary>Submits the saved form again and follows the redirect with the same fields, as a browser does.</summary>
    private async Task<string> SendAgainAsync(string offered)
    {
        var fields = Field().Matches(await _browser.ReadAsync(offered)).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value))).ToArray();
        var token = await _browser.TokenAsync(offered);
        var answer = await _browser.PostAsync(offered + "?handler=Send", token, fields);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        return await (await _browser.PostAsync(answer.Headers.Location!.ToString(), token, fields)).Content.ReadAsStringAsync(Cancellation);
    }

    private static string ReturnUrl(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var location = WebUtility.UrlDecode(answer.Headers.Location!.ToString());
        return location[(location.IndexOf("eturnUrl=", StringComparison.Ordinal) + "eturnUrl=".Length)..];
    }

    private Task<int> RevisionsAsync() => _host.Database.TransactAsync(async s => (await EntryStore.ReadAsync(s, _entry, Cancellation)).LatestRevision, Cancellation);

    private Task<IReadOnlyList<VerificationRecord>> ChecksAsync() =>
        _host.Database.TransactAsync(s => VerificationStore.ListAsync(s, _entry, Cancellation), Cancellation);

    [GeneratedRegex("<textarea name=\"([^\"]+)\" hidden>\n(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Field();
}
