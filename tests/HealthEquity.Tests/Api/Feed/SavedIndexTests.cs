using System.Collections.Concurrent;
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

        await using var again = Restart(node, out var said);
        using var client = again.CreateClient();
        await Node.UntilAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);

        Assert.Contains(said, m => m.StartsWith("Read 2 entries from", StringComparison.Ordinal));
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

        await using var again = Restart(node, out var said);
        using var client = again.CreateClient();
        await Node.UntilAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);

        Assert.DoesNotContain(said, m => m.StartsWith("Read ", StringComparison.Ordinal));
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

    private WebApplicationFactory<PublishedDirectory> Restart(Node node, out ConcurrentQueue<string> said)
    {
        var messages = said = new ConcurrentQueue<string>();
        return node.Factory.WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Feed:SavedIndex", Copied);
            builder.ConfigureLogging(l => l.AddProvider(new SavedMessages(messages)));
        });
    }

    private sealed class SavedMessages(ConcurrentQueue<string> said) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => categoryName == typeof(SavedIndex).FullName ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            said.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
