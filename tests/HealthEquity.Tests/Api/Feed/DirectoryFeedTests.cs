using System.Net;
using HealthEquity.Db.Providers;
using HealthEquity.Db.Storage;
using HealthEquity.Db.Vocabularies;

namespace HealthEquity.Tests.Api.Feed;

public sealed class DirectoryFeedTests(DirectoryApi api)
{
    [Fact]
    public async Task What_is_published_elsewhere_is_soon_served_here_and_what_is_withdrawn_goes()
    {
        var node = await api.OpenAsync();
        Assert.Empty(await node.SlugsAsync("/v1/providers"));
        var id = await node.PublishAsync(new Provider { Name = "New here" }, "new-here");
        await Node.UntilAsync(async () => (await node.SlugsAsync("/v1/providers")).Length == 1);
        var first = await node.Client.GetAsync("/v1/providers/new-here");

        await node.EditAsync(s => node.Stores.Entries.SaveAsync(s, id, 1, new Provider { Name = "Renamed" }, Db.Auditing.Actor.System("test"), null, default));
        await node.PublishAgainAsync(id, 2);
        await Node.UntilAsync(async () => (string)(await node.GetAsync("/v1/providers/new-here"))["name"]! == "Renamed");
        var second = await node.Client.GetAsync("/v1/providers/new-here");
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal("2", Assert.Single(second.Headers.GetValues("Directory-Sequence")));

        await node.WithdrawAsync(id);
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/providers/new-here")).StatusCode == HttpStatusCode.Gone);
        Assert.Empty(await node.SlugsAsync("/v1/providers"));
    }

    [Fact]
    public async Task A_node_whose_database_fails_serves_what_it_has_and_says_how_old_it_is()
    {
        var node = await api.OpenAsync(SampleDirectory.FillAsync);
        var ready = await node.GetAsync("/health/ready");
        Assert.Equal("ready", (string)ready["status"]!);
        Assert.Equal(12, (int)ready["entries"]!);
        Assert.True((long)ready["sequence"]! >= 12);
        Assert.InRange((double)ready["ageSeconds"]!, 0, 30);

        await node.EditAsync(s => s.ExecuteAsync(new Sql("Test.Fail", "ALTER TABLE Published RENAME TO Away"), null, default));
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/changes")).StatusCode == HttpStatusCode.ServiceUnavailable);
        await Node.UntilAsync(async () => (double)(await node.GetAsync("/health/ready"))["ageSeconds"]! > 0.5);
        Assert.Equal(2, (await node.SlugsAsync("/v1/providers?pageSize=77")).Length);

        await node.EditAsync(s => s.ExecuteAsync(new Sql("Test.Mend", "ALTER TABLE Away RENAME TO Published"), null, default));
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/changes")).StatusCode == HttpStatusCode.OK);
        await Node.UntilAsync(async () => (double)(await node.GetAsync("/health/ready"))["ageSeconds"]! < 0.5);
    }

    [Fact]
    public async Task A_vocabulary_that_a_curator_changes_is_known_to_the_public_side()
    {
        var node = await api.OpenAsync(async n => await n.EditAsync(s => n.Stores.Vocabularies.AddShippedAsync(s, default)));
        var before = (await node.GetAsync("/v1/vocabularies/capacity"))["terms"]!.AsArray().Count;
        Assert.Equal(VocabularySet.Shipped.Find("capacity")!.Terms.Count, before);

        var later = new TestClock(node.Clock.Now.AddHours(1));
        await node.EditAsync(s => s.ExecuteAsync(
            new Sql("Test.AddTerm", "INSERT INTO Term (Vocabulary, Code, Label, Definition, Labels, Position, ChangedAt) VALUES ('capacity', 'byLottery', 'By lottery', 'Drawn.', '{}', 9, @at)"),
            new { at = later.Now },
            default));
        await Node.UntilAsync(async () => (await node.GetAsync("/v1/vocabularies/capacity"))["terms"]!.AsArray().Count == before + 1);
        Assert.Empty(await node.SlugsAsync("/v1/providers?accepting=BYLOTTERY"));
    }
}
