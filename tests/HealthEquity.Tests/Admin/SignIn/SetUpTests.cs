using System.Net;
using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Curators;
using Microsoft.Extensions.DependencyInjection;

namespace HealthEquity.Tests.Admin.SignIn;

public sealed class SetUpTests(SharedConsole console) : IClassFixture<SharedConsole>
{
    private static readonly (string, string)[] Ana =
        [("DisplayName", "Ana Ruiz"), ("UserName", "ana@health.example"), ("Password", ConsoleHost.Password), ("Repeated", ConsoleHost.Password)];

    [Fact]
    public async Task The_first_setup_link_creates_exactly_one_administrator()
    {
        var host = await console.BeginAsync();
        var (first, second) = (await host.CreateFirstLinkAsync(), await host.CreateFirstLinkAsync());
        var page = $"/set-up?token={second}";
        var browser = host.Browse();
        var other = host.Browse();
        var otherToken = await other.TokenAsync(page);

        var made = await browser.SubmitAsync(page, null, Ana);
        Assert.Equal("/account/two-factor", made.Headers.Location?.ToString());
        Assert.Contains("This link has expired", await browser.ReadAsync(page), StringComparison.Ordinal);
        // Neither the same link on a page that was already open nor another link works.
        await other.PostAsync(page, otherToken, Ana);
        Assert.Contains("This link has expired", await other.ReadAsync($"/set-up?token={first}"), StringComparison.Ordinal);

        await using var session = await host.Database.OpenAsync(TestContext.Current.CancellationToken);
        var only = Assert.Single(await CuratorStore.ListAsync(session, TestContext.Current.CancellationToken));
        Assert.Equal(CuratorRole.Administrator, only.Role);
    }

    [Fact]
    public async Task The_first_setup_link_expires_after_an_hour()
    {
        var host = await console.BeginAsync();
        var page = $"/set-up?token={await host.CreateFirstLinkAsync()}";
        Assert.Contains("first administrator", await host.Browse().ReadAsync(page), StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Contains("This link has expired", await host.Browse().ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_from_when_a_clock_was_ahead_is_not_valid_until_that_day()
    {
        var host = await console.BeginAsync();
        foreach (var (ahead, valid) in new[] { (TimeSpan.FromMinutes(4), true), (TimeSpan.FromDays(500), false) })
        {
            var token = await host.Database.TransactAsync(
                s => SetUpLinks.CreateAsync(s, curatorId: null, host.Clock.GetUtcNow() + ahead, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            Assert.Equal(valid, !(await host.Browse().ReadAsync($"/set-up?token={token}")).Contains("This link has expired", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("console.health.example", "https://console.health.example", "https://console.health.example/set-up?token=")]
    [InlineData("console.health.example;*.internal.example", "https://a.internal.example", "https://a.internal.example/set-up?token=")]
    [InlineData("*", "https://elsewhere.example", ">/set-up?token=")]
    [InlineData(null, "https://elsewhere.example", ">/set-up?token=")]
    [InlineData(null, "http://localhost", "http://localhost/set-up?token=")]
    public async Task A_link_leads_to_hosts_that_the_settings_name_and_to_no_other(string? allowed, string address, string link)
    {
        await using var host = await ConsoleHost.StartAsync(settings: allowed is null ? [] : [("AllowedHosts", allowed)]);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator), address);
        var made = await browser.SubmitAsync("/curators/add", null, ("UserName", "new@health.example"), ("DisplayName", "New"), ("Role", "curator"));
        Assert.Contains(link, await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setup_link_is_printed_only_if_no_administrator_exists()
    {
        var host = await console.BeginAsync();
        var written = new StringWriter();
        var first = new FirstAdministrator(host.Database, host.Clock, new OperatorOutput(written), host.Services.GetRequiredService<ConsoleAddress>());
        await first.AnnounceAsync(["http://localhost:5081"]);
        Assert.Contains("http://localhost:5081/set-up?token=", written.ToString(), StringComparison.Ordinal);

        await host.AddCuratorAsync(CuratorRole.Administrator);
        written.GetStringBuilder().Clear();
        await first.AnnounceAsync(["http://localhost:5081"]);
        Assert.Empty(written.ToString());
    }

    [Theory]
    [InlineData("short")]
    [InlineData("Password2024!")]
    [InlineData("P@ssw0rdP@ssw0rd")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("qwertyuiop123456")]
    [InlineData("correcthorsebatterystaple")]
    [InlineData("anaruiz anaruiz x9")]
    [InlineData("2719 5502 8834 11")]
    public void Easily_guessed_passwords_are_refused(string password) =>
        Assert.NotNull(PasswordRules.Problem(new Curator { UserName = "anaruiz@health.example", DisplayName = "Ana Ruiz" }, password));

    [Theory]
    [InlineData("seven otters knit quietly")]
    [InlineData("xK9#vQ2$mL7!pR")]
    [InlineData("caminamos hasta el puerto viejo")]
    public void Good_passwords_are_accepted(string password) =>
        Assert.Null(PasswordRules.Problem(new Curator { UserName = "ana", DisplayName = "Ana Ruiz" }, password));

    [Fact]
    public async Task A_new_curator_chooses_a_password_and_the_link_expires()
    {
        var host = await console.BeginAsync();
        var administrator = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        var added = await administrator.SubmitAsync("/curators/add", null, ("DisplayName", "Lê Thị"), ("UserName", "le@health.example"), ("Role", "curator"));
        var html = await added.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var page = "/set-up?token=" + html.Split("/set-up?token=")[1].Split('<')[0].Trim();

        var browser = host.Browse();
        var answer = await browser.SubmitAsync(page, null, ("Password", ConsoleHost.Password), ("Repeated", ConsoleHost.Password));
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(await browser.IsSignedInAsync());
        Assert.Contains("This link has expired", await host.Browse().ReadAsync(page), StringComparison.Ordinal);
    }
}
