using System.Net;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.SignIn;

public sealed class SignInTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_names_and_wrong_passwords_get_the_same_response()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var texts = new List<string>();
        foreach (var name in new[] { curator.UserName, "nobody" })
        {
            var answer = await host.Browse().SubmitAsync("/sign-in", null, ("UserName", name), ("Password", "not the password"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var html = await answer.Content.ReadAsStringAsync(Cancellation);
            texts.Add(html[html.IndexOf("error-summary", StringComparison.Ordinal)..html.IndexOf("</ul>", StringComparison.Ordinal)]);
        }

        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public async Task After_five_failures_the_correct_password_is_refused()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var browser = host.Browse();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await browser.SignInAsync(curator, "not the password");
        }

        await browser.SignInAsync(curator);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Wrong_passwords_from_elsewhere_lock_nobody_out()
    {
        await using var host = await ConsoleHost.StartAsync(settings: ("ForwardedHeaders:KnownProxies", "127.0.0.1"));
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var elsewhere = host.Browse();
        elsewhere.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await elsewhere.SignInAsync(curator, "not the password");
        }

        await elsewhere.SignInAsync(curator);
        Assert.False(await elsewhere.IsSignedInAsync());

        var desk = host.Browse();
        desk.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        await desk.SignInAsync(curator);
        Assert.True(await desk.IsSignedInAsync());
    }

    [Fact]
    public async Task A_browser_that_a_curator_has_signed_in_with_is_not_locked_out_by_others_at_the_same_address()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var known = await host.SignInAsync(curator);
        await known.SubmitAsync("/sign-out", null);
        var stranger = host.Browse();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await stranger.SignInAsync(curator, "not the password");
        }

        await host.Browse().SignInAsync(curator);
        await stranger.SignInAsync(curator);
        Assert.False(await stranger.IsSignedInAsync());
        await known.SignInAsync(curator);
        Assert.True(await known.IsSignedInAsync());

        // It opens nothing by itself, and has five attempts of its own.
        await known.SubmitAsync("/sign-out", null);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await known.SignInAsync(curator, "not the password");
        }

        await known.SignInAsync(curator);
        Assert.False(await known.IsSignedInAsync());
    }

    [Fact]
    public async Task Concurrent_failures_are_all_counted()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Browse().SignInAsync(curator, "not the password")));
        var browser = host.Browse();
        await browser.SignInAsync(curator);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_code_is_required_and_works_once()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Reviewer);
        var browser = host.Browse();
        var answer = await browser.SubmitAsync("/sign-in", null, ("UserName", curator.UserName), ("Password", ConsoleHost.Password));
        Assert.StartsWith("/sign-in/code", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());

        await browser.SubmitAsync("/sign-in/code", null, ("Code", "000000"));
        Assert.False(await browser.IsSignedInAsync());
        var code = host.NextCode();
        await browser.SubmitAsync("/sign-in/code", null, ("Code", code));
        Assert.True(await browser.IsSignedInAsync());

        var thief = host.Browse();
        await thief.SubmitAsync("/sign-in", null, ("UserName", curator.UserName), ("Password", ConsoleHost.Password));
        await thief.SubmitAsync("/sign-in/code", null, ("Code", code));
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task A_wrong_code_is_reported_at_its_field()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Reviewer));
        var page = await (await browser.SubmitAsync("/account/two-factor", "Replace", ("Code", "1"))).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("href=\"#ReplaceCode\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"ReplaceCode-error\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"Code-error\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_code_works_once()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Reviewer);
        var browser = await host.SignInAsync(curator);
        var page = await (await browser.SubmitAsync("/account/two-factor", "Codes", ("Code", host.NextCode()))).Content.ReadAsStringAsync(Cancellation);
        var code = page.Split("<ul class=\"codes\">")[1].Split("<li>")[1].Split('<')[0];

        foreach (var expected in new[] { true, false })
        {
            var other = host.Browse();
            await other.SubmitAsync("/sign-in", null, ("UserName", curator.UserName), ("Password", ConsoleHost.Password));
            await other.SubmitAsync("/sign-in/recovery-code", null, ("Code", code));
            Assert.Equal(expected, await other.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Users_who_must_set_up_two_factor_can_open_only_that_page()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator, twoFactor: false));
        foreach (var path in new[] { "/", "/curators", "/account/password", "/account/keep" })
        {
            Assert.Equal("/account/two-factor", (await browser.GetAsync(path)).Headers.Location?.ToString());
        }

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/account/two-factor"));
    }

    [Fact]
    public async Task Each_sign_in_starts_a_new_session()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var browser = host.Browse();
        var first = Cookie(await browser.SignInAsync(curator));
        var thief = host.Browse();
        thief.Client.DefaultRequestHeaders.Add("Cookie", first);
        Assert.True(await thief.IsSignedInAsync());

        // Signing in ends the browser's previous session and starts a new one.
        var token = await browser.TokenAsync("/sign-out");
        var second = Cookie(await browser.PostAsync("/sign-in", token, ("UserName", curator.UserName), ("Password", ConsoleHost.Password)));
        Assert.NotEqual(first, second);
        Assert.True(await browser.IsSignedInAsync());
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task A_planted_cookie_is_worthless_after_sign_in()
    {
        var host = await console.BeginAsync();
        var (thief, victim) = (await host.AddCuratorAsync(CuratorRole.Curator, "thief"), await host.AddCuratorAsync(CuratorRole.Curator, "victim"));
        var planted = Cookie(await host.Browse().SignInAsync(thief));

        // The victim signs in in a browser that has the thief's session cookie.
        var browser = host.Browse();
        browser.Client.DefaultRequestHeaders.Add("Cookie", planted);
        var token = await browser.TokenAsync("/sign-out");
        var given = Cookie(await browser.PostAsync("/sign-in", token, ("UserName", victim.UserName), ("Password", ConsoleHost.Password)));

        Assert.NotEqual(planted, given);
        var other = host.Browse();
        other.Client.DefaultRequestHeaders.Add("Cookie", planted);
        Assert.False(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var (here, there) = (await host.SignInAsync(curator), await host.SignInAsync(curator));
        await here.SubmitAsync("/account/sessions", "Everywhere");
        Assert.False(await here.IsSignedInAsync());
        Assert.False(await there.IsSignedInAsync());
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var (here, there) = (await host.SignInAsync(curator), await host.SignInAsync(curator));
        const string New = "green kettles argue loudly";
        await here.SubmitAsync("/account/password", null, ("Current", ConsoleHost.Password), ("Password", New), ("Repeated", New));
        Assert.True(await here.IsSignedInAsync());
        Assert.False(await there.IsSignedInAsync());
        await there.SignInAsync(curator, New);
        Assert.True(await there.IsSignedInAsync());
    }

    [Fact]
    public async Task Idle_sessions_expire_and_active_ones_do_not()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        for (var i = 0; i < 3; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.True(await browser.IsSignedInAsync());
        }

        host.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Active_sessions_expire_after_twelve_hours()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));
        for (var i = 0; i < 37; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(20));
            await browser.IsSignedInAsync();
        }

        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Sessions_and_lockouts_from_when_a_clock_was_ahead_do_not_last_until_that_day()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var (seen, started) = (await host.SignInAsync(curator), await host.SignInAsync(curator));
        Assert.True(await seen.IsSignedInAsync() && await started.IsSignedInAsync());
        var future = host.Clock.GetUtcNow().AddDays(500);
        foreach (var (column, browser) in new[] { ("LastSeenAt", seen), ("StartedAt", started) })
        {
            await host.Database.TransactAsync(s => s.ExecuteAsync(new Sql("test", $"UPDATE CuratorSession SET {column} = @future"), new { future }, Cancellation), Cancellation);
            Assert.False(await browser.IsSignedInAsync());
            var now = host.Clock.GetUtcNow();
            await host.Database.TransactAsync(s => s.ExecuteAsync(new Sql("test", $"UPDATE CuratorSession SET {column} = @now"), new { now }, Cancellation), Cancellation);
        }

        foreach (var (until, locked) in new[] { (host.Clock.GetUtcNow().AddMinutes(15), true), (future, false) })
        {
            await host.Database.TransactAsync(s => SignInGuard.LockAsync(s, curator.CuratorId, until, Cancellation), Cancellation);
            Assert.Equal(!locked, await (await host.SignInAsync(curator)).IsSignedInAsync());
        }
    }

    [Fact]
    public async Task A_setting_requires_two_factor_for_everyone()
    {
        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Viewer));
        Assert.True(await browser.IsSignedInAsync());
        var settings = host.Services.GetRequiredService<SettingStore>();
        await host.Database.TransactAsync(
            s => settings.WriteAsync(s, new DirectorySettings { TwoFactorForAll = true }, Actor.System("test"), Cancellation),
            Cancellation);
        Assert.Equal("/account/two-factor", (await browser.GetAsync("/account/sessions")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_way_to_sign_in_names_no_host_that_a_request_made_up()
    {
        var host = await console.BeginAsync();
        var answer = await host.Browse("https://evil.example").GetAsync("/entries?q=a");
        Assert.Equal("/sign-in?returnUrl=%2Fentries%3Fq%3Da", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Sign_in_never_redirects_to_another_site(string target)
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var answer = await host.Browse().SignInAsync(curator, page: $"/sign-in?returnUrl={Uri.EscapeDataString(target)}");
        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    private static string Cookie(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("HealthEquity.Session=", StringComparison.Ordinal)).Split(';')[0];
}
