using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Starter;
using HealthEquity.Tests.Admin;
using HealthEquity.Tests.Api;

namespace HealthEquity.Tests.Hosting;

/// <summary>Both programs under a path of a host that holds other things too.</summary>
public sealed partial class PathBaseTests(DirectoryApi api)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_that_the_API_gives_leads_back_to_it()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, null, ("PathBase", "/directory"));
        foreach (var page in new[] { "/directory/", "/directory/docs", "/directory/problems" })
        {
            var html = await node.Client.GetStringAsync(page, Cancellation);
            Assert.All(Addresses().Matches(html), a => Assert.StartsWith("/directory/", a.Groups[1].Value, StringComparison.Ordinal));
        }

        var list = await node.Client.GetAsync("/directory/v1/providers?pageSize=1", Cancellation);
        Assert.Contains("</directory/v1/providers?pageSize=1&page=2>; rel=\"next\"", string.Join(",", list.Headers.GetValues("Link")), StringComparison.Ordinal);
        Assert.StartsWith("/directory/v1/changes", (string)(await node.GetAsync("/directory/v1/changes"))["next"]!, StringComparison.Ordinal);
        Assert.Contains("\"/directory/v1/vocabularies/", (await node.GetAsync("/directory/v1/vocabularies")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("/directory/", (string)(await node.GetAsync("/directory/openapi/v1.json"))["servers"]![0]!["url"]!);
        Assert.EndsWith("/directory/hsds/openapi.json", (string)(await node.GetAsync("/directory/hsds"))["openapi_url"]!, StringComparison.Ordinal);
        var missing = await node.Client.GetAsync("/directory/v1/providers/nobody", Cancellation);
        Assert.StartsWith("/directory/problems#", (string)JsonNode.Parse(await missing.Content.ReadAsStringAsync(Cancellation))!["type"]!, StringComparison.Ordinal);

        // A proxy that takes the prefix off is as good.
        Assert.Contains("</directory/v1/providers", string.Join(",", (await node.Client.GetAsync("/v1/providers?pageSize=1", Cancellation)).Headers.GetValues("Link")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_links_redirects_and_keeps_its_cookies_under_its_path()
    {
        await using var host = await ConsoleHost.StartAsync(settings: ("PathBase", "/console"));
        await DirectorySetup.PrepareAsync(host.Database, host.Clock, StarterContent.Samples, Cancellation);
        var browser = host.Browse();
        var door = await browser.GetAsync("/console/");
        Assert.Equal("/console/sign-in", door.Headers.Location!.IsAbsoluteUri ? door.Headers.Location.AbsolutePath : door.Headers.Location.ToString().Split('?')[0]);
        var curator = await host.AddCuratorAsync(CuratorRole.Administrator, twoFactor: true);
        var first = await browser.SubmitAsync("/console/sign-in", null, ("UserName", curator.UserName), ("Password", ConsoleHost.Password));
        Assert.StartsWith("/console/sign-in/code", first.Headers.Location?.ToString(), StringComparison.Ordinal);
        var signedIn = await browser.SubmitAsync(first.Headers.Location!.ToString(), null, ("Code", host.NextCode()));
        Assert.Equal("/console/", signedIn.Headers.Location?.ToString());
        Assert.All(signedIn.Headers.GetValues("Set-Cookie"), c => Assert.Contains("path=/console", c, StringComparison.OrdinalIgnoreCase));

        // Everything that a page leads to is under the path, and is there.
        var seen = new HashSet<string>();
        var waiting = new Queue<string>(["/console/"]);
        while (waiting.TryDequeue(out var path) && seen.Count < 40)
        {
            if (!seen.Add(path.Split('?')[0]) || path.Contains("handler=", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var answer = await browser.GetAsync(path);
            if (answer.StatusCode == HttpStatusCode.Found)
            {
                // A saved view leads to the list with its filters.
                Assert.StartsWith("/console/", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
                waiting.Enqueue(answer.Headers.Location.OriginalString);
                continue;
            }

            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            foreach (Match address in Addresses().Matches(await answer.Content.ReadAsStringAsync(Cancellation)))
            {
                var target = WebUtility.HtmlDecode(address.Groups[1].Value);
                Assert.True(target == "/console" || target.StartsWith("/console/", StringComparison.Ordinal), $"{path} leads to {target}");
                if (!target.Contains("sign-out", StringComparison.Ordinal) && address.Value.StartsWith("href", StringComparison.Ordinal))
                {
                    waiting.Enqueue(target);
                }
            }
        }

        Assert.True(seen.Count >= 20, $"{seen.Count} pages");
        Assert.Contains("/console/set-up?token=", await (await browser.SubmitAsync("/console/curators/add", null, ("UserName", "new@health.example"), ("DisplayName", "New"), ("Role", "curator"))).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        var gone = await browser.SubmitAsync("/console/account/sessions", null);
        Assert.NotEqual(HttpStatusCode.InternalServerError, gone.StatusCode);
    }

    [GeneratedRegex("(?:href|src|action|formaction)=\"(/[^\"]*)\"")]
    private static partial Regex Addresses();
}
