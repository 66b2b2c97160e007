using System.Net;

namespace HealthEquity.Tests.Api.Limits;

public sealed class RequestLimitTests(DirectoryApi api)
{
    [Fact]
    public async Task An_address_that_asks_too_much_waits_but_what_costs_nothing_goes_on()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, settings: ("RequestLimits:PerMinute", "5"));
        var tag = (await node.Client.GetAsync("/v1/providers")).Headers.ETag!;
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync($"/v1/search?q=word{i}")).StatusCode);
        }

        var refused = await node.ProblemAsync("/v1/search?q=onemore", HttpStatusCode.TooManyRequests);
        Assert.Equal("/problems#too-many-requests", (string)refused["type"]!);
        var response = await node.Client.GetAsync("/v1/search?q=onemore");
        Assert.NotNull(response.Headers.RetryAfter);

        // From the cache, not modified, health and pages: free.
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/v1/providers")).StatusCode);
        var conditional = new HttpRequestMessage(HttpMethod.Get, "/v1/providers");
        conditional.Headers.IfNoneMatch.Add(tag);
        Assert.Equal(HttpStatusCode.NotModified, (await node.Client.SendAsync(conditional)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_each_caller_has_a_share_of_their_own()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, null, ("RequestLimits:PerMinute", "1"), ("RequestLimits:BehindProxy", "true"));
        async Task<HttpStatusCode> AskAsync(string forwarded, string word)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/v1/search?q=" + word);
            request.Headers.Add("X-Forwarded-For", forwarded);
            return (await node.Client.SendAsync(request)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync("198.51.100.7", "one"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("203.0.113.9, 198.51.100.7", "two"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("198.51.100.8", "three"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("2001:db8:1:2::1", "four"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("2001:db8:1:2::99", "five"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("2001:db8:1:3::1", "six"));
    }

    [Fact]
    public async Task A_conditional_request_that_ends_in_not_modified_counts_for_nothing()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, settings: [("RequestLimits:PerMinute", "3")]);
        var tag = (await node.Client.GetAsync("/v1/changes")).Headers.ETag!;
        for (var i = 0; i < 10; i++)
        {
            var conditional = new HttpRequestMessage(HttpMethod.Get, "/v1/changes");
            conditional.Headers.IfNoneMatch.Add(tag);
            Assert.Equal(HttpStatusCode.NotModified, (await node.Client.SendAsync(conditional)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/v1/changes")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/v1/changes")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await node.Client.GetAsync("/v1/changes")).StatusCode);
    }
}
