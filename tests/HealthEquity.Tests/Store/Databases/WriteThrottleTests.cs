using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Api;
using Microsoft.Extensions.Time.Testing;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>Long-running work leaves room for other writers.</summary>
public sealed class WriteThrottleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pauses_after_a_second_of_work_so_that_a_curator_can_save()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var throttle = new WriteThrottle(office.Database, office.Clock);
        var worked = 0;
        async Task WorkAsync()
        {
            for (var n = 0; n < 6; n++)
            {
                await throttle.PauseAsync(Cancellation);
                await office.CreateAsync(new Organization { Name = $"Row {n}" });
                office.Clock.Advance(TimeSpan.FromSeconds(1));
                worked++;
            }
        }

        var work = WorkAsync();
        await Node.UntilAsync(() => Task.FromResult(Volatile.Read(ref worked) >= 2));

        // The clock is stopped, so the work is paused: a writer that tries again every 15 ms gets through.
        await office.CreateAsync(Provider());
        Assert.Equal((2, false), (worked, work.IsCompleted));
        Assert.Equal(3, await office.DoAsync(s => EntryStore.CountAsync(s, Cancellation)));

        await Node.UntilAsync(() =>
        {
            office.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(work.IsCompleted);
        });
        await work;
        Assert.Equal(6, worked);
    }

    [Fact]
    public async Task Does_not_pause_before_a_second_has_passed()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var throttle = new WriteThrottle(office.Database, office.Clock);
        office.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(throttle.PauseAsync(Cancellation).IsCompletedSuccessfully);
    }

    [Fact]
    public void Never_pauses_on_SQL_Server_where_writers_do_not_block_each_other()
    {
        var clock = new FakeTimeProvider();
        var throttle = new WriteThrottle(Database.Create("Server=nowhere;Database=Directory"), clock);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(throttle.PauseAsync(Cancellation).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Cancellation_ends_the_pause()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var throttle = new WriteThrottle(office.Database, office.Clock);
        using var canceled = new CancellationTokenSource();
        office.Clock.Advance(TimeSpan.FromSeconds(3));
        var pause = throttle.PauseAsync(canceled.Token);
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);
    }
}
