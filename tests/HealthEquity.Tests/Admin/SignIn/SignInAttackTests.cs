using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HealthEquity.Tests.Admin.SignIn;

/// <summary>Attacks on sign-in.</summary>
public sealed class SignInAttackTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_names_take_as_much_work_as_known_ones()
    {
        var work = new List<(string Hash, string Password)>();
        await using var host = await ConsoleHost.StartAsync(services: services => services
            .AddSingleton(work)
            .AddScoped<IPasswordHasher<Curator>, CountingHasher>());
        var known = await host.AddCuratorAsync(CuratorRole.Curator, "known");
        var locked = await host.AddCuratorAsync(CuratorRole.Curator, "locked");
        var shut = await host.AddCuratorAsync(CuratorRole.Curator, "shut");
        foreach (var curator in new[] { known, locked, shut })
        {
            curator.PasswordHash = host.Services.CreateScope().ServiceProvider.GetRequiredService<IPasswordHasher<Curator>>().HashPassword(curator, ConsoleHost.Password);
            await host.Database.TransactAsync(s => CuratorStore.SaveAsync(s, curator, Cancellation), Cancellation);
        }

        await host.Database.TransactAsync(s => host.Curators.DisableAsync(s, shut.CuratorId, Actor.System("test"), Cancellation), Cancellation);
        await host.Database.TransactAsync(s => SignInGuard.LockAsync(s, locked.CuratorId, host.Clock.GetUtcNow().AddHours(1), Cancellation), Cancellation);
        await host.Database.TransactAsync(s => host.Curators.InviteAsync(s, "invited", "Invited", CuratorRole.Curator, Actor.System("test"), Cancellation), Cancellation);

        var answers = new HashSet<(HttpStatusCode, string)>();
        foreach (var (name, password) in new[] { ("nobody", "wrong"), ("known", "wrong"), ("locked", ConsoleHost.Password), ("shut", ConsoleHost.Password), ("invited", "") })
        {
            work.Clear();
            var answer = await host.Browse().SubmitAsync("/sign-in", null, ("UserName", name), ("Password", password.Length == 0 ? " " : password));
            Assert.True(work.Count == 1, $"{name}: {work.Count} passwords checked");
            Assert.Equal(210_000u, Iterations(work[0].Hash));
            var html = await answer.Content.ReadAsStringAsync(Cancellation);
            answers.Add((answer.StatusCode, html[html.IndexOf("error-summary", StringComparison.Ordinal)..html.IndexOf("</ul>", StringComparison.Ordinal)]));
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task A_lockout_expires()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var browser = host.Browse();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await browser.SignInAsync(curator, "not the password");
        }

        host.Clock.Advance(TimeSpan.FromMinutes(14));
        await browser.SignInAsync(curator);
        Assert.False(await browser.IsSignedInAsync());
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await browser.SignInAsync(curator);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task The_cookie_is_worthless_after_sign_out()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Curator);
        var browser = host.Browse();
        var cookie = (await browser.SignInAsync(curator)).Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("HealthEquity.Session=", StringComparison.Ordinal)).Split(';')[0];
        var thief = host.Browse();
        thief.Client.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.True(await thief.IsSignedInAsync());
        await browser.SubmitAsync("/sign-out", null);
        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task All_sign_in_cookies_are_secure()
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Reviewer);
        var browser = host.Browse("https://console.example");
        var cookies = new List<string>();
        var page = await browser.GetAsync("/sign-in");
        var password = await browser.SubmitAsync("/sign-in", null, ("UserName", curator.UserName), ("Password", ConsoleHost.Password));
        var code = await browser.SubmitAsync("/sign-in/code", null, ("Code", host.NextCode()));
        var ended = await browser.SubmitAsync("/account/sessions", "End", ("id", Guid.NewGuid().ToString()));
        foreach (var answer in new[] { page, password, code, ended })
        {
            cookies.AddRange(answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []);
        }

        Assert.Equal(
            ["HealthEquity.Device", "HealthEquity.Form", "HealthEquity.Notice", "HealthEquity.SecondStep", "HealthEquity.Session"],
            cookies.Select(c => c.Split('=')[0]).Distinct().Order());
        Assert.All(cookies, cookie => Assert.True(
            cookie.Contains("; httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)
                && cookie.Contains("; samesite=strict", StringComparison.OrdinalIgnoreCase) && !cookie.Contains("domain=", StringComparison.OrdinalIgnoreCase),
            cookie));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task The_second_step_never_redirects_to_another_site(string target)
    {
        var host = await console.BeginAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Reviewer);
        var browser = host.Browse();
        await browser.SubmitAsync("/sign-in", null, ("UserName", curator.UserName), ("Password", ConsoleHost.Password));
        var answer = await browser.SubmitAsync($"/sign-in/code?returnUrl={Uri.EscapeDataString(target)}", null, ("Code", host.NextCode()));
        Assert.Equal("/", answer.Headers.Location?.ToString());
        Assert.Equal("/", (await browser.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(target)}")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Oversized_forms_are_rejected()
    {
        await using (var live = await ConsoleHost.StartAsync(onPort: true))
        {
            Assert.Contains(await AnnounceAsync(live.Address, "/sign-in", 33 * 1024 * 1024), new[] { 400, 413 });
        }

        var host = await console.BeginAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        using var logo = new ByteArrayContent([.. "\u0089PNG\r\n\u001a\n"u8, .. new byte[LogoStore.MaxSize]]);
        using var form = new MultipartFormDataContent { { new StringContent(await browser.TokenAsync("/settings/site")), "formToken" }, { logo, "LogoFile", "logo.png" } };
        var large = await browser.Client.PostAsync(new Uri("/settings/site?handler=Logo", UriKind.Relative), form, Cancellation);
        Assert.Contains("at most 200 KB", await large.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        // Many small fields are also limited.
        var many = Enumerable.Range(0, 3_000).Select(i => ($"f{i}", "x")).ToArray();
        foreach (var path in new[] { "/sign-in", "/curators/add", "/entries?handler=Assign" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(path, await browser.TokenAsync("/sign-out"), many)).StatusCode);
        }

        var chosen = Enumerable.Range(0, 1_000).Select(_ => ("chosen", Guid.NewGuid().ToString())).ToArray();
        Assert.InRange((int)(await browser.PostAsync("/entries?handler=Export", await browser.TokenAsync("/sign-out"), [.. chosen, ("format", "csv")])).StatusCode, 200, 499);
    }

    /// <summary>Announces a content length and sends only the beginning.</summary>
    private static async Task<int> AnnounceAsync(string address, string path, long bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", new Uri(address).Port, Cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {bytes}\r\n\r\nformToken="),
            Cancellation);
        var head = new byte[12];
        await stream.ReadExactlyAsync(head, Cancellation);
        return int.Parse(Encoding.ASCII.GetString(head).Split(' ')[1], null);
    }

    /// <summary>Reads the iteration count from bytes 5 to 8 of a version 3 hash.</summary>
    private static uint Iterations(string hash) => BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));

    private sealed class CountingHasher(IOptions<PasswordHasherOptions> options, List<(string Hash, string Password)> work) : PasswordHasher<Curator>(options)
    {
        public override PasswordVerificationResult VerifyHashedPassword(Curator user, string hashedPassword, string providedPassword)
        {
            work.Add((hashedPassword, providedPassword));
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
