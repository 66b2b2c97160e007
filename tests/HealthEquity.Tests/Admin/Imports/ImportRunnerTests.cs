using HealthEquity.Admin.Imports;
using HealthEquity.Imports.Records;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Api;
using HealthEquity.Tests.Store.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthEquity.Tests.Admin.Imports;

public sealed class ImportRunnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_heartbeat_that_could_not_be_written_is_not_the_last_one()
    {
        await using var office = await EditorialOffice.OpenAsync(Dialect.Sqlite);
        var id = Guid.CreateVersion7();
        await office.DoAsync(s => ImportStore.AddAsync(s, id, "clinics.csv", Actor.System("test"), office.Clock.GetUtcNow(), Cancellation));
        Assert.True(await office.DoAsync(s => ImportStore.RunAsync(s, id, ImportState.Uploaded, ImportState.Planning, total: 0, office.Clock.GetUtcNow(), Cancellation)));
        var missed = 0;
        var database = Database.Create($"Data Source={office.Database.FilePath}");
        database.Opened = _ =>
        {
            if (Interlocked.Increment(ref missed) == 1)
            {
                throw new SqliteException("disk I/O error", 10);
            }
        };
        using var runner = new ImportRunner(database, null!, null!, null!, office.Clock, NullLogger<ImportRunner>.Instance);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var heartbeats = runner.SendHeartbeatsAsync(id, done.Token);

        var begun = office.Clock.GetUtcNow();
        await Node.UntilAsync(async () =>
        {
            office.Clock.Advance(TimeSpan.FromSeconds(20));
            return (await office.DoAsync(s => ImportStore.ReadAsync(s, id, Cancellation))).AliveAt > begun;
        });
        Assert.True(missed > 1);
        await done.CancelAsync();
        await heartbeats;
    }
}
