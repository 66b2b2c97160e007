using System.Net;
using HealthEquity.Tests.Api;
using Microsoft.AspNetCore.Http;

namespace HealthEquity.Tests.Hosting;

/// <summary>Whose word about a caller's address is taken. Each test asks twelve times at a limit of five.</summary>
public sealed class TrustedProxyTests(DirectoryApi api)
{
    private const int Limit = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("203.0.113.9", "198.51.100.{0}")]
    [InlineData("10.0.0.4", "198.51.100.{0}, 203.0.113.9")]
    [InlineData("10.0.0.4", "198.51.100.{0}:80, 203.0.113.9:{0}")]
    [InlineData("10.0.0.4", "198.51.100.{0}, [2001:db8:1:2::{0}]:443")]
    public async Task An_address_that_a_caller_made_up_gains_nothing_where_the_platform_s_front_end_is_trusted(string from, string forwarded)
    {
        var node = await OpenAsync(("ForwardedHeaders_Enabled", "true"));
        Assert.Equal(Limit, await PassedAsync(node, from, forwarded));
    }

    [Theory]
    [InlineData("10.0.0.4", "198.51.100.{0}, 203.0.113.9, 10.0.0.5", Limit)]
    [InlineData("10.0.0.4", "198.51.100.{0}, 203.0.113.9", Limit)]
    [InlineData("10.0.0.6", "198.51.100.{0}", Limit)]
    [InlineData("10.0.0.4", "198.51.100.{0}, 10.0.0.5", 12)]
    [InlineData("10.0.0.4", "198.51.100.{0}", 12)]
    public async Task Of_a_chain_only_the_named_proxies_are_believed(string from, string forwarded, int passed)
    {
        var node = await OpenAsync(("ForwardedHeaders:KnownProxies", "10.0.0.4; 10.0.0.5"), ("ForwardedHeaders:ForwardLimit", "2"), ("ForwardedHeaders_Enabled", "true"));
        Assert.Equal(passed, await PassedAsync(node, from, forwarded));
    }

    [Fact]
    public async Task A_network_can_be_named()
    {
        var node = await OpenAsync(("ForwardedHeaders:KnownNetworks:0", "192.0.2.0/24"));
        Assert.Equal(12, await PassedAsync(node, "192.0.2.200", "198.51.100.{0}"));
        Assert.Equal(Limit, await PassedAsync(node, "203.0.113.9", "198.51.101.{0}"));
    }

    [Fact]
    public async Task Nobody_is_believed_unless_the_settings_say_so()
    {
        var node = await OpenAsync();
        Assert.Equal(Limit, await PassedAsync(node, "127.0.0.1", "198.51.100.{0}"));
    }

    [Fact]
    public async Task A_host_that_is_not_ours_gets_no_answer()
    {
        var node = await OpenAsync(("AllowedHosts", "directory.example;localhost"));
        foreach (var (host, status) in new[] { ("directory.example", 200), ("evil.example", 400) })
        {
            var context = await node.Factory.Server.SendAsync(c => (c.Request.Method, c.Request.Path, c.Request.Host) = ("GET", "/hsds", new HostString(host)), Cancellation);
            Assert.Equal(status, context.Response.StatusCode);
        }
    }

    private Task<Node> OpenAsync(params (string Name, string Value)[] settings) =>
        api.OpenAsync(SampleDirectory.FillAsync, null, [("RequestLimits:PerMinute", "5"), .. settings]);

    private static async Task<int> PassedAsync(Node node, string from, string forwarded)
    {
        var passed = 0;
        for (var n = 1; n <= 12; n++)
        {
            var context = await node.Factory.Server.SendAsync(
                c =>
                {
                    c.Connection.RemoteIpAddress = IPAddress.Parse(from);
                    (c.Request.Method, c.Request.Path, c.Request.QueryString) = ("GET", "/v1/search", new QueryString($"?q={from}{n}"));
                    c.Request.Headers["X-Forwarded-For"] = string.Format(null, forwarded, n);
                },
                Cancellation);
            passed += context.Response.StatusCode == StatusCodes.Status200OK ? 1 : 0;
        }

        return passed;
    }
}
