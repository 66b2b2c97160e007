using HealthEquity.Admin.Directory;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HealthEquity.Tests.Admin;

/// <summary>
/// One console for all tests of a class, because a start takes most of a second. The tests of a class run one at a time, and each of them
/// begins with the database as it was after the start.
/// </summary>
public class SharedConsole : IAsyncDisposable
{
    private readonly SqliteConnection _beginning = new("Data Source=:memory:");

    private ConsoleHost? _host;

    /// <summary>Returns the console for the next test.</summary>
    public async Task<ConsoleHost> BeginAsync()
    {
        if (_host is null)
        {
            _host = await StartAsync();
            await _beginning.OpenAsync(TestContext.Current.CancellationToken);
            await CopyAsync(_host, (file, beginning) => file.BackupDatabase(beginning));
        }
        else
        {
            // Wrong passwords of the previous test no longer count.
            _host.Clock.Advance(TimeSpan.FromMinutes(16));
            await CopyAsync(_host, (file, beginning) => beginning.BackupDatabase(file));
        }

        await SettleAsync(_host.Services);
        return _host;
    }

    public async ValueTask DisposeAsync()
    {
        await _beginning.DisposeAsync();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected virtual Task<ConsoleHost> StartAsync() => ConsoleHost.StartAsync();

    /// <summary>Copies the whole database in one transaction, which waits until no background service writes.</summary>
    private async Task CopyAsync(ConsoleHost host, Action<SqliteConnection, SqliteConnection> copy)
    {
        await using var file = new SqliteConnection($"Data Source={host.Database.FilePath};Pooling=False");
        await file.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = file.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 30000";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        copy(file, _beginning);
    }

    /// <summary>Brings what the console keeps in memory up to date, and runs the daily jobs, so that none starts during the test.</summary>
    private static async Task SettleAsync(IServiceProvider services)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await services.GetRequiredService<DirectoryRules>().VocabulariesAsync(cancellation);
        await services.GetRequiredService<EditorialDirectory>().CatchUpAsync(cancellation);
        await services.GetServices<IHostedService>().OfType<DailyJobs>().Single().RunAsync(cancellation);
    }
}

/// <summary>A shared console that a real browser can reach.</summary>
public sealed class SharedConsoleOnPort : SharedConsole
{
    protected override Task<ConsoleHost> StartAsync() => ConsoleHost.StartAsync(onPort: true);
}
