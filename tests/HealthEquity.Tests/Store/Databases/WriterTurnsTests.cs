using HealthEquity.Directory.Entries;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using HealthEquity.Tests.Api;
using Microsoft.Extensions.Time.Testing;
using static HealthEquity.Tests.Store.Databases.EditorialOffice;

namespace HealthEquity.Tests.Store.Databases;

/// <summary>Long work leaves others room to write.</summary>
public sealed class WriterTurnsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_two_seconds_of_work_it_waits_and_a_curator_can_save()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var turns = new WriterTurns(office.Database, office.Clock);
        var worked = 0;
        async Task WorkAsync()
        {
            for (var n = 0; n < 6; n++)
            {
                await turns.PassAsync(Cancellation);
                await office.CreateAsync(new Organization { Name = $"Row {n}" });
                office.Clock.Advance(TimeSpan.FromSeconds(1));
                worked++;
            }
        }

        var work = WorkAsync();
        await Node.UntilAsync(() => Task.FromResult(Volatile.Read(ref worked) >= 3));

        // The clock stands, so the work does too: who looks for a free moment every 150 ms finds one.
        await office.CreateAsync(Provider());
        Assert.Equal((3, false), (worked, work.IsCompleted));
        Assert.Equal(4, await office.DoAsync(s => EntryStore.CountAsync(s, Cancellation)));

        await Node.UntilAsync(() =>
        {
            office.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(work.IsCompleted);
        });
        await work;
        Assert.Equal(6, worked);
    }

    [Fact]
    public async Task Until_then_it_does_not_wait()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var turns = new WriterTurns(office.Database, office.Clock);
        office.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(turns.PassAsync(Cancellation).IsCompletedSuccessfully);
    }

    [Fact]
    public void On_a_server_others_write_beside_it_and_it_never_waits()
    {
        var clock = new FakeTimeProvider();
        var turns = new WriterTurns(Database.Create("Server=nowhere;Database=Directory"), clock);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(turns.PassAsync(Cancellation).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Who_gives_up_need_not_wait_for_the_end_of_the_pause()
    {
        await using var office = await OpenAsync(Dialect.Sqlite);
        var turns = new WriterTurns(office.Database, office.Clock);
        using var giveUp = new CancellationTokenSource();
        office.Clock.Advance(TimeSpan.FromSeconds(3));
        var pause = turns.PassAsync(giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);
    }
}
