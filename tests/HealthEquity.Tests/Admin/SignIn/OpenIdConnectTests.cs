using System.Net;
using HealthEquity.Admin.SignIn;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.SignIn;

/// <summary>A console whose curators sign in with an identity provider.</summary>
public sealed class ConsoleWithProvider : SharedConsole
{
    internal IdentityProvider Provider { get; } = new();

    protected override Task<ConsoleHost> StartAsync() => ConsoleHost.StartAsync(
        services: services => services.Configure<OpenIdConnectOptions>(OpenIdConnectSettings.Scheme, options => options.BackchannelHttpHandler = Provider),
        settings:
        [
            ("OpenIdConnect:Authority", IdentityProvider.Authority),
            ("OpenIdConnect:ClientId", IdentityProvider.ClientId),
            ("OpenIdConnect:ClientSecret", IdentityProvider.ClientSecret),
            ("OpenIdConnect:DisplayName", "Riverside County"),
            ("OpenIdConnect:Roles:viewer:0", "staff"),
            ("OpenIdConnect:Roles:curator:0", "directory-curators"),
            ("OpenIdConnect:Roles:curator:1", "outreach"),
            ("OpenIdConnect:Roles:administrator:0", "directory-admins"),
        ]);
}

/// <summary>Sign-in with an external identity provider.</summary>
public sealed class OpenIdConnectTests(ConsoleWithProvider console) : IClassFixture<ConsoleWithProvider>, IAsyncLifetime
{
    private const string Console = "https://console.example";

    private readonly IdentityProvider _provider = console.Provider;
    private ConsoleHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider.BeHonest();
        _host = await console.BeginAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("viewer", "staff")]
    [InlineData("curator", "outreach")]
    [InlineData("curator", "staff", "directory-curators")]
    [InlineData("administrator", "directory-admins", "everybody", "staff")]
    public async Task New_users_are_added_with_their_highest_role(string role, params string[] groups)
    {
        var browser = _host.Browse(Console);
        var page = await SignInAsync(browser, groups);
        Assert.Contains("You are signed in", page, StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
        var curator = Assert.Single(await CuratorsAsync());
        Assert.Equal((role, "ana@health.example", "Ana Ruiz"), (curator.Role.Code(), curator.UserName, curator.DisplayName));
        Assert.Equal((IdentityProvider.Authority, "ana-1"), (curator.ExternalProvider, curator.ExternalSubject));
    }

    [Fact]
    public async Task Users_without_a_role_are_refused_and_not_added()
    {
        var browser = _host.Browse(Console);
        Assert.Contains("has no role in this directory", await SignInAsync(browser, "everybody"), StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Empty(await CuratorsAsync());
    }

    [Fact]
    public async Task A_changed_role_applies_everywhere_after_the_next_sign_in()
    {
        await _host.AddCuratorAsync(CuratorRole.Administrator, "another");
        var (old, fresh) = (_host.Browse(Console), _host.Browse(Console));
        await SignInAsync(old, "directory-admins");
        Assert.Equal(HttpStatusCode.OK, await old.StatusAsync("/curators"));

        await SignInAsync(fresh, "staff");

        Assert.Equal(HttpStatusCode.Forbidden, await fresh.StatusAsync("/curators"));
        Assert.Equal(HttpStatusCode.Forbidden, await old.StatusAsync("/curators"));
        Assert.Equal(CuratorRole.Viewer, (await AnaAsync()).Role);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Losing_every_role_ends_all_sessions(bool othersAdminister)
    {
        if (othersAdminister)
        {
            await _host.AddCuratorAsync(CuratorRole.Administrator, "another");
        }

        var (old, fresh) = (_host.Browse(Console), _host.Browse(Console));
        await SignInAsync(old, "directory-admins");

        Assert.Contains("has no role in this directory", await SignInAsync(fresh, "everybody"), StringComparison.Ordinal);

        Assert.False(await fresh.IsSignedInAsync());
        Assert.False(await old.IsSignedInAsync());
        Assert.Equal(CuratorRole.Viewer, (await AnaAsync()).Role);
        await using var session = await _host.Database.OpenAsync(Cancellation);
        var noted = Assert.Single(await AuditReader.ReadAsync(session, new AuditFilter { Activity = "loseRole" }, null, 10, Cancellation));
        Assert.Equal("administrator", noted.Detail);

        // A new role from the provider takes effect.
        await SignInAsync(fresh, "directory-curators");
        Assert.True(await fresh.IsSignedInAsync());
        Assert.Equal(CuratorRole.Curator, (await AnaAsync()).Role);
    }

    [Fact]
    public async Task Disabled_curators_cannot_sign_in_through_the_provider()
    {
        await _host.AddCuratorAsync(CuratorRole.Administrator, "another");
        await SignInAsync(_host.Browse(Console), "directory-admins");
        var ana = await AnaAsync();
        await _host.Database.TransactAsync(s => _host.Curators.DisableAsync(s, ana.CuratorId, Actor.System("test"), Cancellation), Cancellation);
        var browser = _host.Browse(Console);
        Assert.Contains("disabled", await SignInAsync(browser, "directory-admins"), StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task An_existing_sign_in_name_is_not_taken_over()
    {
        var local = await _host.AddCuratorAsync(CuratorRole.Administrator, "ana@health.example");
        var browser = _host.Browse(Console);
        Assert.Contains("already", await SignInAsync(browser, "directory-admins"), StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
        var only = Assert.Single(await CuratorsAsync());
        Assert.Equal((local.CuratorId, null), (only.CuratorId, only.ExternalSubject));
    }

    public static TheoryData<string> Forgeries => ["issuer", "audience", "nonce", "no nonce", "key", "old", "state", "no state", "code"];

    [Theory, MemberData(nameof(Forgeries))]
    public async Task Forged_provider_responses_are_refused(string forged)
    {
        _provider.Issuer = forged == "issuer" ? "https://evil.example" : _provider.Issuer;
        _provider.Audience = forged == "audience" ? "another-program" : _provider.Audience;
        _provider.Nonce = forged switch { "nonce" => _ => "another", "no nonce" => _ => "", _ => _provider.Nonce };
        _provider.SignsWithStrangersKey = forged == "key";
        _provider.GoodFor = forged == "old" ? TimeSpan.FromHours(-1) : _provider.GoodFor;
        var browser = _host.Browse(Console);
        var back = _provider.SignIn((await browser.GetAsync("/sign-in/external")).Headers.Location!, Ana("directory-admins"));
        var (path, code, state) = (back.Split('?')[0], back.Split("code=")[1].Split('&')[0], back.Split("state=")[1]);
        back = forged switch
        {
            "state" => $"{path}?code={code}&state={state[..^4]}AAAA",
            "no state" => $"{path}?code={code}",
            "code" => $"{path}?code=guessed&state={state}",
            _ => back,
        };

        var answer = await browser.GetAsync(new Uri(back).PathAndQuery);

        Assert.Equal("/sign-in?failed=true", answer.Headers.Location?.ToString());
        Assert.Contains("was not completed", await browser.ReadAsync("/sign-in?failed=true"), StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Empty(await CuratorsAsync());
    }

    [Fact]
    public async Task A_provider_response_works_once_and_in_one_browser()
    {
        var (browser, thief) = (_host.Browse(Console), _host.Browse(Console));
        var back = _provider.SignIn((await browser.GetAsync("/sign-in/external")).Headers.Location!, Ana("directory-admins"));
        Assert.Equal("/sign-in?failed=true", (await thief.GetAsync(new Uri(back).PathAndQuery)).Headers.Location?.ToString());
        Assert.Equal("/sign-in?failed=true", (await thief.GetAsync("/sign-in/external?handler=Back")).Headers.Location?.ToString(), ignoreCase: true);

        var home = (await browser.GetAsync(new Uri(back).PathAndQuery)).Headers.Location!.ToString();
        Assert.Contains("You are signed in", await browser.ReadAsync(home), StringComparison.Ordinal);
        Assert.Equal("/sign-in?failed=true", (await browser.GetAsync(new Uri(back).PathAndQuery)).Headers.Location?.ToString());
        Assert.False(await thief.IsSignedInAsync());
    }

    [Theory]
    [InlineData("/entries", "/entries")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    public async Task External_sign_in_redirects_only_to_console_pages(string target, string expected)
    {
        var browser = _host.Browse(Console);
        var challenge = await browser.GetAsync($"/sign-in/external?returnUrl={Uri.EscapeDataString(target)}");
        var page = await FollowAsync(browser, _provider.SignIn(challenge.Headers.Location!, Ana("staff")));
        Assert.Contains($"href=\"{expected}\" data-follow", page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task External_curators_have_no_password()
    {
        var administrator = await _host.SignInAsync(await _host.AddCuratorAsync(CuratorRole.Administrator, "another"), Console);
        var browser = _host.Browse(Console);
        await SignInAsync(browser, "directory-curators");
        var ana = await AnaAsync();

        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusAsync("/account/password"));
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusAsync("/account/two-factor"));
        var refused = await (await administrator.SubmitAsync($"/curators/{ana.CuratorId}", "Reset")).Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("/set-up?token=", refused, StringComparison.Ordinal);
        Assert.Contains("has no password here", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Reset", await administrator.ReadAsync($"/curators/{ana.CuratorId}"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => _host.Database.TransactAsync(s => _host.Curators.ResetAsync(s, ana.CuratorId, Actor.System("test"), Cancellation), Cancellation));

        var other = _host.Browse(Console);
        await other.SignInAsync(ana, "");
        await other.SignInAsync(ana);
        Assert.False(await other.IsSignedInAsync());
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Sign_in_offers_the_provider_and_its_cookies_are_secure()
    {
        var browser = _host.Browse(Console);
        Assert.Contains("Riverside County", await browser.ReadAsync("/sign-in"), StringComparison.Ordinal);
        var challenge = await browser.GetAsync("/sign-in/external");
        var callback = await browser.GetAsync(new Uri(_provider.SignIn(challenge.Headers.Location!, Ana("staff"))).PathAndQuery);
        var cookies = challenge.Headers.GetValues("Set-Cookie").Concat(callback.Headers.GetValues("Set-Cookie")).ToList();
        Assert.True(cookies.Count > 2, string.Join('\n', cookies));
        Assert.All(cookies, cookie => Assert.True(
            cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase),
            cookie));
    }

    private static Dictionary<string, object> Ana(params string[] groups) => new()
    {
        ["sub"] = "ana-1",
        ["name"] = "Ana Ruiz",
        ["preferred_username"] = "ana@health.example",
        ["roles"] = groups,
    };

    private async Task<string> SignInAsync(ConsoleBrowser browser, params string[] groups)
    {
        var challenge = await browser.GetAsync("/sign-in/external");
        return await FollowAsync(browser, _provider.SignIn(challenge.Headers.Location!, Ana(groups)));
    }

    private static async Task<string> FollowAsync(ConsoleBrowser browser, string back)
    {
        var callback = await browser.GetAsync(new Uri(back).PathAndQuery);
        return await browser.ReadAsync(callback.Headers.Location!.ToString());
    }

    private async Task<IReadOnlyList<Curator>> CuratorsAsync()
    {
        await using var session = await _host.Database.OpenAsync(Cancellation);
        return await CuratorStore.ListAsync(session, Cancellation);
    }

    private async Task<Curator> AnaAsync() => (await CuratorsAsync()).Single(c => c.ExternalSubject == "ana-1");
}
