using System.Net;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Duplicates;

namespace HealthEquity.Tests.Api.Entries;

/// <summary>What the public sees after a merge and after undoing it.</summary>
public sealed class MergedEntryTests(DirectoryApi api)
{
    private static readonly Actor Curator = Actor.System("test");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_former_address_and_id_redirect_to_the_survivor_and_the_feed_names_it()
    {
        var node = await api.OpenAsync();
        var sun = await node.PublishAsync(new Provider { Name = "Sun Clinic" }, "sun-clinic");
        var sol = await node.PublishAsync(new Provider { Name = "Clínica Sol" }, "clinica-sol");
        await node.EditAsync(s => node.Stores.Merges.MergeAsync(s, new MergeRequest(sun, 1, sol, 1, new Provider { Name = "Sun Clinic" }), Curator, Cancellation));

        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/providers/clinica-sol", Cancellation)).StatusCode == HttpStatusCode.MovedPermanently);
        foreach (var former in new[] { "clinica-sol", sol.ToString() })
        {
            var moved = await node.Client.GetAsync($"/v1/providers/{former}?lang=es", Cancellation);
            Assert.Equal("/v1/providers/sun-clinic?lang=es", moved.Headers.Location?.ToString());
        }

        var changes = (await node.GetAsync("/v1/changes?after=0"))["items"]!.AsArray();
        var tombstone = changes.Single(c => (string)c!["id"]! == sol.ToString());
        Assert.Equal(sun.ToString(), (string)tombstone!["mergedInto"]!);

        await node.EditAsync(async s =>
        {
            await node.Stores.Merges.UndoAsync(s, sol, Curator, Cancellation);
            return true;
        });
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/providers/clinica-sol", Cancellation)).StatusCode == HttpStatusCode.Gone);
        Assert.Equal("withdrawn", (string)(await node.ProblemAsync($"/v1/providers/{sol}", HttpStatusCode.Gone))["reason"]!);

        await node.EditAsync(s => node.Stores.Publisher.ResumeAsync(s, sol, Curator, null, Cancellation));
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/providers/clinica-sol", Cancellation)).StatusCode == HttpStatusCode.OK);
    }
}
