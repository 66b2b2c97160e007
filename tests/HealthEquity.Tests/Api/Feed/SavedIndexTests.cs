using System.Net;
using HealthEquity.Api.Feed;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace HealthEquity.Tests.Api.Feed;

/// <summary>A node that is started again reads its saved index, and serves what the database says all the same.</summary>
public sealed class SavedIndexTests(DirectoryApi api) : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("healthequity-index-");

    private string Saved => Path.Combine(_folder.FullName, "node.index");

    private string Copied => Path.Combine(_folder.FullName, "copy.index");

    [Fact]
    public async Task A_second_start_reads_the_file_and_the_changes_since()
    {
        var goes = Guid.Empty;
        var node = await StartAsync(async n =>
        {
            await n.PublishAsync(new Provider { Name = "Stays" }, "stays");
            goes = await n.PublishAsync(new Provider { Name = "Goes" }, "goes");
        });
        await node.WithdrawAsync(goes);
        await node.PublishAsync(new Provider { Name = "Comes" }, "comes");

        await using var again = Restart(node, out var log);
        using var client = again.CreateClient();
        await Node.UntilAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);

        Assert.Contains(log.Lines, m => m.StartsWith("Read 2 entries from", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/providers/stays")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/providers/comes")).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await client.GetAsync("/v1/providers/goes")).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_older_than_a_change_of_labels_is_not_used()
    {
        var node = await StartAsync(n => n.PublishAsync(new Provider { Name = "Here" }, "here"));
        await node.EditAsync(async s =>
        {
            await s.ExecuteAsync(new Sql("SavedIndexTests.Relabel", "UPDATE Term SET ChangedAt = '2026-12-01T00:00:00.000Z' WHERE Code = 'trauma'"), null, default);
            return 0;
        });

        await using var again = Restart(node, out var log);
        using var client = again.CreateClient();
        await Node.UntilAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);

        Assert.DoesNotContain(log.Lines, m => m.StartsWith("Read ", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/providers/here")).StatusCode);
    }

    [Fact]
    public async Task It_is_written_again_ten_minutes_after_the_last_time_if_anything_changed()
    {
        var node = await StartAsync(n => n.PublishAsync(new Provider { Name = "Here" }, "here"));
        File.Delete(Saved);
        await node.PublishAsync(new Provider { Name = "Too" }, "too");

        node.Clock.Now = node.Clock.Now.AddMinutes(10);

        await Node.UntilAsync(() => Task.FromResult(File.Exists(Saved)));
    }

    [Fact]
    public async Task A_directory_that_has_become_too_small_to_be_saved_leaves_no_file()
    {
        var node = await StartAsync(n => n.PublishAsync(new Provider { Name = "Here" }, "here"));
        await node.WithdrawAsync((Guid)(await node.GetAsync("/v1/providers/here"))["id"]!);
        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/providers/here")).StatusCode == HttpStatusCode.Gone);

        node.Clock.Now = node.Clock.Now.AddMinutes(10);

        await Node.UntilAsync(() => Task.FromResult(!File.Exists(Saved)));
    }

    [Fact]
    public async Task A_damaged_file_only_makes_the_start_slower()
    {
        var node = await StartAsync(n => n.PublishAsync(new Provider { Name = "Here" }, "here"));
        File.WriteAllText(Copied, "no index");

        await using var again = Restart(node, out _);
        using var client = again.CreateClient();
        await Node.UntilAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/providers/here")).StatusCode);
    }

    [Fact]
    public async Task Where_it_cannot_be_written_the_node_serves_without_it()
    {
        var node = await api.OpenAsync(settings: [("Feed:SavedIndex", Path.Combine(_folder.FullName, "missing", "node.index")), ("Feed:SavedFrom", "1")]);

        await node.PublishAsync(new Provider { Name = "Here" }, "here");

        await Node.UntilAsync(async () => (await node.Client.GetAsync("/v1/providers/here")).StatusCode == HttpStatusCode.OK);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Starts a node, waits for its file, and copies it: the running node may write it again.</summary>
    private async Task<Node> StartAsync(Func<Node, Task> fill)
    {
        var node = await api.OpenAsync(fill, settings: [("Feed:SavedIndex", Saved), ("Feed:SavedFrom", "1")]);
        await Node.UntilAsync(() => Task.FromResult(File.Exists(Saved)));
        File.Copy(Saved, Copied);
        return node;
    }

    private WebApplicationFactory<PublishedDirectory> Restart(Node node, out RecordedLog log)
    {
        var recorded = log = new RecordedLog();
        return node.Factory.WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Feed:SavedIndex", Copied);
            builder.ConfigureLogging(l => l.AddProvider(recorded));
        });
    }
}
