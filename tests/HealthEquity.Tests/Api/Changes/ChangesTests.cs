using System.Net;
using System.Text.Json.Nodes;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Tests.Api.Changes;

public sealed class ChangesTests(DirectoryApi api)
{
    [Fact]
    public async Task After_a_restore_nodes_reload_and_partners_must_start_over()
    {
        var node = await api.OpenAsync();
        await node.PublishAsync(new Provider { Name = "Kept" }, "kept");
        var backup = Path.Combine(Path.GetDirectoryName(node.Database.FilePath)!, "backup.db");
        DatabaseBackup.Save(node.Database, backup);
        await node.PublishAsync(new Provider { Name = "Lost one" }, "lost-1");
        await node.PublishAsync(new Provider { Name = "Lost two" }, "lost-2");
        await Node.UntilAsync(async () => (await node.SlugsAsync("/v1/providers")).Length == 3);
        var synced = await node.GetAsync("/v1/changes");
        var epoch = (string)synced["epoch"]!;
        Assert.Equal(epoch, await EpochAsync("/v1/providers"));

        await DatabaseBackup.RestoreAsync(node.Database, backup, kept: null, copy => copy.TransactAsync(s => ChangeCounter.BeginEpochAsync(s, default), default));
        await Node.UntilAsync(async () => (await node.SlugsAsync("/v1/providers")).Length == 1);
        Assert.NotEqual(epoch, await EpochAsync("/v1/providers"));
        Assert.NotEqual(epoch, await EpochAsync("/v1/exports/directory.json"));

        // Only the number, the number with its epoch, and the number after reuse.
        Assert.Contains("after=0", (string)(await node.ProblemAsync("/v1/changes?after=3", HttpStatusCode.Gone))["detail"]!, StringComparison.Ordinal);
        await node.PublishAsync(new Provider { Name = "New one" }, "new-1");
        await node.PublishAsync(new Provider { Name = "New two" }, "new-2");
        Assert.Equal("startOver", (string)(await node.ProblemAsync((string)synced["next"]!, HttpStatusCode.Gone))["reason"]!);
        Assert.Equal(3, (await node.GetAsync("/v1/changes?after=0"))["items"]!.AsArray().Count);

        async Task<string> EpochAsync(string address) => (await node.Client.GetAsync(address)).Headers.GetValues("Directory-Epoch").Single();
    }

    [Fact]
    public async Task The_sequence_is_that_of_the_directory_and_not_the_requested_number()
    {
        var node = await api.SharedAsync();
        var end = (await node.Client.GetAsync("/v1/changes?after=0")).Headers.GetValues("Directory-Sequence").Single();
        Assert.Equal(end, (await node.Client.GetAsync("/v1/changes?after=1&limit=1")).Headers.GetValues("Directory-Sequence").Single());
        var beyond = await node.Client.GetAsync("/v1/changes?after=4611686018427387904");
        Assert.Equal(HttpStatusCode.Gone, beyond.StatusCode);
        Assert.False(beyond.Headers.Contains("Directory-Sequence"));
        Assert.Contains("UUID", await node.ErrorAsync("/v1/changes?epoch=yesterday", "epoch"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_next_returns_every_entry_and_tombstone_once_in_order()
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
