using System.Net;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Partners;
using HealthEquity.Tests.Api;
using Microsoft.Playwright;

namespace HealthEquity.Tests.Admin.Pages.Partners;

/// <summary>An administrator gives partners keys, and takes them away.</summary>
public sealed class PartnerPagesTests(DirectoryApi api)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_works_at_once_and_stops_when_it_is_revoked()
    {
        var node = await api.OpenAsync();
        await using var host = ConsoleHost.StartBeside(node, onPort: false);
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));
        Assert.Contains("No partner has a key yet.", await browser.ReadAsync("/partners"), StringComparison.Ordinal);
        // The node has read the keys before this one is issued.
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(node, "heq_nobody"));

        var added = await (await browser.SubmitAsync("/partners", null, ("Name", " City app "), ("RequestsPerMinute", "600"))).Content.ReadAsStringAsync(Cancellation);
        var key = added.Split("<p class=\"secret\">")[1].Split('<')[0];
        Assert.StartsWith("heq_", key, StringComparison.Ordinal);
        Assert.Contains("City app was added. Give the partner this key through a channel that you trust. You will not see it again.", added, StringComparison.Ordinal);
        Assert.DoesNotContain(key, await browser.ReadAsync("/partners"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(node, key));
        var partner = await OnlyAsync(host);
        Assert.Equal(("City app", 600), (partner.Name, partner.RequestsPerMinute));

        await browser.SubmitAsync($"/partners/{partner.ApiClientId}", "Limit", ("RequestsPerMinute", ""));
        Assert.Null((await OnlyAsync(host)).RequestsPerMinute);
        Assert.Contains("Limit changed. It applies within a minute.", await browser.ReadAsync($"/partners/{partner.ApiClientId}"), StringComparison.Ordinal);

        await browser.SubmitAsync($"/partners/{partner.ApiClientId}", "Revoke");
        node.Clock.Now += TimeSpan.FromSeconds(61);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(node, key));
        Assert.DoesNotContain("Change limit", await browser.ReadAsync($"/partners/{partner.ApiClientId}"), StringComparison.Ordinal);
        var rows = await host.Database.TransactAsync(s => AuditReader.ReadAsync(s, new AuditFilter { Subject = $"client:{partner.ApiClientId}" }, null, 10, Cancellation), Cancellation);
        Assert.Equal([("revokeClient", null), ("changeClientLimit", "default"), ("addClient", "City app")], rows.Select(r => (r.Activity, r.Detail)));
    }

    [Theory]
    [InlineData("", "", "Name", "Enter the partner's name, 200 characters at most.")]
    [InlineData("App", "many", "RequestsPerMinute", "Enter a whole number from 1 to 100000, or leave this empty for the default.")]
    [InlineData("App", "-5", "RequestsPerMinute", "Enter a whole number from 1 to 100000, or leave this empty for the default.")]
    [InlineData("App", "0", "RequestsPerMinute", "Enter a limit from 1 to 100000 requests a minute.")]
    public async Task A_partner_without_a_name_or_with_an_impossible_limit_is_refused_at_the_field(string name, string limit, string field, string message)
    {
        await using var host = await ConsoleHost.StartAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Administrator));

        var answer = await browser.SubmitAsync("/partners", null, ("Name", name), ("RequestsPerMinute", limit));

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(message, page.Split($"id=\"{field}-error\">")[1].Split('<')[0]);
        Assert.DoesNotContain("class=\"secret\"", page, StringComparison.Ordinal);
        Assert.Contains("No partner has a key yet.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_are_accessible_with_a_key_shown_and_with_a_long_name()
    {
        await using var browser = await Chromium.OpenAsync();
        await using var host = await ConsoleHost.StartAsync(onPort: true);
        var signedIn = await browser.SignInAsync(host, await host.AddCuratorAsync(CuratorRole.Administrator));
        var problems = new List<string>();
        await signedIn.GotoAsync("/partners");
        await signedIn.FillAsync("#Name", "Riverside-County-Office-of-Immigrant-and-Refugee-Affairs-and-its-forty-school-districts");
        await signedIn.ClickAsync("text=Add and create key");
        await Assertions.Expect(signedIn.Locator(".secret")).ToBeVisibleAsync();
        await AccessibilityCheck.CheckEveryShapeAsync(signedIn, "partner-added", problems);
        await signedIn.GotoAsync($"/partners/{(await OnlyAsync(host)).ApiClientId}");
        await AccessibilityCheck.CheckEveryShapeAsync(signedIn, "partner", problems);
        Assert.Empty(problems);
    }

    private static async Task<ApiClient> OnlyAsync(ConsoleHost host)
    {
        await using var session = await host.Database.OpenAsync(Cancellation);
        return Assert.Single(await ApiClientStore.ListAsync(session, Cancellation));
    }

    private static async Task<HttpStatusCode> StatusAsync(Node node, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/providers") { Headers = { { "X-Api-Key", key } } };
        return (await node.Client.SendAsync(request, Cancellation)).StatusCode;
    }
}
