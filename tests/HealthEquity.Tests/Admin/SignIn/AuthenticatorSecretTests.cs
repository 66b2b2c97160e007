using System.Net;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;

namespace HealthEquity.Tests.Admin.SignIn;

/// <summary>Whoever reads the database or a backup can't make anybody's two-factor codes.</summary>
public sealed class AuthenticatorSecretTests
{
    private static readonly Sql Stored = new("test", "SELECT AuthenticatorKey FROM Curator WHERE UserName = @name");

    private static readonly Sql RemoveKeys = new("test", "DELETE FROM DataProtectionKey");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_secret_is_stored_encrypted_and_its_codes_work()
    {
        await using var host = await ConsoleHost.StartAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Curator));

        var page = await browser.ReadAsync("/account/two-factor");

        var stored = await StoredAsync(host, "curator");
        var shown = page.Split("class=\"secret\">")[1].Split('<')[0].Replace(" ", "", StringComparison.Ordinal);
        Assert.Matches("^[A-Z2-7]{32}$", shown);
        Assert.StartsWith("p1:", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, stored, StringComparison.Ordinal);
        Assert.InRange(stored.Length, 100, 300);
        // A second look shows the same secret.
        Assert.Contains(page.Split("class=\"secret\">")[1].Split('<')[0], await browser.ReadAsync("/account/two-factor"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Secrets_from_before_are_encrypted_at_the_next_start_and_their_codes_still_work(bool hasNoKey)
    {
        await using var host = await ConsoleHost.StartAsync();
        var curator = await host.AddCuratorAsync(CuratorRole.Reviewer);
        await host.SignInAsync(curator);
        if (hasNoKey)
        {
            // The encryption itself then has to store one, as if the last had expired.
            await host.Database.TransactAsync(s => s.ExecuteAsync(RemoveKeys, new { }, Cancellation), Cancellation);
        }

        Assert.Equal(ConsoleHost.AuthenticatorKey, await StoredAsync(host, "reviewer"));

        await using var next = host.AddNode();

        Assert.StartsWith("p1:", await StoredAsync(host, "reviewer"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await (await host.SignInAsync(curator)).StatusAsync("/"));
    }

    private static async Task<string> StoredAsync(ConsoleHost host, string name)
    {
        await using var session = await host.Database.OpenAsync(Cancellation);
        return (await session.ScalarAsync<string>(Stored, new { name }, Cancellation))!;
    }
}
