using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace HealthEquity.Tests.Api.Answers;

public sealed class AnswerTests(DirectoryApi api)
{
    public static TheoryData<string> Addresses =>
        ["/v1/providers?pageSize=2", "/v1/providers/clinica-del-sol", "/v1/vocabularies/specialty", "/v1/adoptions", "/v1/adoptions/matrix", "/v1/search?q=care", "/v1/suggest?q=cl", "/v1/changes"];

    [Theory, MemberData(nameof(Addresses))]
    public async Task A_copy_that_is_current_is_not_sent_again(string address)
    {
        var node = await api.SharedAsync();
        var first = await node.Client.GetAsync(address);
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        Assert.NotEmpty(first.Headers.GetValues("Directory-Sequence"));
        Assert.NotNull(first.Headers.CacheControl);

        var conditional = new HttpRequestMessage(HttpMethod.Get, address);
        conditional.Headers.IfNoneMatch.Add(tag);
        var second = await node.Client.SendAsync(conditional);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(tag, second.Headers.ETag);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());

        var other = new HttpRequestMessage(HttpMethod.Get, address);
        other.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""));
        Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(other)).StatusCode);
    }

    [Theory, MemberData(nameof(Addresses))]
    public async Task HEAD_is_GET_without_the_body(string address)
    {
        var node = await api.SharedAsync();
        var get = await node.Client.GetAsync(address);
        var head = await node.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("br;q=0.0", null)]
    [InlineData("identity", null)]
    public async Task Answers_are_compressed_as_the_client_accepts(string accepted, string? encoding)
    {
        var node = await api.SharedAsync();
        var plain = await node.Client.GetAsync("/v1/search?pageSize=50");
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/search?pageSize=50");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        var response = await node.Client.SendAsync(request);
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        if (encoding is not null)
        {
            Assert.NotEqual(plain.Headers.ETag, response.Headers.ETag);
            Assert.True(response.Content.Headers.ContentLength < plain.Content.Headers.ContentLength / 2);
        }

        var body = await response.Content.ReadAsStreamAsync();
        using var decoded = encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await new StreamReader(decoded).ReadToEndAsync());
    }

    [Theory]
    [InlineData("/v1/providers", false)]
    [InlineData("/v1/providers?openNow=true", false)]
    [InlineData("/v1/providers/clinica-del-sol", false)]
    [InlineData("/v1/suggest?q=cl", false)]
    [InlineData("/v1/exports/directory.json", false)]
    [InlineData("/hsds/services", false)]
    [InlineData("/v1/vocabularies", true)]
    [InlineData("/v1/vocabularies/cost", true)]
    public async Task Answers_with_entries_are_never_served_stale(string address, bool mayBeStale)
    {
        var node = await api.SharedAsync();
        var said = (await node.Client.GetAsync(address)).Headers.CacheControl!.ToString();
        Assert.Contains("public", said, StringComparison.Ordinal);
        Assert.Equal(mayBeStale, said.Contains("stale", StringComparison.Ordinal));
        Assert.Equal(address.Contains("openNow", StringComparison.Ordinal), said.Contains("no-cache", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/search")]
    [InlineData("/v1/providers/search")]
    [InlineData("/v1/exports/directory.csv")]
    [InlineData("/hsds/services")]
    public async Task The_answer_to_a_search_by_POST_is_not_cached(string address)
    {
        var node = await api.SharedAsync();
        for (var again = 0; again < 2; again++)
        {
            var answer = await node.Client.PostAsync(address, new StringContent("{}", null, "application/json"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        }
    }

    [Fact]
    public async Task Any_site_may_read()
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/providers");
        request.Headers.Add("Origin", "https://partner.example");
        var response = await node.Client.SendAsync(request);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        var exposed = string.Join(',', response.Headers.GetValues("Access-Control-Expose-Headers"));
        Assert.All(new[] { "Link", "ETag", "Directory-Sequence" }, name => Assert.Contains(name, exposed, StringComparison.Ordinal));

        var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/providers/search");
        preflight.Headers.Add("Origin", "https://partner.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type");
        var allowed = await node.Client.SendAsync(preflight);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Contains("POST", string.Join(',', allowed.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OPTIONS_lists_the_methods_of_an_address()
    {
        var node = await api.SharedAsync();
        var response = await node.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/v1/providers"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/providers")]
    [InlineData("/v1/providers?page=0")]
    [InlineData("/nowhere")]
    public async Task Every_answer_has_safe_headers_and_no_cookie(string address)
    {
        var node = await api.SharedAsync();
        var response = await node.Client.GetAsync(address);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_repeated_request_gets_the_same_answer_from_the_cache()
    {
        var node = await api.SharedAsync();
        var first = await node.Client.GetByteArrayAsync("/v1/providers?sort=name&facets=cost");
        Assert.Equal(first, await node.Client.GetByteArrayAsync("/v1/providers?sort=name&facets=cost"));
        // Bodies of the same length are distinguished.
        foreach (var (word, slug) in new[] { ("grief", "harbor-counseling"), ("child", "clinica-del-sol") })
        {
            var found = await node.Client.PostAsync("/v1/providers/search", new StringContent($$"""{"q":"{{word}}"}""", null, "application/json"));
            Assert.Contains($"\"slug\":\"{slug}\"", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // The same path with another method, body or language is another request.
        var post = await node.Client.PostAsync("/v1/search", new StringContent("", null, "application/json"));
        var get = await node.Client.GetAsync("/v1/search");
        Assert.False(post.Headers.Contains("Link"));
        Assert.True(get.Headers.Contains("Link"));
    }
}
