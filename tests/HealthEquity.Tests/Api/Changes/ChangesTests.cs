using System.Text.Json.Nodes;

namespace HealthEquity.Tests.Api.Changes;

public sealed class ChangesTests(DirectoryApi api)
{
    [Fact]
    public async Task Following_next_gives_every_entry_and_tombstone_once_in_order()
    {
        var node = await api.SharedAsync();
        var items = new List<JsonNode>();
        var next = "/v1/changes?limit=4";
        while (true)
        {
            var page = await node.GetAsync(next);
            next = (string)page["next"]!;
            if (page["items"]!.AsArray().Count == 0)
            {
                break;
            }

            items.AddRange(page["items"]!.AsArray().Select(i => i!));
        }

        var numbers = items.Select(i => (long)i["sequence"]!).ToList();
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(14, items.Select(i => (string)i["id"]!).Distinct().Count());
        Assert.Equal(14, items.Count);
        Assert.Equal(["closed-practice", "sol-miami"], items.Where(i => i["withdrawn"] is not null).Select(i => (string)i["slug"]!).Order());
        Assert.All(items.Where(i => i["withdrawn"] is null), i => Assert.Equal((string)i["id"]!, (string)i["entry"]!["id"]!));
        var merged = items.Single(i => (string)i["slug"]! == "sol-miami");
        Assert.Equal(items.Single(i => (string)i["slug"]! == "clinica-del-sol")["id"]!.ToString(), merged["mergedInto"]!.ToString());
        Assert.NotNull((string)merged["changedAt"]!);
    }
}
