using System.Net;
using System.Net.Http.Json;
using System.Text;
using HealthEquity.Store.Suggestions;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Tests.Api.Suggestions;

public sealed class AddSuggestionTests(DirectoryApi api)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_suggestion_about_an_entry_waits_for_the_curators()
    {
        var node = await OpenAsync();
        var response = await SendAsync(node, new { entry = "clinica-del-sol", field = "phones", text = " <b>Closed</b>\r\nsince\u0007 May & June " });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());

        var kept = Assert.Single(await WaitingAsync(node));
        Assert.Equal("Clínica del Sol", kept.EntryName);
        Assert.Equal("phones", kept.Field);
        Assert.Equal("<b>Closed</b>\nsince May & June", kept.Message);
        Assert.Equal(node.Clock.Now, kept.ReceivedAt);

        var byId = await SendAsync(node, new { entry = kept.EntryId.ToString(), text = "Once more" });
        Assert.Equal(HttpStatusCode.Accepted, byId.StatusCode);
        Assert.Equal(2, (await WaitingAsync(node)).Count(s => s.EntryId == kept.EntryId));
    }

    [Fact]
    public async Task A_new_entry_is_suggested_by_its_kind()
    {
        var node = await OpenAsync();
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(node, new { kind = "attorney", text = "A clinic on Main Street" })).StatusCode);
        var kept = Assert.Single(await WaitingAsync(node));
        Assert.Null(kept.EntryId);
        Assert.Equal("attorney", kept.Kind);
    }

    [Fact]
    public async Task A_bot_that_fills_in_the_hidden_field_gets_the_same_answer()
    {
        var node = await OpenAsync();
        var response = await SendAsync(node, new { entry = "clinica-del-sol", text = "Buy now", website = "https://spam.example" });
        var honest = await SendAsync(node, new { entry = "clinica-del-sol", text = "The number is wrong" });
        Assert.Equal(honest.StatusCode, response.StatusCode);
        Assert.Equal(honest.Headers.Select(h => h.Key), response.Headers.Select(h => h.Key));
        Assert.Equal("The number is wrong", Assert.Single(await WaitingAsync(node)).Message);
    }

    [Theory]
    [InlineData("""{"entry":"clinica-del-sol"}""", "text", "is required")]
    [InlineData("""{"entry":"clinica-del-sol","text":"   "}""", "text", "is empty")]
    [InlineData("""{"text":"Something"}""", "entry", "or 'kind'")]
    [InlineData("""{"entry":"no-such-place","text":"Something"}""", "entry", "No entry has the id or slug 'no-such-place'")]
    [InlineData("""{"entry":"019a0000-0000-7000-8000-000000000000","text":"Something"}""", "entry", "No entry has the id")]
    [InlineData("""{"kind":"doctor","text":"Something"}""", "kind", "Unknown value")]
    [InlineData("""{"kind":"provider","text":"Something","name":"Ana"}""", "name", "Unknown parameter")]
    [InlineData("""{"kind":"provider","text":["Something"]}""", "text", "must be a string")]
    [InlineData("""{"kind":"provider","text":"\ud800"}""", "", "escape sequence that is not a character")]
    public async Task Errors_are_reported(string body, string field, string message)
    {
        var node = await api.SharedAsync();
        var problem = await node.ProblemAsync(Post(new StringContent(body, Encoding.UTF8, "application/json")), HttpStatusCode.BadRequest);
        Assert.Contains(message, (string)problem["errors"]![field]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lengths_are_limited()
    {
        var node = await OpenAsync();
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(node, new { kind = "event", text = new string('a', 4000) })).StatusCode);
        foreach (var (field, body) in new (string, object)[]
        {
            ("text", new { kind = "event", text = new string('a', 4001) }),
            ("field", new { kind = "event", text = "a", field = new string('a', 201) }),
        })
        {
            var problem = await node.ProblemAsync(Post(JsonContent.Create(body)), HttpStatusCode.BadRequest);
            Assert.Contains("is longer than", (string)problem["errors"]![field]![0]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_JSON_is_accepted()
    {
        var node = await api.SharedAsync();
        await node.ProblemAsync(Post(new FormUrlEncodedContent([new("text", "a")])), HttpStatusCode.UnsupportedMediaType);
        await node.ProblemAsync("/v1/suggestions", HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task An_address_can_send_a_few_per_hour()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, settings: ("RequestLimits:SuggestionsPerHour", "2"));
        for (var n = 0; n < 2; n++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(node, new { kind = "event", text = "A" })).StatusCode);
        }

        var problem = await node.ProblemAsync(Post(JsonContent.Create(new { kind = "event", text = "A" })), HttpStatusCode.TooManyRequests);
        Assert.Contains("hour", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(2, (await WaitingAsync(node)).Count);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync("/v1/search", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Refused_suggestions_do_not_count()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync, settings: ("RequestLimits:SuggestionsPerHour", "2"));
        for (var n = 0; n < 6; n++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(node, new { kind = "event", text = " " })).StatusCode);
        }

        var first = await SendAsync(node, new { kind = "event", text = "A" });
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal("\"suggestions\";r=1;t=3600", Assert.Single(first.Headers.GetValues("RateLimit")));
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(node, new { kind = "event", text = "B" })).StatusCode);
        node.Clock.Now += TimeSpan.FromMinutes(50);
        var refused = await SendAsync(node, new { kind = "event", text = "C" });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(10), refused.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("phones", true)]
    [InlineData("phones[0].number", true)]
    [InlineData("licenses[1].state", true)]
    [InlineData("phone", false)]
    [InlineData("internalNotes", false)]
    [InlineData("practiceAreas", false)]
    [InlineData("phones.0", false)]
    [InlineData("name[0]", false)]
    public async Task A_field_must_exist_in_entries_of_the_kind(string field, bool has)
    {
        var node = await api.SharedAsync();
        var body = JsonContent.Create(new { kind = "provider", field, text = "Something" });
        if (has)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await node.Client.SendAsync(Post(body), Cancellation)).StatusCode);
            return;
        }

        var problem = await node.ProblemAsync(Post(body), HttpStatusCode.BadRequest);
        Assert.Contains("Unknown field", (string)problem["errors"]!["field"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_database_blocks_neither_suggestions_nor_searches()
    {
        var node = await OpenAsync();
        await using var other = new SqliteConnection(node.ConnectionString);
        await other.OpenAsync(Cancellation);
        await using var writing = other.BeginTransaction(deferred: false);
        var sent = Enumerable.Range(0, 20).Select(n => SendAsync(node, new { kind = "event", text = $"Suggestion {n}" })).ToList();
        for (var n = 0; n < 10; n++)
        {
            Assert.Equal(HttpStatusCode.OK, (await node.Client.GetAsync($"/v1/search?q=word{n}", Cancellation)).StatusCode);
        }

        foreach (var response in await Task.WhenAll(sent))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Contains("busy", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        await writing.RollbackAsync(Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(node, new { kind = "event", text = "Now" })).StatusCode);
        Assert.Single(await WaitingAsync(node));
    }

    private Task<Node> OpenAsync() => api.OpenAsync(SampleDirectory.FillAsync, settings: ("RequestLimits:SuggestionsPerHour", "0"));

    private static Task<HttpResponseMessage> SendAsync(Node node, object body) => node.Client.SendAsync(Post(JsonContent.Create(body)), Cancellation);

    private static HttpRequestMessage Post(HttpContent content) => new(HttpMethod.Post, "/v1/suggestions") { Content = content };

    private static async Task<IReadOnlyList<Suggestion>> WaitingAsync(Node node)
    {
        await using var session = await node.Database.OpenAsync(Cancellation);
        return await SuggestionStore.ListAsync(session, "open", 0, 100, Cancellation);
    }
}
