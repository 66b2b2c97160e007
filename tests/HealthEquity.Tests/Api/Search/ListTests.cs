using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HealthEquity.Tests.Api.Search;

public sealed class ListTests(DirectoryApi api)
{
    [Theory]
    [InlineData("providers", "specialty=trauma", "clinica-del-sol")]
    [InlineData("providers", "specialty=war", "harbor-counseling")]
    [InlineData("providers", "specialty=TRAUMA", "clinica-del-sol")]
    [InlineData("providers", "modality=group", "harbor-counseling")]
    [InlineData("providers", "license=psychologist", "clinica-del-sol")]
    [InlineData("providers", "evaluation=hardship", "harbor-counseling")]
    [InlineData("providers", "providerType=counselor", "harbor-counseling")]
    [InlineData("providers", "cost=slidingScale", "clinica-del-sol")]
    [InlineData("providers", "immigrationStatus=notAsked&strict=true", "clinica-del-sol")]
    [InlineData("providers", "accepting=accepting", "clinica-del-sol")]
    [InlineData("providers", "accepting=true", "clinica-del-sol")]
    [InlineData("providers", "telehealth=true", "clinica-del-sol")]
    [InlineData("providers", "telehealth=no", "harbor-counseling")]
    [InlineData("providers", "population=refugees", "harbor-counseling")]
    [InlineData("providers", "state=ny", "harbor-counseling")]
    [InlineData("providers", "county=Miami-Dade%20County", "clinica-del-sol")]
    [InlineData("providers", "county=ny:new%20york%20county", "harbor-counseling")]
    [InlineData("policy-actions", "state=NY", "welcome-resolution")]
    [InlineData("providers", "language=ht&strict=true", "clinica-del-sol")]
    [InlineData("providers", "zip=33101", "clinica-del-sol")]
    [InlineData("providers", "age=16", "clinica-del-sol")]
    [InlineData("providers", "age=40", "harbor-counseling")]
    [InlineData("providers", "openNow=true", "clinica-del-sol")]
    [InlineData("providers", "verifiedWithin=30", "clinica-del-sol")]
    [InlineData("providers", "near=33101&radius=50", "clinica-del-sol")]
    [InlineData("providers", "near=40.71,-74.01&radius=40&unit=km", "harbor-counseling")]
    [InlineData("providers", "q=Harbor", "harbor-counseling")]
    [InlineData("providers", "q=clinica%20del%20sol", "clinica-del-sol")]
    [InlineData("providers", "tag=mentalHealth", "clinica-del-sol")]
    [InlineData("attorneys", "practiceArea=asylum", "ana-abogada")]
    [InlineData("attorneys", "detained=true", "ana-abogada")]
    [InlineData("attorneys", "court=boston", "bruno-counsel")]
    [InlineData("attorneys", "help=consultation", "bruno-counsel")]
    [InlineData("attorneys", "attorneyType=attorney", "ana-abogada")]
    [InlineData("organizations", "function=dispatch", "rapid-response-florida")]
    [InlineData("organizations", "type=rapidResponseNetwork", "rapid-response-florida")]
    [InlineData("policy-actions", "theme=sanctuary", "welcome-resolution")]
    [InlineData("policy-actions", "actor=hospital", "keep-status-out-of-records")]
    [InlineData("policy-actions", "instrument=resolution", "welcome-resolution")]
    [InlineData("policy-actions", "direction=neutral", "keep-status-out-of-records")]
    [InlineData("materials", "type=templateLetter", "inquiry-letter")]
    [InlineData("materials", "audience=families", "red-card")]
    [InlineData("materials", "language=vi&strict=true", "red-card")]
    [InlineData("events", "type=rally", "rally-albany")]
    [InlineData("events", "from=2026-05-01", "rally-albany")]
    [InlineData("events", "to=2026-05-01", "workshop-miami")]
    [InlineData("events", "state=FL", "workshop-miami")]
    [InlineData("search", "kind=attorney&practiceArea=uVisa", "bruno-counsel")]
    [InlineData("search", "specialty=trauma", "clinica-del-sol")]
    [InlineData("search", "materialType=templateLetter", "inquiry-letter")]
    [InlineData("search", "eventType=rally", "rally-albany")]
    public async Task A_filter_finds_the_matching_entry(string kind, string filter, string expected)
    {
        var node = await api.SharedAsync();
        Assert.Equal([expected], await node.SlugsAsync($"/v1/{kind}?{filter}"));
    }

    [Fact]
    public async Task Values_of_one_parameter_match_any_and_parameters_match_all()
    {
        var node = await api.SharedAsync();
        Assert.Equal(2, (await node.SlugsAsync("/v1/providers?specialty=trauma&specialty=war")).Length);
        Assert.Empty(await node.SlugsAsync("/v1/providers?specialty=trauma&modality=group"));
        Assert.Equal(["harbor-counseling"], await node.SlugsAsync("/v1/providers?specialty=trauma&specialty=war&modality=group"));
    }

    [Fact]
    public async Task Search_covers_all_kinds_and_each_item_has_its_kind()
    {
        var node = await api.SharedAsync();
        var list = await node.GetAsync("/v1/search?pageSize=100");
        var kinds = list["items"]!.AsArray().Select(i => (string)i!["kind"]!).ToHashSet();
        Assert.Equal(["attorney", "event", "material", "organization", "policyAction", "provider"], kinds.Order());
        Assert.Equal(12, (int)list["page"]!["totalItems"]!);
    }

    [Fact]
    public async Task Pages_are_numbered_and_linked()
    {
        var node = await api.SharedAsync();
        var response = await node.Client.GetAsync("/v1/search?pageSize=5&page=2&sort=name");
        var list = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("""{"number":2,"size":5,"totalItems":12,"totalPages":3}""", list["page"]!.ToJsonString());
        Assert.Equal(5, list["items"]!.AsArray().Count);
        Assert.Equal(
            """</v1/search?pageSize=5&sort=name>; rel="first", </v1/search?pageSize=5&sort=name>; rel="prev", </v1/search?pageSize=5&sort=name&page=3>; rel="next", </v1/search?pageSize=5&sort=name&page=3>; rel="last" """.TrimEnd(),
            Assert.Single(response.Headers.GetValues("Link")));

        var seen = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            seen.AddRange(await node.SlugsAsync($"/v1/search?pageSize=5&page={page}&sort=name"));
        }

        Assert.Equal(12, seen.Distinct().Count());
        Assert.Empty(await node.SlugsAsync("/v1/search?pageSize=5&page=4&sort=name"));
    }

    [Fact]
    public async Task Near_returns_distances_in_the_requested_unit_and_sorts_by_them()
    {
        var node = await api.SharedAsync();
        var miles = await node.GetAsync("/v1/providers?near=Fort%20Lauderdale,%20FL&sort=distance");
        Assert.Equal(["clinica-del-sol"], Node.Slugs(miles));
        var kilometers = await node.GetAsync("/v1/providers?near=Fort%20Lauderdale,%20FL&sort=distance&unit=km");
        var far = (double)miles["items"]![0]!["distance"]!;
        Assert.InRange(far, 15, 35);
        Assert.Equal(far * 1.609, (double)kilometers["items"]![0]!["distance"]!, 0.2);
        Assert.Null((await node.GetAsync("/v1/providers"))["items"]![0]!["distance"]);
    }

    [Fact]
    public async Task Facets_count_values_by_parameter_with_labels()
    {
        var node = await api.SharedAsync();
        var list = await node.GetAsync("/v1/providers?facets=specialty&facets=language&lang=es");
        var specialty = list["facets"]!.AsArray().Single(f => (string)f!["field"]! == "specialty")!["values"]!.AsArray();
        var trauma = specialty.Single(v => (string)v!["value"]! == "trauma")!;
        Assert.Equal(1, (int)trauma["count"]!);
        Assert.NotEmpty((string)trauma["label"]!);
        var types = await node.GetAsync("/v1/materials?facets=type");
        Assert.Equal("type", (string)types["facets"]![0]!["field"]!);
    }

    [Fact]
    public async Task A_search_by_POST_answers_like_GET()
    {
        var node = await api.SharedAsync();
        foreach (var (query, body, path) in new (string, object, string)[]
        {
            ("specialty=trauma&specialty=war&age=16&near=33101&radius=30&unit=km", new { specialty = new[] { "trauma", "war" }, age = 16, near = "33101", radius = 30, unit = "km" }, "providers"),
            ("openNow=true&facets=cost", new { openNow = true, facets = new[] { "cost" } }, "providers"),
            ("from=2026-05-01", new { from = "2026-05-01" }, "events"),
            ("q=letter&lang=es", new { q = "letter", lang = "es" }, "materials"),
        })
        {
            var get = await node.Client.GetStringAsync($"/v1/{path}?{query}");
            var post = await node.Client.PostAsJsonAsync($"/v1/{path}/search", body);
            Assert.Equal(HttpStatusCode.OK, post.StatusCode);
            Assert.Equal(get, await post.Content.ReadAsStringAsync());
            Assert.False(post.Headers.Contains("Link"));
        }

        var all = await node.Client.PostAsJsonAsync("/v1/search", new { kind = new[] { "attorney" } });
        Assert.Equal(await node.Client.GetStringAsync("/v1/search?kind=attorney"), await all.Content.ReadAsStringAsync());
        var empty = await node.Client.PostAsync("/v1/search", new StringContent("", null, "application/json"));
        Assert.Equal(HttpStatusCode.OK, empty.StatusCode);
    }

    [Fact]
    public async Task A_search_without_results_returns_a_broader_search_and_a_hotline()
    {
        var node = await api.SharedAsync();
        var list = await node.GetAsync("/v1/providers?specialty=trauma&modality=group&lang=es");
        Assert.Empty(list["items"]!.AsArray());
        Assert.Equal("nothingFound", (string)list["notice"]!["code"]!);
        Assert.StartsWith("Nada coincide", (string)list["notice"]!["text"]!, StringComparison.Ordinal);
        var wider = list["wider"]!;
        Assert.NotEmpty(wider["items"]!.AsArray());
        Assert.All(wider["dropped"]!.AsArray(), d => Assert.Contains((string)d!, new[] { "specialty", "modality" }));
        var again = await node.GetAsync((string)wider["link"]!);
        Assert.Equal((int)wider["totalItems"]!, (int)again["page"]!["totalItems"]!);
        Assert.Equal("988", (string)list["hotlines"]![0]!["number"]!);
        Assert.Contains("español", (string)list["hotlines"]![0]!["text"]!, StringComparison.Ordinal);
        Assert.Equal("+18885550105", (string)list["hotlines"]![1]!["number"]!);
        Assert.NotNull(await node.GetAsync((string)list["hotlines"]![1]!["link"]!));

        var post = await node.Client.PostAsJsonAsync("/v1/providers/search", new { specialty = new[] { "trauma" }, modality = new[] { "group" } });
        var twin = (await post.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Null(twin["wider"]!["link"]);
        Assert.NotEmpty(twin["wider"]!["items"]!.AsArray());
    }

    [Fact]
    public async Task Completions_start_with_the_input()
    {
        var node = await api.SharedAsync();
        var list = await node.GetAsync("/v1/suggest?q=Harb");
        Assert.Equal("Harbor Counseling", (string)list["items"]![0]!["text"]!);
        Assert.Equal("/v1/providers/harbor-counseling", (string)list["items"]![0]!["link"]!);
        Assert.Empty((await node.GetAsync("/v1/suggest?q=Harb&kind=attorney"))["items"]!.AsArray());
    }
}
