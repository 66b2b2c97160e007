using System.Diagnostics;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Suggestions;
using Microsoft.Data.Sqlite;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>Writers that wait for SQLite's one write lock.</summary>
public sealed class WriteLockTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waiting_writers_hold_no_thread()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await using var other = new SqliteConnection($"Data Source={office.Database.FilePath}");
        await other.OpenAsync(Cancellation);
        var writing = other.BeginTransaction(deferred: false);

        // With one thread for all of them, a writer that keeps it while it waits stops the reader.
        var thread = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        var writers = Enumerable.Range(0, 4).Select(n => thread.StartNew(() => SuggestAsync(office, inTransaction: n % 2 == 0), Cancellation).Unwrap()).ToList();
        Assert.Equal(0, await thread.StartNew(() => CountAsync(office), Cancellation).Unwrap());
        Assert.All(writers, w => Assert.False(w.IsCompleted));

        await writing.CommitAsync(Cancellation);
        await Task.WhenAll(writers);
        Assert.Equal(4, await CountAsync(office));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task During_a_request_a_writer_waits_two_seconds_and_then_says_that_the_database_is_busy(bool inTransaction)
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        await using var other = new SqliteConnection($"Data Source={office.Database.FilePath}");
        await other.OpenAsync(Cancellation);
        await using var writing = other.BeginTransaction(deferred: false);
        var watch = Stopwatch.StartNew();
        var fault = await Assert.ThrowsAsync<DatabaseBusyException>(() =>
        {
            WritePatience.ForRequest();
            Assert.Equal(TimeSpan.FromSeconds(2), WritePatience.Current);
            return SuggestAsync(office, inTransaction);
        });
        Assert.Equal(DatabaseFault.Busy, DatabaseFaults.Of(fault));
        // Work that nobody waits for has more patience: 30 s.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));
        Assert.True(WritePatience.Current > TimeSpan.FromSeconds(20));
    }

    private static async Task SuggestAsync(EditorialOffice office, bool inTransaction)
    {
        if (inTransaction)
        {
            await office.Database.TransactAsync(s => office.Stores.Suggestions.AddAsync(s, null, EntryKind.Event, null, "A", Cancellation), Cancellation);
            return;
        }

        await using var session = await office.Database.As(DatabaseAccess.Suggestions).OpenAsync(Cancellation);
        await office.Stores.Suggestions.AddAsync(session, null, EntryKind.Event, null, "A", Cancellation);
    }

    private static async Task<int> CountAsync(EditorialOffice office)
    {
        await using var session = await office.Database.OpenAsync(Cancellation);
        return (await SuggestionStore.ListAsync(session, "open", 0, 100, Cancellation)).Count;
    }
}
