using HealthEquity.Store.Curators;
using HealthEquity.Tests.Store;

namespace HealthEquity.Tests.Admin.Pages;

/// <summary>Tests of pages that a signed-in curator uses without JavaScript. Each begins with the console's first database.</summary>
public abstract class CuratorPages(SharedConsole console) : IClassFixture<SharedConsole>, IAsyncLifetime
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected ConsoleHost Host { get; private set; } = null!;

    /// <summary>The curator.</summary>
    protected Curator Writer { get; private set; } = null!;

    /// <summary>The curator's browser, signed in.</summary>
    protected ConsoleBrowser Browser { get; set; } = null!;

    private protected TestStores Stores => Host.Stores;

    public async ValueTask InitializeAsync()
    {
        Host = await console.BeginAsync();
        Writer = await Host.AddCuratorAsync(CuratorRole.Curator);
        Browser = await Host.SignInAsync(Writer);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
