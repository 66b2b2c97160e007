using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace HealthEquity.Tests.Api.Parameters;

public sealed class ParameterTests(DirectoryApi api)
{
    [Theory]
    [InlineData("/v1/providers?specalty=trauma", "specalty", "'specialty'")]
    [InlineData("/v1/providers?langauge=es", "langauge", "'language'")]
    [InlineData("/v1/providers?specialty=", "specialty", "is empty")]
    [InlineData("/v1/providers?specialty=trauma&specialty=%20", "specialty", "is empty")]
    [InlineData("/v1/search?q=", "q", "is empty")]
    [InlineData("/v1/search?near", "near", "is empty")]
    [InlineData("/v1/suggest?q=%20", "q", "is empty")]
    [InlineData("/v1/adoptions?state=", "state", "is empty")]
    [InlineData("/v1/changes?after=", "after", "is empty")]
    [InlineData("/hsds/services?search=", "search", "is empty")]
    [InlineData("/v1/providers/clinica-del-sol?lang=", "lang", "is empty")]
    [InlineData("/health/ready?verbose=1", "verbose", "Unknown parameter")]
    [InlineData("/v1/events?to=9999-12-31", "to", "at most 2 years at a time")]
    [InlineData("/v1/events?from=2026-01-01&to=2028-01-02", "to", "at most 2 years at a time")]
    [InlineData("/v1/events?from=9999-12-31", "from", "10 years from now")]
    [InlineData("/v1/events?from=9999-12-31&to=9999-12-31", "from", "10 years from now")]
    [InlineData("/v1/events?from=0001-01-01", "from", "1970")]
    [InlineData("/v1/events?to=0001-01-01", "to", "1970")]
    [InlineData("/v1/attorneys?specialty=trauma", "specialty", "Unknown parameter")]
    [InlineData("/v1/providers?specialty=tramua", "specialty", "'trauma'")]
    [InlineData("/v1/providers?cost=sliding", "cost", "'slidingScale'")]
    [InlineData("/v1/providers?state=FX", "state", "Did you mean 'FL'?")]
    [InlineData("/v1/providers?facets=specialties", "facets", "'specialty'")]
    [InlineData("/v1/providers?sort=nearest", "sort", "relevance, distance, name, verified")]
    [InlineData("/v1/providers?sort=distence", "sort", "'distance'")]
    [InlineData("/v1/providers?sort=distance", "sort", "near=33101")]
    [InlineData("/v1/providers?near=00000", "near", "not a known place")]
    [InlineData("/v1/providers?near=Miammi,%20FL", "near", "Miami, FL")]
    [InlineData("/v1/providers?near=91,0", "near", "latitude,longitude")]
    [InlineData("/v1/providers?near=33101&radius=0", "radius", "greater than 0")]
    [InlineData("/v1/providers?near=33101&radius=501", "radius", "at most 500")]
    [InlineData("/v1/providers?radius=5", "radius", "needs a place")]
    [InlineData("/v1/providers?unit=parsec", "unit", "mi, km")]
    [InlineData("/v1/providers?page=0", "page", "between 1 and 10000")]
    [InlineData("/v1/providers?page=two", "page", "whole number")]
    [InlineData("/v1/providers?pageSize=101", "pageSize", "between 1 and 100")]
    [InlineData("/v1/providers?page=1&page=2", "page", "only once")]
    [InlineData("/v1/providers?age=-1", "age", "between 0 and 120")]
    [InlineData("/v1/providers?openNow=maybe", "openNow", "true or false")]
    [InlineData("/v1/providers?zip=3310", "zip", "five digits")]
    [InlineData("/v1/providers?county=Miami-Dode%20County", "county", "'Miami-Dade County'")]
    [InlineData("/v1/providers?lang=klingon", "lang", "language tag")]
    [InlineData("/v1/providers?verifiedWithin=0", "verifiedWithin", "days")]
    [InlineData("/v1/events?from=2026-05-02&to=2026-05-01", "to", "must not be before")]
    [InlineData("/v1/events?from=May", "from", "2026-01-31")]
    [InlineData("/v1/search?kind=provder", "kind", "'provider'")]
    [InlineData("/v1/suggest", "q", "is required")]
    [InlineData("/v1/changes?after=-1", "after", "0 or more")]
    [InlineData("/v1/changes?limit=1001", "limit", "between 1 and 1000")]
    [InlineData("/v1/adoptions?level=schooldistrct", "level", "'schoolDistrict'")]
    [InlineData("/v1/providers/clinica-del-sol?langg=es", "langg", "'lang'")]
    public async Task Unknown_values_are_reported_with_a_remedy(string address, string parameter, string remedy)
    {
        var node = await api.SharedAsync();
        Assert.Contains(remedy, await node.ErrorAsync(address, parameter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_errors_are_reported_at_once()
    {
        var node = await api.SharedAsync();
        var problem = await node.ProblemAsync("/v1/providers?page=0&specialty=nonsense&foo=1", HttpStatusCode.BadRequest);
        Assert.Equal(["foo", "page", "specialty"], problem["errors"]!.AsObject().Select(e => e.Key).Order());
    }

    [Theory]
    [InlineData("""{"specalty":["trauma"]}""", "specalty", "'specialty'")]
    [InlineData("""{"specialty":"trauma"}""", "specialty", "list of strings")]
    [InlineData("""{"specialty":[1]}""", "specialty", "list of strings")]
    [InlineData("""{"page":"1"}""", "page", "a number")]
    [InlineData("""{"openNow":"true"}""", "openNow", "true or false")]
    [InlineData("""{"q":{}}""", "q", "a string")]
    [InlineData("""{"page":0}""", "page", "between 1 and 10000")]
    [InlineData("""{"q":"a",""", "", "not valid JSON (line 1")]
    [InlineData("""[]""", "", "JSON object")]
    public async Task The_same_rules_apply_to_a_body(string body, string member, string remedy)
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/providers/search") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var problem = await node.ProblemAsync(request, HttpStatusCode.BadRequest);
        Assert.Contains(remedy, (string)problem["errors"]![member]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_POST_refuses_parameters_in_its_address()
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/search?q=secret") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        var problem = await node.ProblemAsync(request, HttpStatusCode.BadRequest);
        Assert.Contains("body of a POST", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"q":"a","q":"b"}""", "q", "only once")]
    [InlineData("""{"specialty":["trauma"],"Specialty":["war"]}""", "Specialty", "only once")]
    [InlineData("""{"q":""}""", "q", "is empty")]
    [InlineData("""{"specialty":["trauma"," "]}""", "specialty", "is empty")]
    [InlineData("""{"specalty":["trauma"]}""", "specalty", "'specialty'")]
    public async Task A_member_of_a_body_is_refused_like_a_parameter(string body, string member, string remedy)
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/search") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var problem = await node.ProblemAsync(request, HttpStatusCode.BadRequest);
        Assert.Contains(remedy, (string)problem["errors"]![member]![0]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/search", "application/json", "gzip", "Content-Encoding")]
    [InlineData("/v1/providers/search", "application/json", "br", "Content-Encoding")]
    [InlineData("/v1/suggestions", "application/json; charset=utf-8", "deflate", "Content-Encoding")]
    [InlineData("/v1/search", "application/json; charset=utf-16", null, "UTF-8")]
    [InlineData("/v1/suggestions", "application/json; charset=\"iso-8859-1\"", null, "UTF-8")]
    [InlineData("/hsds/services", "application/json; charset=utf-16", null, "UTF-8")]
    [InlineData("/v1/search", "text/plain", null, "application/json")]
    public async Task A_body_that_is_not_plain_JSON_in_UTF_8_is_refused(string address, string type, string? coding, string remedy)
    {
        var node = await api.SharedAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (coding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(coding);
        }

        var problem = await node.ProblemAsync(request, HttpStatusCode.UnsupportedMediaType);
        Assert.Contains(remedy, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_is_returned_short_and_harmless()
    {
        var node = await api.SharedAsync();
        var hostile = Uri.EscapeDataString("<script>alert(1)</script>\r\n\u202e" + new string('x', 100));
        var response = await node.Client.GetAsync($"/v1/providers?specialty={hostile}&{hostile}=1");
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u003cscript", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(new string('x', 61), text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", JsonNode.Parse(text)!["errors"]!.ToString(), StringComparison.Ordinal);
    }
}
