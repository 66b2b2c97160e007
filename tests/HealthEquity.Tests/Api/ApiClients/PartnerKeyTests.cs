using System.Net;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Partners;

namespace HealthEquity.Tests.Api.ApiClients;

public sealed class PartnerKeyTests(DirectoryApi api)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_raises_the_limit_and_nothing_else()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, settings: [("RequestLimits:PerMinute", "2"), ("RequestLimits:PartnerPerMinute", "7")]);
        var (_, ours) = await AddAsync(node, null);
        var (_, small) = await AddAsync(node, 3);
        Assert.Equal(2, await PassedAsync(node, null, "anybody"));
        Assert.Equal(7, await PassedAsync(node, ours, "ours"));
        Assert.Equal(3, await PassedAsync(node, small, "small"));

        var problem = await node.ProblemAsync(Ask("/v1/search?q=again", ours), HttpStatusCode.TooManyRequests);
        Assert.Contains("this key", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_works_immediately_and_an_unknown_or_revoked_one_is_refused()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        await RefusedAsync(node, "heq_nobody");
        var (client, key) = await AddAsync(node, null);

        // The keys were read before this one was issued.
        Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(Ask("/v1/providers", key), Cancellation)).StatusCode);

        await node.EditAsync(s => new ApiClientStore(node.Clock, node.Stores.Audit).RevokeAsync(s, client.ApiClientId, Actor.System("test"), Cancellation));
        node.Clock.Now += TimeSpan.FromSeconds(61);
        await RefusedAsync(node, key);
        await RefusedAsync(node, "heq_");
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/v1/providers", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_when_the_clock_was_set_back_too()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        var (client, key) = await AddAsync(node, null);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(Ask("/v1/providers", key), Cancellation)).StatusCode);
        await node.EditAsync(s => new ApiClientStore(node.Clock, node.Stores.Audit).RevokeAsync(s, client.ApiClientId, Actor.System("test"), Cancellation));
        node.Clock.Now -= TimeSpan.FromDays(500);
        await RefusedAsync(node, key);
    }

    /// <remarks>The list was requested before, so its answer is cached. A bad key is refused anyway.</remarks>
    private static async Task RefusedAsync(Node node, string key)
    {
        await node.Client.GetAsync("/v1/providers", Cancellation);
        var problem = await node.ProblemAsync(Ask("/v1/providers", key), HttpStatusCode.Unauthorized);
        Assert.Equal("/problems#unknown-key", (string)problem["type"]!);
        Assert.NotEmpty((await node.Client.SendAsync(Ask("/v1/providers", key), Cancellation)).Headers.WwwAuthenticate);
    }

    private static async Task<int> PassedAsync(Node node, string? key, string words)
    {
        for (var n = 0; ; n++)
        {
            var response = await node.Client.SendAsync(Ask($"/v1/search?q={words}{n}", key), Cancellation);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return n;
            }

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private static HttpRequestMessage Ask(string address, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Api-Key", key);
        }

        return request;
    }

    private static Task<(ApiClient Client, string Key)> AddAsync(Node node, int? perMinute) =>
        node.EditAsync(s => new ApiClientStore(node.Clock, node.Stores.Audit).AddAsync(s, "Partner", perMinute, Actor.System("test"), Cancellation));
}
