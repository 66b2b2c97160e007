using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HealthEquity.Tests.Api.Search;

/// <summary>Whoever says that they are in danger gets the hotlines first, wherever they ask.</summary>
public sealed class NoticeTests(DirectoryApi api)
{
    private const string Danger = "me quiero morir";

    [Fact]
    public async Task Every_endpoint_that_takes_a_question_has_the_notice_and_the_hotlines_by_get_and_by_post()
    {
        var node = await api.SharedAsync();
        var missing = new List<string>();
        var endpoints = Endpoints(await node.GetAsync("/openapi/v1.json")).ToList();
        foreach (var (method, path) in endpoints)
        {
            using var response = method == "get"
                ? await node.Client.GetAsync($"{path}?q={Uri.EscapeDataString(Danger)}")
                : await node.Client.PostAsJsonAsync(path, new { q = Danger });
            var answer = await response.Content.ReadFromJsonAsync<JsonObject>();
            if ((string?)answer?["notice"]?["code"] != "crisis" || (string?)answer["hotlines"]?[0]?["number"] != "988")
            {
                missing.Add($"{method} {path}");
            }
        }

        Assert.Empty(missing);
        Assert.True(endpoints.Count >= 15, string.Join(", ", endpoints));
    }

    [Theory]
    [InlineData("/find")]
    [InlineData("/es/find")]
    [InlineData("/ar/find")]
    [InlineData("/embed/list/find")]
    public async Task Every_page_of_results_has_the_hotlines_above_them(string path)
    {
        var node = await api.SharedAsync();
        using var form = new FormUrlEncodedContent([new("q", Danger)]);
        using var response = await node.Client.PostAsync(path, form);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync();
        var hotlines = page.IndexOf("class=\"hotlines\"", StringComparison.Ordinal);
        Assert.True(hotlines > 0, page);
        Assert.Contains("tel:988", page.Replace("&#x2B;", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        var card = page.IndexOf("class=\"card\"", StringComparison.Ordinal);
        Assert.True(card < 0 || card > hotlines, page);
    }

    /// <summary>The JSON endpoints that take a question. A calendar and a file of entries have no place for hotlines.</summary>
    private static IEnumerable<(string Method, string Path)> Endpoints(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        where !path.Key.StartsWith("/hsds", StringComparison.Ordinal) && !path.Key.EndsWith(".ics", StringComparison.Ordinal) && !path.Key.Contains("exports", StringComparison.Ordinal)
        from operation in path.Value!.AsObject()
        where Takes(document, operation.Value!.AsObject())
        select (operation.Key, path.Key);

    private static bool Takes(JsonObject document, JsonObject operation)
    {
        if (operation["parameters"] is JsonArray parameters && parameters.Any(p => (string?)p!["name"] == "q"))
        {
            return true;
        }

        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        var name = ((string?)schema?["$ref"])?.Split('/')[^1];
        return (name is null ? schema : document["components"]!["schemas"]![name])?["properties"]?["q"] is not null;
    }
}
