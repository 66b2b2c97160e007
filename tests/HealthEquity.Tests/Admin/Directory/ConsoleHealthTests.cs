using System.Net;
using HealthEquity.Store.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

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
}
