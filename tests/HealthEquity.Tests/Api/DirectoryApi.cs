using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HealthEquity.Api.Feed;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Verification;
using HealthEquity.Tests.Store;
using HealthEquity.Tests.Store.Databases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(HealthEquity.Tests.Api.DirectoryApi))]

namespace HealthEquity.Tests.Api;

/// <summary>
/// The API on its own database, called over HTTP. Read-only tests share one; a test that changes something opens another. All run until
/// the end of the test run, because the endpoint framework keeps state for the whole process.
/// </summary>
public sealed class DirectoryApi : IAsyncLifetime
{
    private readonly List<Node> _nodes = [];
    private readonly Lazy<Task<Node>> _shared;

    private readonly Lazy<Task<Node>> _starter;

    public DirectoryApi()
    {
        _shared = new(() => StartAsync(SampleDirectory.FillAsync));
        _starter = new(() => StartAsync(settings: ("Starter", "samples")));
    }

    public Task<Node> SharedAsync() => _shared.Value;

    /// <summary>The shipped directory with its samples.</summary>
    public Task<Node> StarterAsync() => _starter.Value;

    /// <summary>Starts another node on its own database. Its feed stops with the test that opened it.</summary>
    public async Task<Node> OpenAsync(Func<Node, Task>? fill = null, Action<IServiceCollection>? services = null, params (string Name, string Value)[] settings)
    {
        var node = await StartAsync(fill, services, settings);
        if (TestContext.Current.Test?.UniqueID is { } test)
        {
            QuietNodes.Opened.GetOrAdd(test, _ => []).Add(node);
        }

        return node;
    }

    private async Task<Node> StartAsync(Func<Node, Task>? fill = null, Action<IServiceCollection>? services = null, params (string Name, string Value)[] settings)
    {
        var node = await Node.StartAsync(fill, services, settings);
        lock (_nodes)
        {
            _nodes.Add(node);
        }

        return node;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync();
        }
    }
}

/// <summary>One node of the API, its database, and its editorial side. Only <see cref="DirectoryApi"/> stops it, so it is not disposable.</summary>
public sealed class Node
{
    private readonly TestDatabase _database;
    private WebApplicationFactory<PublishedDirectory>? _factory;

    private Node(TestDatabase database)
    {
        _database = database;
        Stores = new TestStores(database.Database, Clock, new EntryValidation(VocabularySet.Shipped).Validate);
    }

    /// <summary>A Monday, ten in the morning in New York.</summary>
    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    public TestStores Stores { get; }

    public Database Database => _database.Database;

    public string ConnectionString => _database.ConnectionString;

    public HttpClient Client { get; private set; } = null!;

    public WebApplicationFactory<PublishedDirectory> Factory => _factory!;

    public static async Task<Node> StartAsync(Func<Node, Task>? fill, Action<IServiceCollection>? services, (string Name, string Value)[] settings)
    {
        var node = new Node(await TestDatabase.CreatePreparedAsync());
        if (fill is not null)
        {
            await fill(node);
        }

        node._factory = new WebApplicationFactory<PublishedDirectory>().WithWebHostBuilder(builder =>
        {
            builder.UseSetting("ConnectionStrings:Directory", node._database.ConnectionString);
            builder.UseSetting("Starter", "false");
            builder.UseSetting("RequestLimits:PerMinute", "0");
            builder.UseSetting("Feed:PollInterval", "00:00:00.200");
            // More than a hundred nodes start in this process, and each would halt all tests.
            builder.UseSetting("Feed:FreesMemory", "false");
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(all =>
            {
                all.Replace(ServiceDescriptor.Singleton<TimeProvider>(node.Clock));
                services?.Invoke(all);
            });
        });
        node.Client = node._factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        await UntilAsync(async () => (await node.Client.GetAsync("/health/ready")).IsSuccessStatusCode);
        return node;
    }

    public Task<T> EditAsync<T>(Func<DbSession, Task<T>> work) => Database.TransactAsync(work, CancellationToken.None);

    public async Task<Guid> PublishAsync(Entry entry, string slug, DateOnly? checkedOn = null)
    {
        var id = await EditAsync(s => Stores.Entries.CreateAsync(s, entry, Actor.System("test"), null, slug, CancellationToken.None));
        await PublishAgainAsync(id, 1);
        if (checkedOn is { } day)
        {
            var check = new VerificationRecord { EntryId = id, Revision = 1, Method = "phoneCall", Outcome = VerificationRecord.Confirmed, CheckedOn = day };
            await Database.TransactAsync(s => Stores.Verifications.RecordAsync(s, check, Actor.System("test"), CancellationToken.None), CancellationToken.None);
        }

        return id;
    }

    public Task<long> PublishAgainAsync(Guid id, int revision) =>
        EditAsync(s => Stores.Publisher.PublishAsync(s, id, revision, "publish", Actor.System("test"), null, CancellationToken.None));

    public Task<long?> WithdrawAsync(Guid id, Guid? mergedInto = null) =>
        EditAsync(s => Stores.Publisher.WithdrawAsync(s, id, Listing.Retired, Actor.System("test"), "closed", mergedInto, CancellationToken.None));

    /// <summary>Waits for a condition, on a busy machine for up to five minutes.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!await condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    public async Task<JsonObject> GetAsync(string address)
    {
        var response = await Client.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The slugs in a list.</summary>
    public async Task<string[]> SlugsAsync(string address) => Slugs(await GetAsync(address));

    public static string[] Slugs(JsonNode list) => [.. list["items"]!.AsArray().Select(i => (string)i!["slug"]!)];

    /// <summary>The problem document of a request.</summary>
    public async Task<JsonObject> ProblemAsync(HttpRequestMessage request, HttpStatusCode status)
    {
        var response = await Client.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.StartsWith("/problems#", (string)problem["type"]!, StringComparison.Ordinal);
        return problem;
    }

    public Task<JsonObject> ProblemAsync(string address, HttpStatusCode status) =>
        ProblemAsync(new HttpRequestMessage(HttpMethod.Get, address), status);

    /// <summary>The first message about a parameter.</summary>
    public async Task<string> ErrorAsync(string address, string parameter)
    {
        var problem = await ProblemAsync(address, HttpStatusCode.BadRequest);
        var errors = problem["errors"]?[parameter];
        Assert.True(errors is not null, $"{address}: no error about {parameter} in {problem}");
        return (string)errors[0]!;
    }

    /// <summary>Stops reading changes from the database.</summary>
    internal Task StopFeedAsync() => Task.WhenAll(_factory!.Services.GetServices<IHostedService>().OfType<DirectoryFeed>().Select(f => f.StopAsync(CancellationToken.None)));

    /// <summary>Stops the node and deletes its database.</summary>
    internal async Task StopAsync()
    {
        Client?.Dispose();
        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }

        await _database.DisposeAsync();
    }
}

/// <summary>A stopped clock; timers run in real time.</summary>
public sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>The time of the clock.</summary>
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
