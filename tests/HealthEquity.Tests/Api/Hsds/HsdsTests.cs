namespace HealthEquity.Tests.Api.Hsds;

/// <summary>The directory as HSDS over HTTP.</summary>
public sealed class HsdsTests(HsdsNode hsds) : IClassFixture<HsdsNode>
{
    [Fact]
    public async Task The_root_has_the_version_the_profile_and_the_publisher()
    {
        var node = await hsds.OpenAsync();
        var root = await node.GetAsync("/hsds");
        Assert.Equal("3.1", (string?)root["version"]);
        Assert.Equal("A Health Department", (string?)root["publisher"]!["name"]);
        var profile = await node.GetAsync(new Uri((string)root["profile"]!).AbsolutePath);
        Assert.NotNull(profile["schemas"]!["service.json"]);
        Assert.EndsWith("openapi.json", (string)root["openapi_url"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services")]
    [InlineData("organizations")]
    [InlineData("service_at_locations")]
    [InlineData("taxonomies")]
    [InlineData("taxonomy_terms")]
    public async Task A_list_is_paged_in_the_standards_envelope_and_each_item_can_be_fetched(string list)
    {
        var node = await hsds.OpenAsync();
        var first = await node.GetAsync($"/hsds/{list}?per_page=2");
        var total = (int)first["total_items"]!;
        Assert.True(total > 4);
        Assert.Equal((1, 2, true, false, false), ((int)first["page_number"]!, (int)first["size"]!, (bool)first["first_page"]!, (bool)first["last_page"]!, (bool)first["empty"]!));
        var last = await node.GetAsync($"/hsds/{list}?per_page=2&page={(int)first["total_pages"]!}");
        Assert.True((bool)last["last_page"]!);
        var beyond = await node.GetAsync($"/hsds/{list}?per_page=2&page=100000");
        Assert.True((bool)beyond["empty"]!);

        var id = (string)first["contents"]![1]!["id"]!;
        Assert.Equal(id, (string?)(await node.GetAsync($"/hsds/{list}/{id}"))["id"]);
        Assert.Equal(404, (int)(await node.Client.GetAsync($"/hsds/{list}/{Guid.NewGuid()}", Cancellation)).StatusCode);

        var lines = await node.Client.GetStringAsync($"/hsds/{list}?format=ndjson", Cancellation);
        Assert.Equal(total, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Services_can_be_filtered_by_term_organization_words_and_date()
    {
        var node = await hsds.OpenAsync();
        var all = await Ids(node, "/hsds/services?per_page=100&minimal=true");
        var terms = await node.GetAsync("/hsds/taxonomy_terms?search=Trauma&per_page=100");
        var trauma = terms["contents"]!.AsArray().Single(t => (string?)t!["code"] == "trauma" && (string?)t["taxonomy"] == "Specialty")!;

        var treated = await Ids(node, $"/hsds/services?per_page=100&taxonomy_term_id={trauma["id"]}");
        Assert.InRange(treated.Length, 1, all.Length - 1);
        var one = await node.GetAsync($"/hsds/services/{treated[0]}");
        Assert.Contains(one["attributes"]!.AsArray(), a => (string?)a!["taxonomy_term_id"] == (string?)trauma["id"]);

        Assert.Equal([treated[0]], await Ids(node, $"/hsds/services?organization_id={one["organization_id"]}"));
        Assert.InRange((await Ids(node, "/hsds/services?search=asylum&per_page=100")).Length, 1, all.Length - 1);
        Assert.Empty(await Ids(node, "/hsds/services?modified_after=2999-01-01T00:00:00Z"));
        Assert.Equal(all.Length, (await Ids(node, "/hsds/services?modified_after=2000-01-01&per_page=100")).Length);
    }

    [Fact]
    public async Task Locations_near_a_postcode_are_found_and_a_private_one_shows_no_address()
    {
        var node = await hsds.OpenAsync();
        var near = await node.GetAsync("/hsds/service_at_locations?postcode=33130&proximity=20000&full=true&per_page=100");
        Assert.True((int)near["total_items"]! > 0);
        var everywhere = (await node.GetAsync("/hsds/service_at_locations?full=true&per_page=100"))["contents"]!.AsArray();
        var hidden = everywhere.Where(p => ((string?)p!["location"]!["name"])!.StartsWith("In ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(hidden);
        Assert.All(hidden, p => Assert.Null(p!["location"]!["addresses"] ?? p["location"]!["latitude"]));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<string[]> Ids(Node node, string address) =>
        [.. (await node.GetAsync(address))["contents"]!.AsArray().Select(s => (string)s!["id"]!)];
}

/// <summary>A node with the starter directory, shared by the tests of one class.</summary>
public sealed class HsdsNode
{
    private readonly Lazy<Task<Node>> _node;

    public HsdsNode(DirectoryApi api) =>
        _node = new(() => api.OpenAsync(null, null, ("Starter", "samples"), ("Hsds:PublisherName", "A Health Department")));

    public Task<Node> OpenAsync() => _node.Value;
}
