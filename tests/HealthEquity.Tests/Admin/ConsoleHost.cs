using HealthEquity.Admin.Hosting;
using HealthEquity.Admin.SignIn;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using HealthEquity.Tests.Api;
using HealthEquity.Tests.Store;
using HealthEquity.Tests.Store.Databases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace HealthEquity.Tests.Admin;

/// <summary>Hosts the console with its own database and a fake clock.</summary>
public sealed class ConsoleHost : WebApplicationFactory<ConsoleApp>
{
    public const string Password = "seven otters knit quietly";
    public const string AuthenticatorKey = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    /// <summary>A fast password hasher, because the real one takes a tenth of a second.</summary>
    private static readonly PasswordHasher<Curator> QuickHasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));

    private readonly TestDatabase? _own;

    private readonly string _connectionString;

    private readonly Action<IServiceCollection>? _services;

    private readonly (string Name, string Value)[] _settings;

    private ConsoleHost(TestDatabase? own, Database database, string connectionString, Action<IServiceCollection>? services, (string Name, string Value)[] settings)
    {
        _own = own;
        Database = database;
        _connectionString = connectionString;
        _services = services;
        _settings = settings;
    }

    /// <summary>The fake clock. It starts at the current time, because part of the framework uses the system clock.</summary>
    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public Database Database { get; }

    public TestStores Stores => new(Services);

    public CuratorStore Curators => Services.GetRequiredService<CuratorStore>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The base address, if the host runs on a port.</summary>
    public string Address => ClientOptions.BaseAddress.ToString();

    public static async Task<ConsoleHost> StartAsync(bool onPort = false, Action<IServiceCollection>? services = null, params (string Name, string Value)[] settings)
    {
        var test = await TestDatabase.CreatePreparedAsync();
        return new ConsoleHost(test, test.Database, test.ConnectionString, services, settings).Start(onPort);
    }

    /// <summary>Starts the console with the database of an API node.</summary>
    public static ConsoleHost StartBeside(Node node, bool onPort = true) =>
        new ConsoleHost(own: null, node.Database, node.ConnectionString, services: null, []).Start(onPort);

    /// <summary>Starts another console node that shares only the database.</summary>
    public ConsoleHost AddNode()
    {
        var node = new ConsoleHost(own: null, Database, _connectionString, _services, _settings);
        // The clocks of nodes agree, whatever time other tests have let pass here.
        node.Clock.SetUtcNow(Clock.GetUtcNow() is var now && now > node.Clock.GetUtcNow() ? now : node.Clock.GetUtcNow());
        return node.Start(onPort: false);
    }

    public ConsoleBrowser Browse(string address = "http://localhost") => new(this, address);

    /// <summary>Adds a curator who can sign in. By default, reviewers and administrators have two-factor authentication.</summary>
    public async Task<Curator> AddCuratorAsync(CuratorRole role, string? name = null, bool? twoFactor = null, string languages = "es")
    {
        name ??= role.Code();
        var curator = new Curator
        {
            CuratorId = Guid.CreateVersion7(),
            UserName = name,
            NormalizedUserName = CuratorStore.Normalize(name),
            DisplayName = $"The {name}",
            Role = role,
            Languages = role.HasLanguages() ? languages : "",
            SecurityStamp = CuratorStore.NewStamp(),
        };
        await Database.TransactAsync(
            async session =>
            {
                await Curators.AddAsync(session, curator, Actor.System("test"), Cancellation);
                curator.PasswordHash = QuickHasher.HashPassword(curator, Password);
                curator.TwoFactorEnabled = twoFactor ?? role.NeedsTwoFactor();
                curator.AuthenticatorKey = curator.TwoFactorEnabled ? AuthenticatorKey : null;
                await CuratorStore.SaveAsync(session, curator, Cancellation);
            },
            Cancellation);
        return curator;
    }

    public async Task<ConsoleBrowser> SignInAsync(Curator curator, string address = "http://localhost")
    {
        var browser = Browse(address);
        await browser.SignInAsync(curator);
        return browser;
    }

    /// <summary>Returns the current authenticator code. Each call advances the clock by one step, because a code works only once.</summary>
    public string NextCode()
    {
        Clock.Advance(TimeSpan.FromSeconds(31));
        return AuthenticatorCodes.CodeAt(AuthenticatorKey, Clock.GetUtcNow());
    }

    public Task<string> CreateFirstLinkAsync() => Database.TransactAsync(
        s => SetUpLinks.CreateAsync(s, curatorId: null, Clock.GetUtcNow(), Cancellation),
        Cancellation);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private ConsoleHost Start(bool onPort)
    {
        if (onPort)
        {
            UseKestrel(0);
        }

        StartServer();
        return this;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Directory", _connectionString);
        builder.UseSetting("Starter", "false");
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IPasswordHasher<Curator>>(QuickHasher);
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton(new OperatorOutput(TextWriter.Null));
            _services?.Invoke(services);
        });
    }
}
