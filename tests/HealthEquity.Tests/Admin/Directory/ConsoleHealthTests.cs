using System.Net;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Api;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HealthEquity.Tests.Admin.Directory;

public sealed class ConsoleHealthTests
{
    [Fact]
    public async Task A_load_balancer_is_told_whether_the_console_is_alive_and_whether_it_can_work()
    {
        await using var host = await ConsoleHost.StartAsync();
        var browser = host.Browse();
        Assert.Equal("""{"status":"live"}""", await browser.ReadAsync("/health/live"));
        Assert.Equal("""{"status":"ready"}""", await browser.ReadAsync("/health/ready"));
        Assert.False((await browser.GetAsync("/health/ready")).Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_database_it_is_alive_and_not_ready(bool hangs)
    {
        await using var host = await ConsoleHost.StartAsync();
        // A driver that was told to stop waiting says that the task was canceled.
        host.Services.GetRequiredService<Database>().Opened = _ => throw (hangs ? new TaskCanceledException() : new SqliteException("unable to open database file", 14));
        var browser = host.Browse();
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/health/live"));
        var answer = await browser.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("""{"status":"unavailable"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_that_hangs_ends_no_background_service()
    {
        await using var host = await ConsoleHost.StartAsync();
        var services = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        Assert.Equal(3, services.Length);
        var waits = 0;
        var database = host.Services.GetRequiredService<Database>();
        database.Opened = _ =>
        {
            Interlocked.Increment(ref waits);
            throw new TaskCanceledException();
        };
        // Hours pass until each of them has met the fault.
        await Node.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromMinutes(10));
            return Task.FromResult(Volatile.Read(ref waits) > 50 || services.Any(service => service.ExecuteTask!.IsCompleted));
        });
        Assert.All(services, service => Assert.False(service.ExecuteTask!.IsCompleted, service.GetType().Name));
        database.Opened = null;
        Assert.Equal(HttpStatusCode.OK, await host.Browse().StatusAsync("/health/ready"));
    }
}
