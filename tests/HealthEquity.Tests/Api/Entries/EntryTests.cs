using System.Net;

namespace HealthEquity.Tests.Api.Entries;

public sealed class EntryTests(DirectoryApi api)
{
    [Theory]
    [InlineData("providers/clinica-del-sol", "Clínica del Sol")]
    [InlineData("attorneys/ana-abogada", "Ana Abogada")]
    [InlineData("organizations/rapid-response-florida", "Rapid Response Florida")]
    [InlineData("policy-actions/welcome-resolution", "Pass a welcoming resolution")]
    [InlineData("materials/red-card", "Red card")]
    [InlineData("events/rally-albany", "Rally at the capitol")]
    public async Task An_entry_is_found_by_slug_and_by_id(string address, string name)
    {
        var node = await api.SharedAsync();
        var entry = await node.GetAsync($"/v1/{address}");
        Assert.Equal(name, (string)entry["name"]!);
        var byId = await node.GetAsync($"/v1/{address.Split('/')[0]}/{entry["id"]}");
        Assert.Equal(entry.ToJsonString(), byId.ToJsonString());
    }

    [Fact]
    public async Task A_former_slug_redirects_and_keeps_the_query()
    {
        var node = await api.SharedAsync();
        var response = await node.Client.GetAsync("/v1/materials/old-plan?lang=es");
        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal("/v1/materials/family-plan?lang=es", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_withdrawn_entry_is_gone_with_a_reason()
    {
        var node = await api.SharedAsync();
        var gone = await node.ProblemAsync("/v1/providers/closed-practice", HttpStatusCode.Gone);
        Assert.Equal("withdrawn", (string)gone["reason"]!);
        Assert.Null(gone["mergedInto"]);
    }

    [Fact]
    public async Task A_merged_entry_redirects_to_the_survivor()
    {
        var node = await api.SharedAsync();
        var response = await node.Client.GetAsync("/v1/providers/sol-miami?lang=es");
        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal("/v1/providers/clinica-del-sol?lang=es", response.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("/v1/providers/no-such-entry")]
    [InlineData("/v1/providers/0197a1b2-0000-7000-8000-000000000000")]
    [InlineData("/v1/attorneys/clinica-del-sol")]
    public async Task An_unknown_entry_is_not_found(string address)
    {
        var node = await api.SharedAsync();
        await node.ProblemAsync(address, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_overdue_entry_is_marked()
    {
        var node = await api.SharedAsync();
        Assert.True((bool)(await node.GetAsync("/v1/providers/harbor-counseling"))["overdue"]!);
        Assert.Null((await node.GetAsync("/v1/providers/clinica-del-sol"))["overdue"]);
    }
}
