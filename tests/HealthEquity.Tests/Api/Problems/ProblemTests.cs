using System.Net;
using System.Text;

namespace HealthEquity.Tests.Api.Problems;

public sealed class ProblemTests(DirectoryApi api)
{
    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/v1")]
    [InlineData("/v1/nothing")]
    [InlineData("/_test_url_cache_")]
    [InlineData("/v1/providers/a/b")]
    public async Task An_unknown_path_is_not_found(string address)
    {
        var node = await api.SharedAsync();
        await node.ProblemAsync(address, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("DELETE", "/v1/providers", "GET, HEAD")]
    [InlineData("POST", "/v1/providers", "GET, HEAD")]
    [InlineData("PUT", "/v1/search", "GET, HEAD, POST")]
    [InlineData("PATCH", "/v1/providers/clinica-del-sol", "GET, HEAD")]
    public async Task A_wrong_method_lists_the_right_ones(string method, string address, string allowed)
    {
        var node = await api.SharedAsync();
        await node.ProblemAsync(new HttpRequestMessage(new HttpMethod(method), address), HttpStatusCode.MethodNotAllowed);
        var response = await node.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order()));
    }

    [Fact]
    public async Task A_body_over_64_KB_is_too_large()
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/search")
        {
            Content = new StringContent($$"""{"q":"{{new string('a', 70_000)}}"}""", Encoding.UTF8, "application/json"),
        };
        await node.ProblemAsync(request, HttpStatusCode.RequestEntityTooLarge);
        var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/search") { Content = new StreamContent(new MemoryStream(new byte[70_000])) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Content.Headers.ContentType = new("application/json");
        await node.ProblemAsync(chunked, HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_that_is_not_JSON_is_an_unsupported_type(string? type)
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/search") { Content = new StringContent("q=a") };
        request.Content.Headers.ContentType = type is null ? null : new(type);
        await node.ProblemAsync(request, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task The_type_of_a_problem_links_to_its_description()
    {
        var node = await api.SharedAsync();
        var page = await node.Client.GetStringAsync("/problems");
        Assert.All(
            new[] { "bad-request", "not-found", "method-not-allowed", "gone", "body-too-large", "unsupported-media-type", "unknown-key", "too-many-requests", "not-ready", "fault", "request" },
            name => Assert.Contains($"id=\"{name}\"", page, StringComparison.Ordinal));
    }
}
