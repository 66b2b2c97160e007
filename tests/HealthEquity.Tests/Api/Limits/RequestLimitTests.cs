using System.Net;

namespace HealthEquity.Tests.Api.Limits;

public sealed class RequestLimitTests(DirectoryApi api)
{
    [Fact]
    public async Task An_address_over_the_limit_waits_but_free_requests_continue()
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

    /// <summary>A program that follows links with ever new questions must not be able to do what one that posts them cannot.</summary>
    [Theory]
    [InlineData("/en/find?q=word")]
    [InlineData("/es/print?q=word")]
    [InlineData("/embed/list/find?lang=es&q=word")]
    public async Task A_search_in_a_link_counts_like_one_by_form(string address)
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, settings: ("RequestLimits:PerMinute", "2"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await node.Client.GetAsync($"{address}{i}")).StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/es/providers/clinica-del-sol")).StatusCode);
    }

    [Fact]
    public async Task Answers_that_count_report_what_is_left()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, settings: ("RequestLimits:PerMinute", "2"));
        var first = await node.Client.GetAsync("/v1/providers");
        Assert.Equal(("\"requests\";q=2;w=60", "\"requests\";r=1;t=60"), LimitsOf(first));
        Assert.Null(first.Headers.RetryAfter);

        // Cached or not modified: nothing counts, and nothing is reported.
        Assert.Equal((null, null), LimitsOf(await node.Client.GetAsync("/v1/providers")));
        var conditional = new HttpRequestMessage(HttpMethod.Get, "/v1/providers?pageSize=1");
        conditional.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        node.Clock.Now += TimeSpan.FromSeconds(20);
        Assert.Equal(("\"requests\";q=2;w=60", "\"requests\";r=0;t=40"), LimitsOf(await node.Client.SendAsync(conditional)));

        var refused = await node.Client.GetAsync("/v1/search?q=onemore");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(("\"requests\";q=2;w=60", "\"requests\";r=0;t=40"), LimitsOf(refused));
        Assert.Equal(TimeSpan.FromSeconds(40), refused.Headers.RetryAfter?.Delta);

        node.Clock.Now += TimeSpan.FromSeconds(40);
        Assert.Equal("\"requests\";r=1;t=60", LimitsOf(await node.Client.GetAsync("/v1/search?q=again")).Left);
    }

    private static (string? Policy, string? Left) LimitsOf(HttpResponseMessage response) => (Of(response, "RateLimit-Policy"), Of(response, "RateLimit"));

    private static string? Of(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    [Fact]
    public async Task A_conditional_request_that_is_not_modified_does_not_count()
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
